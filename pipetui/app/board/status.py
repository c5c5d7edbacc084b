"""The row above the columns: totals of what is shown, and the filter."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from pipetui.app.board.arranging import Arranged, Wanted
from pipetui.app.board.cards import MARK
from pipetui.app.dialogs.box import Box
from pipetui.app.kept import keeps_lines
from pipetui.app.marks import symbol
from pipetui.language import _, format, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity

_STEP = 200
_DOT = " · "


class FilterInput(Box):
    """The filter box. It always has its place in the row, so that opening it moves nothing."""

    DEFAULT_CSS = """
    FilterInput, FilterInput:focus {
        border: none; height: 1; padding: 0 1; width: 36; background: transparent;
    }
    StatusRow.-narrow FilterInput, StatusRow.-narrow FilterInput:focus { width: 26; }
    FilterInput:focus { background: $card-cursor-background; text-style: $card-cursor-text-style; }
    FilterInput.-set { color: $match; text-style: bold; }
    FilterInput.-wrong { color: $flag-high; }
    """

    @property
    def content_width(self) -> int:
        """The room for text, in steps: another number lays out the whole screen, at every typed character."""
        return -(-super().content_width // _STEP) * _STEP

    def on_blur(self) -> None:
        """What one reads begins at its beginning."""
        self.scroll_home(animate=False)

    async def action_submit(self) -> None:
        """Back to the board at once, so that the next key is the board's already."""
        self.screen.set_focus(None)


class Totals(Widget):
    """As many totals as there is room for: half a figure would be a wrong one."""

    _parts: Sequence[Content] = ()

    def show(self, parts: Sequence[Content]) -> None:
        """Other totals."""
        self._parts = parts
        self.refresh()

    def render(self) -> Content:
        """Those that fit; the first in any case."""
        shown, width = list(self._parts[:1]), sum(part.cell_length for part in self._parts[:1])
        for part in self._parts[1:]:
            width += len(_DOT) + part.cell_length
            if width > self.content_size.width:
                break
            shown.append(part)
        # A new separator each time: `join` counts the length of one that was measured once too often.
        return Content.styled(_DOT, "$muted").join(shown)


@keeps_lines
class StatusRow(Horizontal):
    """Totals at the left, the filter at the right."""

    DEFAULT_CSS = """
    StatusRow { height: 1; }
    Totals { width: 1fr; height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def compose(self) -> ComposeResult:
        """Two parts."""
        yield Totals()
        yield FilterInput(placeholder=_("/ to filter"), select_on_focus=False, id="filter")

    def show(self, totals: Sequence[Content]) -> None:
        """Other totals, the most telling first."""
        self.query_one(Totals).show(totals)

    def say(self, problem: str) -> None:
        """What is wrong with the filter, in the place of the totals."""
        self.query_one(Totals).show([Content.styled(problem, "$flag-high")])

    @property
    def input(self) -> FilterInput:
        """The filter box."""
        return self.query_one(FilterInput)


def summary(arranged: Arranged, pipeline: Pipeline, wanted: Wanted) -> list[Content]:
    """The totals of what is shown, the most telling first: a narrow screen has no room for the rest."""
    total = arranged.open
    if total.count == arranged.of:
        count = ngettext("%(n)s open deal", "%(n)s open deals", total.count) % {
            "n": format.number(total.count)
        }
    else:
        count = _("%(n)s of %(of)s deals") % {
            "n": format.number(total.count),
            "of": format.number(arranged.of),
        }
    parts = [Content.styled(count, "bold"), Content(format.short_money(total.amount, pipeline.currency))]
    if total.flagged:
        flagged = ngettext("%(n)d flagged", "%(n)d flagged", total.flagged) % {"n": total.flagged}
        parts.append(Content.styled(f"{symbol(Severity.HIGH)} {flagged}", "$flag-high"))
    parts.append(
        Content(_("weighted %(amount)s") % {"amount": format.short_money(total.weighted, pipeline.currency)})
    )
    if total.unpriced:
        parts.append(Content(_("%(n)d unpriced") % {"n": total.unpriced}))
    for currency, (number, minor) in sorted(total.other_currencies.items()):
        said = ngettext("%(amount)s in %(n)d deal", "%(amount)s in %(n)d deals", number)
        parts.append(Content("+ " + said % {"amount": format.short_money(minor, currency), "n": number}))
    if arranged.missing:
        missing = ngettext("%(n)d missing", "%(n)d missing", arranged.missing)
        parts.append(Content(missing % {"n": arranged.missing}))
    if arranged.nurture:
        parts.append(Content(_("%(n)d in nurture") % {"n": arranged.nurture}))
    if marked := len(arranged.view.marked_here):
        said = ngettext("%(n)d marked", "%(n)d marked", marked) % {"n": marked}
        parts.insert(0, Content.styled(f"{MARK} {said}", "$match"))
    if wanted.owner is not None:
        parts.insert(0, Content.styled(wanted.owner or _("unassigned"), "$match"))
    return parts
