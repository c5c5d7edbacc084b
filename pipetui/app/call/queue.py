"""The agenda as a list: its parts as headings, below them the deals, where one is, what was said."""

from collections import Counter
from typing import Final

from pipetui.app.call.desk import Desk, Stop
from pipetui.app.call.parts import title
from pipetui.app.forecast.rows import MUTED, LazyRows, Part, Row, left, right
from pipetui.app.marks import has_unicode
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.forecast.categories import category_of
from pipetui.language import format

_LETTERS: Final = {
    Category.COMMIT: "C",
    Category.BEST_CASE: "B",
    Category.UPSIDE: "U",
    Category.OMITTED: "O",
    None: "·",
}
"""The keys that put a deal there."""
_AMOUNT: Final = 8
_CLASS: Final = 4


class QueueRows:
    """The rows of a call; the row of each stop. They are put in order once, and made when they are seen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stops = desk.stops
        self.writing = 0
        """The deal whose classification is on its way into the store."""
        self._items: list[Stop | str] = []
        """Stops, and headings as texts."""
        self._made: dict[int, tuple[tuple[object, ...], Row]] = {}
        """By deal, its row and what it was made of."""
        self.row_of: list[int] = []
        """By place among the stops, the row."""
        known = desk.pipeline.deals
        accounts = Counter(known[its].account for its in desk.deal_ids if its in known)
        self._twice = {account for account, count in accounts.items() if count > 1}
        self._arrange()

    @property
    def is_current(self) -> bool:
        """Whether the call still has these stops."""
        return self._stops is self._desk.stops

    def _arrange(self) -> None:
        part = None
        counts = Counter(its.part for its in self._stops)
        for stop in self._stops:
            if stop.deal_id and stop.part != part:
                self._items.append(f"{title(stop.part)}  {format.number(counts[stop.part])}")
            part = stop.part
            self.row_of.append(len(self._items))
            self._items.append(stop)

    def stop_of(self, row: int) -> int | None:
        """The place among the stops of a row."""
        return self.row_of.index(row) if row in self.row_of else None

    def build(self, width: int) -> LazyRows:
        """The rows, made when they come into sight."""
        return LazyRows(len(self._items), lambda at: self._row(self._items[at], width))

    def _row(self, item: Stop | str, width: int) -> Row:
        if isinstance(item, str):
            return Row((left(f" {item}", width, MUTED),))
        if not item.deal_id:
            return Row((left(f" {title(item.part)}", width, "bold"),), item.part)
        deal = self._desk.pipeline.deals.get(item.deal_id)
        if deal is None:
            return Row((Part(""),))
        mark, style = self._mark(deal)
        reached = self._desk.is_reached(deal.id)
        of = (deal, mark, reached, width)
        kept = self._made.get(deal.id)
        if kept is None or kept[0] != of:
            kept = self._made[deal.id] = of, self._deal(deal, mark, style, width, reached=reached)
        return kept[1]

    def _deal(self, deal: Deal, mark: str, style: str, width: int, *, reached: bool) -> Row:
        name = deal.account if deal.account and deal.account not in self._twice else deal.name
        amount = "—" if deal.amount is None else format.short_money(deal.amount, deal.currency)
        return Row(
            (
                left(f" {mark} ", 3, style),
                left(name, max(4, width - 3 - _AMOUNT - _CLASS), MUTED if reached else ""),
                right(amount, _AMOUNT, MUTED if deal.amount is None or reached else "$money"),
                left(f"  {self._class(deal)}", _CLASS, "bold" if reached else ""),
            ),
            f"deal:{deal.id}",
        )

    def _mark(self, deal: Deal) -> tuple[str, str]:
        """Whether its turn has come; a shape for each."""
        desk = self._desk
        if deal.id == self.writing:
            return "…" if has_unicode() else ".", MUTED
        if deal.id in desk.disputed:
            return "!", "$flag-high"
        if desk.is_reached(deal.id):
            return "✓" if has_unicode() else "+", "$good"
        line = desk.lines.get(deal.id)
        return ("~", "$flag-medium") if line is not None and line.waiting else (" ", "")

    @staticmethod
    def _class(deal: Deal) -> str:
        """The rep's category, and the manager's where it is another one."""
        rep = _LETTERS[category_of(deal, "rep")]
        return rep if deal.manager_category is None else f"{rep}{_LETTERS[deal.manager_category]}"
