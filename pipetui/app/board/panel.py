"""The evidence for the deal under the cursor, beside the board or over it."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pipetui.deals.deal import Deal
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline


class EvidencePanel(VerticalScroll, can_focus=False):
    """Follows the cursor; shows why the deal is flagged and what is known of it."""

    DEFAULT_CSS = """
    EvidencePanel {
        display: none; width: 46; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1;
        border-left: outer $column-rule; background: $surface;
    }
    EvidencePanel.-shown { display: block; }
    EvidencePanel.-over {
        width: 1fr; height: 45%; dock: bottom;
        border-left: none; border-top: outer $column-rule;
    }
    EvidencePanel Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="evidence")

    def __init__(self) -> None:
        super().__init__()
        self._deal_id: int | None = None

    def show(self, deal: Deal | None, pipeline: Pipeline) -> None:
        """Another deal from its top, the same one where it was scrolled to, or none."""
        text = self.text(deal, pipeline) if deal else Content.styled(_("No deal here."), "$muted")
        self.query_one("#evidence", Static).update(text)
        before, self._deal_id = self._deal_id, deal.id if deal else None
        if before != self._deal_id:
            self.scroll_home(animate=False)

    def scroll_on(self, steps: int) -> None:
        """Scroll by half of what is in sight, so that one keeps one's place in the text."""
        self.scroll_relative(y=steps * max(1, self.size.height // 2), animate=False, immediate=True)

    @staticmethod
    def text(deal: Deal, pipeline: Pipeline) -> Content:
        """The panel's text."""
        from pipetui.app.deal import sections

        lines = [*sections.summary(deal, pipeline), Content("")]
        flags = sections.flags(deal, pipeline)
        if flags:
            lines += flags
        elif deal.status == "open":
            lines.append(
                Content.assemble(Content.styled("✓ ", "$good"), _("Nothing speaks against this deal."))
            )
        if deal.status == "open":
            lines += [
                Content(""),
                Content.assemble(
                    Content.styled(_("Next step") + "  ", "$muted"), sections.next_step(deal, pipeline)
                ),
            ]
        lines += [Content(""), sections.heading(_("Qualification")), *sections.qualified(deal, pipeline)]
        if leave := sections.to_leave(deal, pipeline):
            lines += [Content(""), sections.heading(_("To leave this stage")), *leave]
        return Content("\n").join(lines)
