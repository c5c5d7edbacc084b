"""The deals behind a figure, as a list: to be opened one after the other."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pipetui.app.board.cells import cut
from pipetui.app.commands import FORECAST_DEALS, bindings
from pipetui.app.forecast import deals, phrases
from pipetui.app.forecast.behind import Look
from pipetui.app.forecast.moving import ListedScreen
from pipetui.app.forecast.panel import Panel
from pipetui.app.frame.footer import Footer
from pipetui.deals.deal import Deal
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import format


class DealsScreen(ListedScreen):
    """What a figure is made of."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORECAST_DEALS)
    PLACE = FORECAST_DEALS
    CSS_PATH = "forecast.tcss"

    def __init__(self, look: Look, key: str, *, why: bool = False) -> None:
        """`why`: it is told at once where the probabilities come from."""
        super().__init__()
        self._tells_why = why
        self._look = look
        self._key = key
        self._found = look.behind(key)
        self._at = 0

    def compose(self) -> ComposeResult:
        """Title, columns, deals, why, footer."""
        yield Static("", id="title", markup=False)
        yield Panel(id="header")
        yield Panel(id="list")
        yield Static("", id="why", markup=False)
        yield Footer(FORECAST_DEALS)

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one("#header", Panel).show(lambda width: [deals.header(width)])
        self.query_one("#why", Static).set_class(self._tells_why, "-shown")
        self._show()

    def renew(self, look: Look) -> None:
        """Something was written: the same figure anew, the cursor at the same deal."""
        here = self.current
        ids = [deal.id for deal in self._found.deals]
        self._look, self._found = look, look.behind(self._key)
        now = {deal.id: at for at, deal in enumerate(self._found.deals)}
        if here is not None:
            follows = (now[deal_id] for deal_id in ids[self._at :] if deal_id in now)
            self._at = next(follows, len(now) - 1)
        self._at = max(0, min(self._at, len(now) - 1))
        if self.is_mounted:  # else it has yet to be filled
            self._show()

    @property
    def current(self) -> Deal | None:
        """The deal under the cursor."""
        its = self._found.deals
        return its[self._at] if self._at < len(its) else None

    def _show(self) -> None:
        found = self._found
        name = f"{period_told(self._look.outlook.period)} · {scope_told(self._look.outlook.scope)}"
        count = f"{phrases.deals(len(found.deals))} · {self._amount}"
        title = Content.assemble(
            Content.styled(f" {cut(found.title, 40)}", "bold"),
            f"   {count}   ",
            Content.styled(name, "$muted"),
        )
        self.query_one("#title", Static).update(title)
        pipeline, outlook = self._look.pipeline, self._look.outlook
        panel = self.query_one("#list", Panel)
        panel.show(lambda width: deals.rows(found.deals, pipeline, outlook, width, with_keys=True))
        panel.point_at(self._at if found.deals else None)
        self._tell()

    @property
    def _amount(self) -> str:
        totals, currency = self._found.totals, self._look.pipeline.currency
        parts = [format.money(totals.amount, currency)]
        parts += [format.money(minor, code) for code, (_n, minor) in sorted(totals.other_currencies.items())]
        return " + ".join(parts)

    # Going through it --------------------------------------------------------------------------------

    def find(self, deal_id: int, *, widen: bool) -> bool:
        """The cursor on a deal, if it is here."""
        del widen
        at = next((at for at, deal in enumerate(self._found.deals) if deal.id == deal_id), None)
        if at is None:
            return False
        self.point_at(at)
        return True

    def point_at(self, at: int) -> None:
        """The cursor on a deal."""
        self._at = max(0, min(at, len(self._found.deals) - 1))
        self.query_one("#list", Panel).point_at(self._at if self._found.deals else None)
        self._tell()

    def action_go(self, step: int) -> None:
        """The next or previous deal."""
        self.point_at(self._at + step)

    def action_ends(self, end: int) -> None:
        """The first or the last deal."""
        self.point_at(0 if end == 0 else len(self._found.deals) - 1)

    # What can be done with it ------------------------------------------------------------------------

    def action_open(self) -> None:
        """The deal view."""
        if (deal := self.current) is not None:
            self.app.open_deal(deal, [its.id for its in self._found.deals])

    def action_why(self) -> None:
        """Where the deal's probability comes from, until asked again."""
        self.query_one("#why", Static).toggle_class("-shown")
        self._tell()

    def _tell(self) -> None:
        box = self.query_one("#why", Static)
        if box.has_class("-shown"):
            box.update(self._why())

    def _why(self) -> str:
        deal = self.current
        return "" if deal is None else self._look.why(deal.id)
