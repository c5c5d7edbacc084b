"""The app: places on top of one session, and what happens between them."""

import asyncio
import gc
import signal
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import on, work
from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.signal import Signal
from textual.theme import Theme

from pipetui.app import themes, watching
from pipetui.app.beginning import greet
from pipetui.app.board.place import BoardPlace
from pipetui.app.commands import BOARD, DEAL, EVERYWHERE, bindings
from pipetui.app.courtesy import Courtesy
from pipetui.app.editing import Editor
from pipetui.app.frame.header import store_name
from pipetui.app.memory import Memory
from pipetui.app.messages import (
    CanType,
    ChangeWanted,
    Failed,
    Loaded,
    MoveWanted,
    Progress,
    QualifyWanted,
    Step,
)
from pipetui.app.moving import Mover
from pipetui.app.places import Places
from pipetui.app.preferences import Preferences
from pipetui.app.resting import Rest
from pipetui.app.resuming import Resume
from pipetui.app.session import Outcome, Session
from pipetui.app.talking import TalkingApp
from pipetui.deals.deal import Deal
from pipetui.language import _, format
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipetui.app.importing.screen import Begin

LONG = 0.8
"""Seconds after which reading the store is so slow that a resized or covered frame had better be painted."""
TRY_AGAIN = 3.0
"""Seconds after which a store that could not be opened is tried once more."""


