"""The deal view: one deal, all that is known of it, each part of it to be worked on where it stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import ScreenResume
from textual.theme import Theme
from textual.widgets import Static

from pipetui.app.acting import ActsOnDeals
from pipetui.app.commands import COMMANDS, DEAL, bindings
from pipetui.app.deal import content, sections
from pipetui.app.deal.entering import Entered, entered
from pipetui.app.deal.pointing import Pointing
from pipetui.app.deal.reading import Next, StoryRead
from pipetui.app.deal.rows import Key, Section, flowing
from pipetui.app.frame.footer import Footer
from pipetui.app.kept import is_covered
from pipetui.app.keymap import key_of
from pipetui.app.messages import CanType, QualifyWanted
from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.errors import Problem
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.store.conflicts import Conflict
    from pipetui.store.reading import Story

TWO_COLUMNS = 110
"""From this width on the history stands beside the facts."""
THREE_COLUMNS = 170
"""From this width on the qualification stands between them."""

_LEVELS = ("0,à", "1,ampersand", "2,é", "3,quotation_mark")
"""The digits, and what the same keys send on French keyboards."""
_COMMANDS = {command.id: command for command in COMMANDS}


@is_covered
class Body(Horizontal):
    """The columns."""


@is_covered
class DealScreen(ActsOnDeals, Pointing):
    """One deal at a time; ends with the id of the deal one left at. Made once, used for all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(DEAL),
        # Where the cursor stands on a qualification item; elsewhere these keys lead to the places.
        *(Binding(keys, f"level({level})", show=False) for level, keys in enumerate(_LEVELS)),
    ]
    PLACE = DEAL
    AUTO_FOCUS = ""
    CSS_PATH = "deal.tcss"

    app: "PipetuiApp"

    def __init__(self) -> None:
        super().__init__()
        self._deal_id = 0
        self._among: list[int] = []
        self._story: Story | None = None
        self._conflicts: Sequence[Conflict] = ()
        self._next: Next | None = None
        self._ready: tuple[int, list[int]] | None = None
        """The deal that it holds already, and among which."""
        self._is_restyled = True
        """Whether the theme is another one than when it came into sight last."""

    @property
    def concerned(self) -> Sequence[int]:
        """The deal one is looking at."""
        return [self._deal_id]

    @property
    def deal_id(self) -> int:
        """The deal one is looking at."""
        return self._deal_id

    @property
    def deal(self) -> Deal | None:
        """The deal as it is now."""
        pipeline = self.app.pipeline
        return pipeline.deals.get(self._deal_id) if pipeline else None

    def compose(self) -> ComposeResult:
        """Title, columns, footer."""
        yield Static("", id="title")
        with Body(id="body"):
            yield from self._pages
        yield Footer(DEAL)

    def on_mount(self) -> None:
        """Follow the store."""
        self.app.pipeline_changed.subscribe(self, self._changed)
        self.app.theme_changed_signal.subscribe(self, self._restyled)
        if self._deal_id:
            self._read(self._deal_id)

    def _restyled(self, _theme: Theme) -> None:
        self._is_restyled = True

    def look_at(self, deal_id: int, among: list[int]) -> None:
        """Another deal, from its beginning: what is known at once; the history follows."""
        ready, self._ready = self._ready, None
        if ready != (deal_id, among) or self._story is None:
            self._among = among
            self._go_to(deal_id, None)

    def make_ready(self, deal_id: int, among: list[int]) -> None:
        """Hold a deal before it is opened; while it is out of sight only."""
        if self._ready != (deal_id, among):
            self._ready, self._among = (deal_id, among), among
            self._go_to(deal_id, None)
            self._paint_ahead()

    def _paint_ahead(self) -> None:
        """Paint it while nobody sees it: lines once filtered and cut are kept, which is most of the work."""
        if self._ready is not None and self.is_mounted:
            self._compositor.render_full_update()

    def prepare_next(self) -> None:
        """Read what is known of the next deal, while somebody reads this one."""
        onward = self._beside(1)
        if onward is not None and (self._next is None or self._next.known.deal_id != onward):
            self._read(onward)

    def _beside(self, step: int) -> int | None:
        """The next or previous deal of the list one came from."""
        if self._deal_id not in self._among:
            return None
        place = self._among.index(self._deal_id) + step
        return self._among[place] if 0 <= place < len(self._among) else None

    def _go_to(self, deal_id: int, cursor: Key | None) -> None:
        self._deal_id, self._story, self._conflicts, self._cursor = deal_id, None, (), cursor
        if self.is_mounted:
            if self._next is not None and self._next.known.deal_id == deal_id:
                self._story, self._conflicts = self._next.known.story, self._next.known.conflicts
                self._show(self._next.columns)
            else:
                self._show()
                self._read(deal_id)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """It is in sight, perhaps for the first time; what made room for a line that was edited goes."""
        # Textual would look up every style anew, which is most of what opening a deal costs.
        event.refresh_styles = self._is_restyled
        self._is_restyled = False
        self._arrange()
        for page in self._pages:
            page.lower()

    def on_resize(self) -> None:
        """One column, two or three."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.app.size.width
        columns = 1 + (width >= TWO_COLUMNS) + (width >= THREE_COLUMNS)
        if columns != len(self._shown_pages) or not self._pages[0].keys:
            self._columns, self._next = columns, None
            for number, page in enumerate(self._pages):
                page.display = number < columns
            self._show()

    # What is shown -----------------------------------------------------------------------------------

    def _read(self, deal_id: int) -> None:
        session, is_asked_for = self.app.session, self._ready is None and deal_id == self._deal_id

        def read() -> None:
            from pipetui.store.conflicts import open_conflicts

            try:
                story = session.story(deal_id)
                with session.store.reading() as run:
                    conflicts = open_conflicts(run, [deal_id])
            except Problem:
                if is_asked_for:  # of what is only made ready, nobody wants to hear
                    raise
                return
            self.post_message(StoryRead(deal_id, story, conflicts))

        self.app.run_job(read)

    @on(StoryRead)
    def _story_read(self, event: StoryRead) -> None:
        event.stop()
        if event.deal_id == self._deal_id:
            self._story, self._conflicts = event.story, event.conflicts
            self._show()
            self._paint_ahead()
        elif event.deal_id == self._beside(1):
            self._work_out_next(event)

    def _work_out_next(self, known: StoryRead) -> None:
        pipeline = self.app.pipeline
        deal = pipeline.deals.get(known.deal_id) if pipeline else None
        if pipeline is not None and deal is not None and self._columns:
            columns = self._dealt_out(deal, pipeline, known.story, known.conflicts)
            self._next = Next(known, columns)
            for page, its in zip(self._shown_pages, columns, strict=True):
                page.wrap_ahead([line for _of, row in flowing(its) for line in row.paragraphs])

    def _changed(self, _pipeline: Pipeline) -> None:
        """The store was written to: the deal may be another."""
        self._ready = self._next = None
        if self in self.app.screen_stack:
            self._show()
            self._read(self._deal_id)

    def _show(self, columns: Sequence[Sequence[Section]] = ()) -> None:
        """Show the deal; `columns` if it was worked out what is said of it."""
        pipeline, deal = self.app.pipeline, self.deal
        if pipeline is None or deal is None or not self._columns:
            return
        self._show_title(deal, pipeline)
        columns = columns or self._dealt_out(deal, pipeline, self._story, self._conflicts)
        for page, its in zip(self._shown_pages, columns, strict=True):
            page.hold(its, deal.id)
        self._point(self._cursor)

    def _show_title(self, deal: Deal, pipeline: Pipeline) -> None:
        place = self._among.index(self._deal_id) + 1 if self._deal_id in self._among else 0
        where = _("%(n)d of %(of)d") % {"n": place, "of": len(self._among)} if place else ""
        title = sections.title_line(deal, pipeline, where=where, width=self.app.size.width)
        self.query_one("#title", Static).update(title, layout=False)

    def _dealt_out(
        self, deal: Deal, pipeline: Pipeline, read: "Story | None", conflicts: "Sequence[Conflict]"
    ) -> list[list[Section]]:
        """The sections of each column. What is read comes below what was known before: nothing moves."""
        width = self.app.size.width // self._columns
        flags = content.flags(deal, pipeline)
        facts = content.facts(deal, pipeline, read)
        story = content.story(deal, pipeline, read, conflicts, key_of=self._key_of, width=width)
        match self._columns:
            case 1:
                return [[flags, *facts, *story]]
            case 2:
                return [facts, [flags, *story]]
            case _:
                return [facts, [flags, *story[:-2]], story[-2:]]

    def _key_of(self, command: str) -> str:
        return key_of(_COMMANDS[command], self.app.keymap_in_use)

    # Working on it -----------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """What enter does on the row under the cursor."""
        deal = self.deal
        if deal is None or self._cursor is None:
            return
        todo = entered(self._cursor)
        if todo is None:
            return
        match todo.kind:
            case "say":
                self.app.say(todo.text)
            case "ask":
                self.want(todo.text)
            case "edit":
                self._edit_in_place(todo, self._cursor)
            case "read":
                self._read_note(self._cursor[1])

    def _edit_in_place(self, todo: Entered, key: Key) -> None:
        page = self._page
        page.lift(key, todo.lines)
        self.want(todo.text, lambda: page.line_of(key))

    def _read_note(self, which: str) -> None:
        from pipetui.app.deal.note import NoteDialog

        pipeline, story = self.app.pipeline, self._story
        if pipeline is None or story is None:
            return
        if which == "crm":
            self.app.push_screen(NoteDialog(_("From the CRM"), story.description))
        else:
            note = story.notes[int(which)]
            self.app.push_screen(NoteDialog(content.note_head(note, pipeline).plain, note.text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit is a level where the cursor stands on an item; else it leads to its place."""
        if action == "level":
            return self._cursor is not None and self._cursor[0] == "item"
        return super().check_action(action, parameters)

    def action_level(self, level: int) -> None:
        """How well the item under the cursor is known; what the buyer confirmed or did wants its words."""
        deal, key = self.deal, self._cursor
        if deal is None or key is None:
            return
        if deal.status != "open":
            self.want("qualification")  # which says that it is closed
        elif level >= qualification.CONFIRMED and not (self._story and self._story.texts.get(key[1])):
            self._edit_in_place(Entered("edit", f"level:{key[1]}.{level}", 2), key)
        else:
            self.post_message(QualifyWanted(deal.id, key[1], level, None))

    def action_copy(self) -> None:
        """A paragraph about the deal, for chat or mail."""
        from pipetui.app.deal.sharing import copy_summary

        pipeline, deal = self.app.pipeline, self.deal
        if pipeline is not None and deal is not None:
            copy_summary(self.app, pipeline, deal, self._story.promises if self._story else ())

    @work
    async def action_plan(self) -> None:
        """The plan of actions, to be shared with the buyer."""
        from pipetui.app.deal.sharing import share_plan

        pipeline, deal = self.app.pipeline, self.deal
        if pipeline is not None and deal is not None:
            self.app.ahead.hold()
            try:
                await share_plan(self.app, pipeline, deal)
            finally:
                self.app.post_message(CanType())

    def action_leave(self) -> None:
        """Back to exactly where one was, or to the deal one went on to."""
        self.dismiss(self._deal_id)

    def action_step(self, step: int) -> None:
        """The next or previous deal of the list one came from, at the same row if it has that."""
        if (onward := self._beside(step)) is not None:
            self._go_to(onward, self._cursor)
