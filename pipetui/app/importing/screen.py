"""The import on the screen: files, reading, comparison, what changed; and what past imports brought."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from textual import work
from textual.screen import Screen
from textual.widget import Widget

from pipetui.app.commands import IMPORTS, WORKING
from pipetui.app.dialogs.files import FilePicker
from pipetui.app.importing import asking
from pipetui.app.importing import work as jobs
from pipetui.app.importing.changed_rows import counts_of, difference_rows, headline, reject_rows
from pipetui.app.importing.comparison import ChangesStep, ComparisonStep, exceptions_of, report_rows
from pipetui.app.importing.imports import ImportsStep, batch_counts, read_past, rejected
from pipetui.app.importing.recent import Recent
from pipetui.app.importing.review import ReviewStep, Wish, title_of
from pipetui.app.importing.settling import ConflictsStep
from pipetui.app.importing.step import Step
from pipetui.app.importing.stopping import Handle, StoppedError
from pipetui.app.importing.working import Working
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.exchange.importing.options import Options
from pipetui.language import _, format

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.memory import Memory
    from pipetui.store.reading import BatchRecord

T = TypeVar("T")

PATIENCE: Final = 0.2
"""Seconds that a job may take before it is said how far it is."""


class ImportScreen(Screen[None]):
    """Steps, one at a time; each is asked, and its answer says which is next."""

    AUTO_FOCUS = ""
    CSS_PATH = "importing.tcss"

    app: "PipetuiApp"

    def __init__(self, memory: "Memory", begin: Literal["files", "imports", "conflicts"]) -> None:
        super().__init__()
        self._recent = Recent(memory)
        self._begin = begin
        self._picked: asyncio.Future[tuple[Path, ...] | None] | None = None
        """The choice of files that is open already."""
        self._step: Step[object] | None = None
        self._handle: Handle | None = None
        """The job that is running."""

    @property
    def PLACE(self) -> str:  # noqa: N802 - as other screens say it
        """The place of the step that one is at."""
        return self._step.PLACE if self._step else IMPORTS

    @property
    def is_busy(self) -> bool:
        """Whether a job is running that one must wait for, or stop."""
        return self.PLACE == WORKING

    def open(self) -> None:
        """Ask for files at once, if that is what it begins with: quick hands type ahead."""
        if self._begin == "files":
            self._picked = self._pick("")

    def on_mount(self) -> None:
        """Begin."""
        self._run(self._begin)

    def on_unmount(self) -> None:
        """Nobody waits for the job any more: what is not written to its end is taken back."""
        if self._handle is not None:
            self._handle.stop()

    def start(self, begin: Literal["files", "imports", "conflicts"]) -> None:
        """Begin anew with files, past imports or conflicts."""
        if not self.is_busy:
            self._run(begin)

    @work(exclusive=True)
    async def _run(self, begin: str) -> None:
        try:
            if begin == "files":
                await self._import()
            elif begin == "conflicts":
                await self._conflicts()
            else:
                await self._imports()
        except Problem as problem:
            self.app.say(str(problem), severity="error")
        self.dismiss()

    # Importing ---------------------------------------------------------------------------------------

    async def _import(self) -> None:
        """Files until some are imported, or nobody wants to."""
        notice = ""
        while True:
            picked = await (self._picked or self._pick(notice))
            self._picked = None
            if picked is None:
                return
            self._recent.chosen(picked)
            try:
                if await self._import_files(picked):
                    return
                notice = ""
            except Problem as problem:
                notice = str(problem)

    def _pick(self, notice: str) -> "asyncio.Future[tuple[Path, ...] | None]":
        """Ask for files; `notice` says what was wrong with the last ones."""
        picked: asyncio.Future[tuple[Path, ...] | None] = asyncio.get_running_loop().create_future()

        def chosen(paths: tuple[Path, ...] | None) -> None:
            if not picked.done():
                picked.set_result(paths)

        self.app.push_screen(FilePicker(self._recent.files(), notice=notice), chosen)
        return picked

    async def _import_files(self, paths: Sequence[Path]) -> bool:
        """Take files through all steps; whether they were imported. `Problem` if they cannot be read."""
        draft = await self._read(paths, Options())
        if draft is None:
            return False
        known = self._recent.answers(draft.export.signature)
        if draft.questions and (told := jobs.remembered(known, draft.options)) != draft.options:
            draft = await self._read(paths, told)
            if draft is None:
                return False
        problem, look, session = "", not draft.is_familiar, self.app.session
        while True:
            if look:
                reviewed = await self._review(draft)
                if reviewed is None:
                    return False
                draft = reviewed
            look = True
            title, today = title_of(draft), session.today
            comparing = _("Comparing with what is known …")
            plan = await self._busy(title, comparing, 2, partial(jobs.rehearse, session, draft))
            if plan is None:
                continue
            while await self._ask(ComparisonStep(title, draft, plan, today, problem=problem)) is not None:
                try:
                    done = await self._busy(
                        title,
                        _("Importing …"),
                        3,
                        partial(jobs.write, session, draft),
                        abandon=False,
                    )
                except Problem as failed:
                    problem = str(failed)
                    continue
                if done is None:
                    problem = _("Stopped: nothing was imported.")
                    continue
                await self._imported(draft, done)
                return True

    async def _review(self, draft: jobs.Draft) -> jobs.Draft | None:
        """Show how the files are read until that is right; `None` for other files."""
        cursor, problem = 0, ""
        while True:
            step = ReviewStep(draft, self.app.session.today, cursor=cursor, problem=problem)
            wish = await self._ask(step)
            if wish is None:
                return None
            cursor, problem = step.cursor, ""
            options = await self._options(draft, wish)
            if options is None:
                continue
            if options != draft.options:
                try:
                    again = await self._read(draft.paths, options)
                except Problem as failed:
                    problem = str(failed)
                    continue
                draft = again or draft
                if again is None:
                    continue
            if wish.what == "go on" and not draft.questions:
                self._recent.answered(draft.export.signature, jobs.to_remember(draft.options))
                return draft

    async def _options(self, draft: jobs.Draft, wish: Wish) -> Options | None:
        """The options after what was wished for; `None` if it was thought better of."""
        options = draft.options
        if wish.what == "leave out":
            return replace(options, mapping={**options.mapping, wish.name: ""})
        if wish.what == "column":
            return await asking.column(self.app, draft, wish.name)
        if wish.what == "setting":
            return await asking.setting(self.app, draft, wish.name)
        for question in draft.questions:
            answered = await asking.answer(self.app, question, options)
            if answered is None:
                return None
            options = answered
        return options

    async def _imported(self, draft: jobs.Draft, done: jobs.Imported) -> None:
        """Show the store as it is now, and what has changed."""
        report = done.plan.report
        counts = counts_of(report)
        brought = headline(counts, done.plan.differences.fields)
        self.app.show_pipeline(done.pipeline)
        title = title_of(draft)
        if report.batch is None:
            self.app.say(_("%(file)s: nothing new; everything in it was known.") % {"file": title})
            return
        told = headline(counts, {}) or _("nothing changed")
        self.app.say(_("%(file)s: %(counts)s · ctrl+z undoes") % {"file": title, "counts": told})
        await self._ask(
            ChangesStep(
                title,
                report_rows(done.plan.differences, counts, report, self.app.session.today),
                answer=brought or _("Nothing changed."),
                exceptions=exceptions_of(report),
                at=3,
                rejects=(report, draft.paths[0].parent) if report.rejects else None,
            )
        )

    # Past imports ------------------------------------------------------------------------------------

    async def _imports(self) -> None:
        """What was imported so far."""
        session, problem = self.app.session, ""
        while True:
            past = await self.app.off_the_loop(lambda: read_past(session))
            answer = await self._ask(ImportsStep(past, session.today, problem=problem))
            if answer is None:
                return
            if answer == "conflicts":
                await self._conflicts()
            elif not isinstance(answer, str):
                await self._past(answer)

    async def _past(self, batch: "BatchRecord") -> None:
        """What one import brought."""
        differences, rejects = await self.app.off_the_loop(lambda: jobs.look_back(self.app.session, batch.id))
        today, counts = self.app.session.today, batch_counts(batch)
        title = f"{format.moment(batch.at, today)} · {batch.because or batch.source}"
        await self._ask(
            ChangesStep(
                f"{title} · {_('undone')}" if batch.undone else title,
                [
                    *difference_rows(differences, counts, today),
                    *reject_rows(rejects, batch.summary.get("rejected", len(rejects))),
                ],
                answer=headline(counts, differences.fields) or _("Nothing changed."),
                exceptions=" · ".join(filter(None, (_("by %(who)s") % {"who": batch.by}, rejected(batch)))),
            )
        )

    async def _conflicts(self) -> None:
        """Settle where people here and the CRM disagree."""
        from pipetui.store.conflicts import read_conflicts

        found = await self.app.off_the_loop(lambda: read_conflicts(self.app.session.store))
        await self._ask(ConflictsStep(found, self.app.session.today))

    # Steps and jobs ----------------------------------------------------------------------------------

    async def _ask(self, step: Step[T]) -> T | None:
        """Show a step until it is answered."""
        await self._show(step)
        return await step.answer

    async def _show(self, step: Step[T]) -> None:
        with self.app.batch_update():
            before: Widget | None = self._step
            self._step = step  # type: ignore[assignment]
            self.add_class("-begun")  # until then the board is behind the choice of files
            await self.mount(step)
            if before is not None:
                await before.remove()

    async def _read(self, paths: Sequence[Path], options: Options) -> jobs.Draft | None:
        session = self.app.session
        title = clean(paths[0].name)
        return await self._busy(
            title, _("Reading …"), 1, lambda handle: jobs.read(session, paths, options, handle)
        )

    async def _busy(
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
        self._handle = handle = Handle()

        def stoppable() -> T | None:
            try:
                return job(handle)
            except StoppedError:
                return None

        running: asyncio.Future[Any] = asyncio.ensure_future(self.app.off_the_loop(stoppable))
        running.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.wait({running}, timeout=PATIENCE)
        if not running.done():
            step = Working(title, said, handle, at)
            await self._show(step)
            stopped: asyncio.Future[Any] = step.answer
            await asyncio.wait([running, stopped], return_when=asyncio.FIRST_COMPLETED)
            if not running.done() and abandon:
                return None
        done: T | None = await running
        return done
