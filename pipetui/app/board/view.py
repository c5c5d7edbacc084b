"""What the board shows: which columns, which cards in which order, and where the cursor is. No screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal, Stage

if TYPE_CHECKING:
    from pipetui.forecast.totals import Totals


@dataclass
class Column:
    """A stage with its cards, its own scroll offset and cursor."""

    stage: Stage
    title: str
    deals: Sequence[Deal]
    totals: "Totals"
    cursor: int = 0
    offset: int = 0
    """The first card in sight."""

    @property
    def current(self) -> Deal | None:
        """The deal under the column's cursor."""
        return self.deals[self.cursor] if self.deals else None

    def to(self, index: int) -> bool:
        """Put the cursor on a card, within bounds; whether it moved."""
        index = max(0, min(index, len(self.deals) - 1))
        moved = index != self.cursor
        self.cursor = index
        return moved

    def scroll(self, page: int) -> bool:
        """Bring the cursor into a window of `page` cards; whether the window moved."""
        page = max(1, page)
        last = max(0, len(self.deals) - page)
        offset = min(max(self.cursor - page + 1, min(self.offset, self.cursor)), last)
        moved = offset != self.offset
        self.offset = offset
        return moved


@dataclass
class BoardView:
    """The columns and which of them is current."""

    columns: list[Column] = field(default_factory=list)
    current: int = 0
    first: int = 0
    """The first column in sight."""
    marked: set[int] = field(default_factory=set)
    """The ids of marked deals, also of those that a filter hides."""

    @property
    def marked_here(self) -> list[int]:
        """The ids of the marked deals that the view shows, in its order: no key acts on what is hidden."""
        if not self.marked:
            return []
        return [deal.id for column in self.columns for deal in column.deals if deal.id in self.marked]

    @property
    def column(self) -> Column | None:
        """The current column."""
        return self.columns[self.current] if self.columns else None

    @property
    def deal(self) -> Deal | None:
        """The deal under the cursor."""
        return self.column.current if self.column else None

    def scroll(self, fitting: int) -> bool:
        """Bring the current column into a window of `fitting` columns; whether the window moved."""
        fitting = max(1, fitting)
        last = max(0, len(self.columns) - fitting)
        first = min(max(self.current - fitting + 1, min(self.first, self.current)), last)
        moved = first != self.first
        self.first = first
        return moved

    def to_first_deal(self) -> None:
        """The current column is the first that holds a deal, if any does."""
        self.current = next((n for n, column in enumerate(self.columns) if column.deals), self.current)

    def find(self, deal_id: int) -> bool:
        """Put the cursor on a deal; whether it is on the board."""
        for number, column in enumerate(self.columns):
            for index, deal in enumerate(column.deals):
                if deal.id == deal_id:
                    self.current, column.cursor = number, index
                    return True
        return False

    def inherit(self, old: "BoardView") -> None:
        """Keep an older view's cursor and scroll: by deal where it is still there, else by place."""
        self.marked = old.marked
        kept = {column.stage.id: column for column in old.columns}
        for column in self.columns:
            if before := kept.get(column.stage.id):
                column.cursor = _index(column.deals, before.current, before.cursor)
                column.offset = before.offset
        stages = [column.stage.id for column in self.columns]
        self.first = min(old.first, max(0, len(stages) - 1))
        if old.column and old.column.stage.id in stages:
            self.current = stages.index(old.column.stage.id)
        else:
            self.current = min(old.current, max(0, len(stages) - 1))


def _index(deals: Sequence[Deal], deal: Deal | None, fallback: int) -> int:
    if deal is not None:
        for index, candidate in enumerate(deals):
            if candidate.id == deal.id:
                return index
    return max(0, min(fallback, len(deals) - 1))
