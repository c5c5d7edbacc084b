"""The summary of a cleanup on the screen: to be read, copied or written into a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from pipetui.app.commands import SUMMARY, bindings
from pipetui.app.frame.footer import Footer
from pipetui.app.marks import has_unicode
from pipetui.app.sheet import BLANK, Paragraph, Sheet
from pipetui.app.writing import write_into_a_file
from pipetui.cleanup.summary import Line, markdown, summary
from pipetui.language import _
from pipetui.signals.explaining_trend import trend_told

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.cleanup.reading import Counted
    from pipetui.signals.trend import Week


class SummaryScreen(Screen[bool]):
    """What was decided, and what each owner has to do; ends with whether a new cleanup is begun."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SUMMARY)
    PLACE = SUMMARY
    AUTO_FOCUS = ""
    CSS_PATH = "cleanup.tcss"

    app: "PipetuiApp"

    def __init__(self, counted: "Counted", weeks: "Sequence[Week]") -> None:
        super().__init__()
        self._counted = counted
        self._weeks = weeks
        self._lines: list[Line] = []

    def compose(self) -> ComposeResult:
        """Title, text, footer."""
        yield Static("", id="title", markup=False)
        yield Sheet()
        yield Footer(SUMMARY)

    def on_mount(self) -> None:
        """Write it."""
        if self.app.pipeline is not None:
            its = self._counted
            self._lines = summary(
                self.app.pipeline,
                its.decisions,
                its.progress,
                its.carries,
                trend=trend_told(self._weeks, its.progress.now, plain=not has_unicode()),
            )
            self.query_one("#title", Static).update(Content.styled(f" {self._lines[0].text}", "bold"))
            self.query_one(Sheet).show(_paragraphs(self._lines[1:]))

    def action_scroll(self, lines: int) -> None:
        """Read on."""
        self.query_one(Sheet).scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Read on, a screen further."""
        self.query_one(Sheet).scroll_lines(pages * max(1, self.size.height - 5))

    def action_copy(self) -> None:
        """Into the clipboard of the terminal, as Markdown, over SSH too."""
        self.app.copy_to_clipboard(markdown(self._lines))
        self.app.say(_("The summary is in the clipboard, as Markdown."))

    @work
    async def action_write(self) -> None:
        """Into a file."""
        pipeline = self.app.pipeline
        if pipeline is not None:
            name = _("cleanup-%(day)s.md") % {"day": pipeline.today.isoformat()}
            data = markdown(self._lines).encode()
            await write_into_a_file(self.app, _("Write the summary into"), name, data)

    def action_begin_anew(self) -> None:
        """A new cleanup counts from now."""
        self.dismiss(True)  # noqa: FBT003 - the screen's result

    def action_back(self) -> None:
        """Back to the queue."""
        self.dismiss(False)  # noqa: FBT003 - the screen's result


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    found: list[Paragraph] = []
    before = ""
    for line in lines:
        if line.kind == "owner" or (line.kind == "part" and before != "owner"):
            found.append(BLANK)
        before = line.kind
        match line.kind:
            case "owner":
                found.append(Paragraph(Content.styled(line.text, "bold $primary")))
            case "part":
                found.append(Paragraph(Content.styled(line.text, "bold")))
            case "task":
                found.append(Paragraph(Content(f"☐ {line.text}"), 2))
            case "item":
                found.append(Paragraph(Content(f"· {line.text}"), 2))
            case _:
                found.append(Paragraph(Content(line.text)))
    return found
