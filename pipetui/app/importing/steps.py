"""Steps that stand on a screen one at a time, and the jobs between them that one waits for."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual.screen import Screen
from textual.widget import Widget

from pipetui.app.commands import IMPORTS, WORKING
from pipetui.app.importing.step import Step
from pipetui.app.importing.stopping import Handle, StoppedError
from pipetui.app.importing.working import Working
from pipetui.app.messages import CanType
from pipetui.store.cycles import without_cycle_search

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

T = TypeVar("T")

PATIENCE: Final = 0.2
"""Seconds that a job may take before it is said how far it is."""


class StepsScreen(Screen[None]):
    """Shows steps and runs jobs; what comes after what, whoever derives from it says."""

    app: "PipetuiApp"

    def __init__(self) -> None:
        super().__init__()
        self.step: Step[object] | None = None
        """What stands on the screen."""
        self._handle: Handle | None = None
        """The job that is running."""
        self._waits = False
        self.is_long = False
        """Whether the files are so large that every job of theirs takes its time."""

    @property
    def PLACE(self) -> str:  # noqa: N802 - as other screens say it
        """The place of the step that one is at."""
        return self.step.PLACE if self.step else IMPORTS

    @property
    def is_busy(self) -> bool:
        """Whether a job is running that one must wait for, or stop, told of yet or not."""
        return self._waits

    @property
    def is_asking(self) -> bool:
        """Whether a step waits for an answer."""
        return self.step is not None and not self.is_busy and not self.step.answer.done()

    def on_unmount(self) -> None:
        """Nobody waits for the job any more: what is not written to its end is taken back."""
        if self._handle is not None:
            self._handle.stop()

    async def ask(self, step: Step[T]) -> T | None:
        """Show a step until it is answered."""
        await self._show(step)
        return await step.answer

    async def _show(self, step: Step[T]) -> None:
        with self.app.batch_update():
            before: Widget | None = self.step
            self.step = step  # type: ignore[assignment]
            self.add_class("-begun")  # until then the board is behind the choice of files
            await self.mount(step)
            if before is not None:
                await before.remove()
            else:
                self.app.post_message(CanType())

    async def _painted(self) -> None:
        """Until what was shown stands on the screen."""
        painted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.call_after_refresh(painted.set_result, None)
        await painted

    async def busy(
        self,
        title: str,
        said: str,
        at: int,
        job: Callable[[Handle], T],
        *,
        abandon: bool = True,
    ) -> T | None:
        """What a job leads to; `None` if it was stopped. `Problem` if it fails.

        One that writes nothing is abandoned at once, one that writes is waited for: it may be too late.
        """
        self._waits = True
        try:
            return await self._done(title, said, at, job, abandon=abandon)
        finally:
            self._waits = False

    async def _done(
        self, title: str, said: str, at: int, job: Callable[[Handle], T], *, abandon: bool
    ) -> T | None:
        self._handle = handle = Handle(self.app.courtesy.give_way)
        session = self.app.session

        def stoppable() -> T | None:
            try:
                # A round over all that is read holds up keys, and so would reading it twice.
                with without_cycle_search(stays=True), session.alone():
                    return job(handle)
            except StoppedError:
                return None

        if self.is_long:  # said, and painted, before the job takes its share of the time
            await self._show(Working(title, said, handle, at))
            await self._painted()
        running: asyncio.Future[Any] = asyncio.ensure_future(self.app.off_the_loop(stoppable))
        running.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.wait({running}, timeout=PATIENCE)
        if not running.done():
            if self.PLACE != WORKING:
                await self._show(Working(title, said, handle, at))
            assert self.step is not None
            stopped: asyncio.Future[Any] = self.step.answer
            await asyncio.wait([running, stopped], return_when=asyncio.FIRST_COMPLETED)
            if not running.done() and abandon:
                return None
        done: T | None = await running
        return done
