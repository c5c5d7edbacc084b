"""The deal view: facts, flags with evidence, qualification, history, notes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from pipetui.app.acting import ActsOnDeals
from pipetui.app.commands import DEAL, bindings
from pipetui.app.deal import sections
from pipetui.app.deal.reading import StoryRead
from pipetui.app.deal.story import notes, promises, timeline
from pipetui.app.frame.footer import Footer
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.store.reading import Story

TWO_COLUMNS = 110
"""From this width on the history stands beside the facts."""


class DealScreen(ActsOnDeals, Screen[int]):
    """One deal; ends with the id of the deal one left at."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DEAL)
    PLACE = DEAL
    AUTO_FOCUS = ""
    CSS_PATH = "deal.tcss"

    app: "PipetuiApp"

    def __init__(self, deal_id: int, among: list[int]) -> None:
        super().__init__()
        self._deal_id = deal_id
        self._among = among
        self._story: Story | None = None

    @property
    def concerned(self) -> Sequence[int]:
        """The deal one is looking at."""
        return [self._deal_id]

    @property
    def deal_id(self) -> int:
        """The deal one is looking at."""
        return self._deal_id

    def compose(self) -> ComposeResult:
        """Title, two columns, footer."""
        yield Static("", id="title")
        with Horizontal(id="body"):
            with VerticalScroll(id="left", can_focus=False):
                yield Static("", id="facts")
            with VerticalScroll(id="right", can_focus=False):
                yield Static("", id="story")
        yield Footer(DEAL)

    def on_mount(self) -> None:
        """What is known at once; the history follows."""
        self.app.pipeline_changed.subscribe(self, self._changed)
        self._show()
        self._read()

    def on_resize(self) -> None:
        """One column or two."""
        self.set_class(self.size.width < TWO_COLUMNS, "-narrow")
        self._show()

    def _read(self) -> None:
        session, deal_id = self.app.session, self._deal_id
        self.app.run_job(lambda: self.post_message(StoryRead(deal_id, session.story(deal_id))))

    @on(StoryRead)
    def _story_read(self, event: StoryRead) -> None:
        event.stop()
        if event.deal_id == self._deal_id:
            self._story = event.story
            self._show()

    def _changed(self, _pipeline: Pipeline) -> None:
        """The store was written to: the deal may be another."""
        self._show()
        self._read()

    def _show(self) -> None:
        pipeline = self.app.pipeline
        deal = pipeline.deals.get(self._deal_id) if pipeline else None
        if pipeline is None or deal is None:
            return
        place = self._among.index(self._deal_id) + 1 if self._deal_id in self._among else 0
        where = _("%(n)d of %(of)d") % {"n": place, "of": len(self._among)} if place else ""
        title = sections.title_line(deal, pipeline, where=where, width=self.size.width)
        self.query_one("#title", Static).update(title)
        story = self._story
        texts = story.texts if story else {}
        left: list[Content] = []
        flags = sections.flags(deal, pipeline)
        if flags:
            left += [sections.heading(_("Flags")), *flags, Content("")]
        left += [sections.heading(_("Facts")), *sections.facts(deal, pipeline), Content("")]
        left += [sections.heading(_("Qualification")), *sections.qualified(deal, pipeline, texts)]
        if leave := sections.to_leave(deal, pipeline):
            left += [Content(""), sections.heading(_("To leave this stage")), *leave]
        right: list[Content] = []
        if story and story.promises:
            right += [sections.heading(_("Commitments and actions")), *promises(story, pipeline), Content("")]
        right += [sections.heading(_("History"))]
        right += timeline(story, pipeline) if story else [Content.styled(_("reading …"), "$muted")]
        if story:
            right += [Content(""), sections.heading(_("Notes")), *notes(story, pipeline)]
        narrow = self.has_class("-narrow")
        self.query_one("#facts", Static).update(
            Content("\n").join([*left, Content(""), *right] if narrow else left)
        )
        self.query_one("#story", Static).update(Content("" if narrow else "\n").join([] if narrow else right))

    def action_leave(self) -> None:
        """Back to exactly where one was, or to the deal one went on to."""
        self.dismiss(self._deal_id)

    def action_step(self, step: int) -> None:
        """The next or previous deal of the list one came from."""
        if self._deal_id not in self._among:
            return
        place = self._among.index(self._deal_id) + step
        if 0 <= place < len(self._among):
            self._deal_id, self._story = self._among[place], None
            self._show()
            self._read()
            self.query_one("#left", VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll both columns."""
        for part in self.query(VerticalScroll):
            # At once: of two keys between two paints the second would start from where the first did.
            part.scroll_relative(y=lines, animate=False, immediate=True)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by a screen less two lines."""
        self.action_scroll(pages * max(1, self.size.height - 4))
