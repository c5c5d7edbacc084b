"""The first row of a call: which forecast, the time, which deal of how many."""

from textual.content import Content
from textual.widget import Widget

from pipetui.app.board.cells import cut, width_of
from pipetui.app.call.clocks import Clocks
from pipetui.app.call.desk import Desk
from pipetui.app.call.parts import title
from pipetui.app.kept import keeps_lines
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format

_OVER = "bold $flag-medium"


@keeps_lines
class Banner(Widget):
    """One row. The clocks are quiet unless they are over."""

    def __init__(self) -> None:
        super().__init__(id="banner")
        self._left = self._right = ""
        self._clocks: Clocks | None = None
        self._told: tuple[str, ...] = ()

    def show(self, desk: Desk, clocks: Clocks) -> None:
        """Another deal, or another second."""
        background = desk.background
        whose = scope_told(background.call.scope)
        self._left = " ".join((_("Forecast"), period_told(background.period), "·", whose))
        self._right = _where(desk)
        self._clocks = clocks
        told = (self._left, self._right, *_times(clocks))
        if told != self._told:
            self._told = told
            self.refresh()

    def render(self) -> Content:
        """The row."""
        clocks, width = self._clocks, self.size.width
        if clocks is None:
            return Content("")
        meeting, at_deal = _times(clocks)
        right = Content.assemble(
            Content.styled(meeting, _OVER if clocks.is_meeting_over else "$muted"),
            "   " if meeting else "",
            Content.styled(self._right, "bold"),
            "  ",
            Content.styled(at_deal, _OVER if clocks.is_deal_over else "$muted"),
            " ",
        )
        left = cut(self._left, max(0, width - right.cell_length - 3))
        gap = " " * max(1, width - width_of(left) - right.cell_length - 1)
        return Content.assemble(" ", Content.styled(left, "bold $primary"), gap, right)


def _times(clocks: Clocks) -> tuple[str, str]:
    return (clocks.meeting, clocks.deal) if clocks.is_running else (_("clocks stopped"), "")


def _where(desk: Desk) -> str:
    """ "deal 7 of 23 · commit"."""
    stop = desk.stop
    place = desk.place_of(stop.deal_id)
    if place is None:
        return title(stop.part)
    told = _("deal %(n)s of %(all)s") % {
        "n": format.number(place),
        "all": format.number(len(desk.turns)),
    }
    parts = [told, title(stop.part)]
    if desk.side == "manager":
        parts.append(_("manager’s call"))
    return " · ".join(parts)