class PipetuiApp(TalkingApp):
    """Pipeline reviews and forecast calls."""

    TITLE = "pipetui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    # Here, because a default screen does not load its own; others do, when they are first opened.
    CSS_PATH = "board/board.tcss"

    def __init__(
        self, session: Session, preferences: Preferences, *, demo: bool = False, first_place: str = BOARD
    ) -> None:
        super().__init__()
        self.session = session
        self.board: BoardPlace
        self.pipeline: Pipeline | None = None
        self._preferences = preferences
        self._first_place = first_place
        """Where one is in a store that was not opened before."""
        self._memory = preferences.memory
        self._resume: Resume | None = None
        self._editor = Editor(self)
        self._mover = Mover(self._editor)
        self.pipeline_changed: Signal[Pipeline] = Signal(self, "pipeline changed")
        self.stepped: Signal[Step] = Signal(self, "stepped")
        self._places = Places(self)
        self._watch = watching.Watch(self)
        self._rest = Rest(self._places.make_ready)
        self.courtesy = Courtesy()
        self._interrupted = self._has_begun = False
        self._still = ExitStack()
        self._exit_code = 0
        self._trouble = ""
        self.store_name = store_name(session.launch.location)
        """What the header calls the store."""
        if demo:
            self._begin_with_demo()
        for theme in preferences.themes.values():
            self.register_theme(theme)
        self._begin_with_theme(themes.NO_COLOUR if self.no_color else preferences.theme)
        self.set_keymap(preferences.keymap)

    def _begin_with_theme(self, name: str) -> None:
        """Have a theme before the first paint: setting `theme` would lay out and paint everything twice."""
        self.set_reactive(App.theme, name)
        if self.no_color:  # no colours at all, instead of Textual's shades of grey
            self._filters = [NoColor() if isinstance(line, Monochrome) else line for line in self._filters]
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
        dark = self.current_theme.dark
        self.update_classes(
            {"-dark-mode": dark, "-light-mode": not dark, f"-theme-{name}": True}, update=False
        )

    @property
    def keymap_in_use(self) -> dict[str, str]:
        """The user's own keys, command id → keys."""
        return self._preferences.keymap

    @property
    def editor(self) -> Editor:
        """Who writes edits, one after the other: undo waits for what was typed before it."""
        return self._editor

    @property
    def memory(self) -> Memory:
        """What is remembered of the store."""
        return self._resume.memory if self._resume else self._memory.of_store(self.session.launch.location)

    # The frame ---------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The board is there from the first paint."""
        memory = self._memory.of_store(self.session.launch.location)
        self.board = BoardPlace(self.store_name, memory.text("order", "close"), memory.number("zoom", 3))
        return self.board

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our own variables are where a theme does not set them."""
        generated = self.current_theme.to_color_system().generate()
        return {name: generated.get(value, value) for name, value in themes.VARIABLES.items()}

    def on_mount(self) -> None:
        """Say what was wrong with themes, begin to watch."""
        for problem in self._preferences.problems:
            self.say_later(problem, severity="warning")
        self.theme_changed_signal.subscribe(self, self._repaint)
        self.set_interval(watching.SECONDS, self._watch.look)
        with suppress(NotImplementedError, RuntimeError):  # no such signal, or not the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self.exit)

    def begin(self) -> None:
        """Read the store, once. Until it is read nothing else is painted: the frame would be, three times."""
        if self._has_begun:
            return
        self._has_begun = True
        self._still.enter_context(self.batch_update())
        self.set_timer(LONG, self._still.close)
        self.reload()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, remembering the deal one is at, also when the line was dropped."""
        self._rest.stop()
        self.courtesy.stop()
        if self._resume is not None:
            self._resume.keep()
        super().exit(result, return_code, message)

    async def on_event(self, event: Event) -> None:
        """Tell the watch of keys, whatever becomes of them."""
        if isinstance(event, Key):
            self.courtesy.key()
            self._watch.key()
        await super().on_event(event)
        if isinstance(event, Key):
            self._rest.key()

    def _repaint(self, _theme: Theme) -> None:
        self.board.forget_paint()

    # The store ----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the store anew."""
        session = self.session
        session.workers.add(self.board.work_out)
        self.run_job(lambda: self.post_message(Loaded(session, session.load())), fatal=self.pipeline is None)

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        if event.session is not self.session:
            return  # of a store that was left meanwhile
        first = self.pipeline is None
        self._exit_code, self._trouble = 0, ""
        self.show_pipeline(event.pipeline)
        if first:
            memory = self._memory.of_store(self.session.launch.location)
            self.board.find(memory.number("deal", 0), widen=False)
            self._resume = Resume(self, memory)
            self.action_place(memory.text("place", self._first_place if event.pipeline.deals else BOARD))
            self._places.resume_call(memory)
            self.call_after_refresh(self._begun, event.pipeline, memory)

    def _begun(self, pipeline: Pipeline, memory: Memory) -> None:
        """The first cards are painted."""
        gc.freeze()  # what was loaded to start stays until the end: nothing need look at it again
        gc.enable()
        self.courtesy.start()
        greet(self, pipeline, memory)

    def _begin_with_demo(self) -> None:
        """The sample data, in a store of its own, instead of the user's."""
        from pipetui.app.demo import DemoLaunch

        self.session = Session(DemoLaunch(self.session.launch, self._tell_progress))
        self.store_name = _("sample data")

    def show_demo(self) -> None:
        """Go on with the sample data."""
        self._begin_with_demo()
        if self._resume is not None:
            self._resume.leave()
        self.pipeline = self._resume = None
        self.board.use_store(self.store_name)
        self.reload()

    def _tell_progress(self, part: float) -> None:
        self.post_message(
            Progress(_("Preparing the sample data … %(percent)s") % {"percent": format.percent(part)})
        )

    @on(Progress)
    def _progress(self, event: Progress) -> None:
        if self.pipeline is None:
            self.board.show_message(event.said)
            self._still.close()

    def show_pipeline(self, pipeline: Pipeline) -> None:
        """Show the store as it is now, in every place."""
        is_there = self.board.is_mounted and self.board.children
        if not is_there or (self.pipeline and pipeline.revision < self.pipeline.revision):
            return  # too late: the app is closing, or it was read before an edit and delivered after it
        self.pipeline = pipeline
        with self.batch_update():
            self.board.load(pipeline)
            self.pipeline_changed.publish(pipeline)
        self._still.close()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if event.fatal:
            self._exit_code = 1
            if event.problem != self._trouble:
                self._trouble = event.problem
                self.board.show_message(event.problem)
                self._still.close()
            self.set_timer(TRY_AGAIN, self._try_again)
        else:
            self.say(event.problem, severity="error")

    def _try_again(self) -> None:
        """Somebody may have let go of the store, or mended the playbook."""
        if self.pipeline is None:
            self.reload()

    # Edits -------------------------------------------------------------------------------------------

    def show_outcome(self, outcome: Outcome, said: str, *, returns: bool = False) -> None:
        """Show the store as it is after a step and say what happened; `returns`: undone, or done again.

        The cursor goes with its deal, but not out of sight: after a deal is closed the next one is looked at.
        """
        with self.batch_update():
            self.show_pipeline(outcome.pipeline)
            for deal_id in outcome.deal_ids[:1]:
                self.board.find(deal_id, widen=False)
            self.stepped.publish(Step(outcome.deal_ids, returns))
        self.say(said)

    @on(MoveWanted)
    @work
    async def _move(self, event: MoveWanted) -> None:
        try:
            await self._mover.move(event.deal_ids, event.where)
        finally:
            self.post_message(CanType())

    @on(ChangeWanted)
    @work
    async def _ask(self, event: ChangeWanted) -> None:
        from pipetui.app.asking import ask

        try:
            await ask(self._editor, event.deal_ids, event.what, event.at)
        finally:
            self.post_message(CanType())

    @on(QualifyWanted)
    @work
    async def _qualify(self, event: QualifyWanted) -> None:
        await self._editor.qualify(event.deal_id, event.item, event.level, event.text)

    @work
    async def action_undo(self) -> None:
        """Take back one's own last step."""
        await self._editor.undo()

    @work
    async def action_redo(self) -> None:
        """Do again what was undone."""
        await self._editor.redo()

    # Between the places ------------------------------------------------------------------------------

    @on(BoardPlace.Opened)
    def _open(self, event: BoardPlace.Opened) -> None:
        self.open_deal(event.deal, event.among)

    def open_deal(self, deal: Deal, among: list[int]) -> None:
        """The deal view over the place one is in."""
        self._places.open_deal(deal.id, among)

    def warm_up(self) -> None:
        """Make the deal view before one opens it."""
        self._places.warm_up()

    @property
    def place(self) -> str:
        """The place that one is in, whatever stands over it."""
        return self._places.below

    def action_place(self, place: str) -> None:
        """Go to a place; what stands over it is closed, a dialog stays."""
        if self._resume is not None:
            self._resume.note()
        self._places.go(place, self._resume.memory if self._resume else None)

    @work
    async def action_palette(self) -> None:
        """Any deal, any command, by typing."""
        from pipetui.app.dialogs.palette import Palette

        if self.pipeline is None:
            return
        place = self._places.current
        chosen = await self.push_screen_wait(Palette(self.pipeline, place, self.keymap_in_use))
        if chosen is None:
            return
        kind, _sep, value = chosen.partition(":")
        if kind == "deal":
            self.action_place(BOARD)
            self._places.go_to(int(value), in_deal_view=place == DEAL)
        else:
            await self.run_action(value, self.screen)

    @work
    async def action_choose_theme(self) -> None:
        """Pick a theme, seeing it."""
        from pipetui.app.dialogs.themes import choose_theme

        if chosen := await choose_theme(self, self._preferences.themes.values()):
            self._memory.remember(theme=chosen)

    def show_imports(self, begin: "Begin", left: "Callable[[None], None] | None" = None) -> None:
        """Files to import, past imports or conflicts; `left` is called once one is back."""
        self._places.show_imports(begin, self._memory, left)

    def action_import_file(self) -> None:
        """Pick exports and import them."""
        self.show_imports("files")

    def action_imports(self) -> None:
        """Sources and past imports."""
        self.show_imports("imports")

    def action_conflicts(self) -> None:
        """Where people here and the CRM disagree."""
        self.show_imports("conflicts")

    def action_carrying(self) -> None:
        """What was set here and the CRM does not say yet."""
        self.show_imports("carrying")

    async def action_quit(self) -> None:
        """Quit; with an error code if there was nothing to show."""
        self.exit(return_code=self._exit_code)

    def action_keys(self) -> None:
        """All keys of the place."""
        from pipetui.app.dialogs.keys import KeysDialog

        self.push_screen(KeysDialog(self._places.current, self.keymap_in_use))

    def action_redraw(self) -> None:
        """Paint every cell again, for a line that garbled some."""
        self.screen.refresh(layout=True)

    def action_interrupt(self) -> None:
        """Quit on the second time within a few seconds."""
        if self._interrupted:
            self.exit(return_code=self._exit_code)
            return
        self._interrupted = True
        self.say(_("ctrl+c once more quits. Everything is saved."))
        self.set_timer(4, self._forget_interrupt)

    def _forget_interrupt(self) -> None:
        self._interrupted = False
