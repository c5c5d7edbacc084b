"""The import on the screen: files, reading, comparison, what changed; and what past imports brought."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from textual import work
from textual.content import Content

from pipetui.app.dialogs.files import FilePicker
from pipetui.app.importing import asking, quotas
from pipetui.app.importing import rejects as leftovers
from pipetui.app.importing import work as jobs
from pipetui.app.importing.carrying import CarryStep
from pipetui.app.importing.changed_rows import counts_of, difference_rows, headline, parted, reject_rows
from pipetui.app.importing.comparison import (
    ChangesStep,
    ComparisonStep,
    exceptions_of,
    imported_rows,
    rejected_part,
)
from pipetui.app.importing.imports import ImportsStep, batch_counts, read_past
from pipetui.app.importing.recent import Recent
from pipetui.app.importing.review import ReviewStep, Wish, title_of
from pipetui.app.importing.settling import ConflictsStep
from pipetui.app.importing.steps import StepsScreen
from pipetui.app.messages import CanType
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.exchange.importing.options import Options
from pipetui.language import _, format

if TYPE_CHECKING:
    from pipetui.app.memory import Memory
    from pipetui.store.reading import BatchRecord

Begin = Literal["files", "imports", "conflicts", "carrying"]
"""With what it begins: choosing files, past imports, what people here and the CRM disagree on, or what is to
be carried back there."""

STYLES: Final = Path(__file__).with_name("importing.tcss")


class ImportScreen(StepsScreen):
    """Each step is asked, and its answer says which is next."""

    AUTO_FOCUS = ""
    CSS_PATH = STYLES

    def __init__(self, memory: "Memory", begin: Begin) -> None:
        super().__init__()
        self._recent = Recent(memory)
        self._begin = begin
        self._picked: asyncio.Future[tuple[Path, ...] | None] | None = None
        """The choice of files that is open already."""

    def open(self) -> None:
        """Ask for files at once, if that is what it begins with: quick hands type ahead."""
        if self._begin == "files":
            self._picked = self._pick()

    def on_mount(self) -> None:
        """Begin."""
        self._run(self._begin)

    def start(self, begin: Begin) -> None:
        """Begin anew with files, past imports or conflicts; these lead back to a list of changes."""
        if begin == "conflicts" and isinstance(self.step, ChangesStep):
            self.step.finish(begin)
        elif not self.is_busy:
            self._run(begin)

    @work(exclusive=True)
    async def _run(self, begin: str) -> None:
        try:
            if begin == "files":
                await self._import()
            elif begin == "conflicts":
                await self._conflicts()
            elif begin == "carrying":
                await self._carrying()
            else:
                await self._imports()
        except Problem as problem:
            self.app.say(str(problem), severity="error")
            self.app.post_message(CanType())
        self.dismiss()

    # Importing ---------------------------------------------------------------------------------------

    async def _import(self) -> None:
        """Files until some are imported, or nobody wants to."""
        notice, picked = "", None
        while True:
            picked = await (self._picked or self._pick(picked or (), notice))
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

    def _pick(
        self, again: Sequence[Path] = (), notice: str = ""
    ) -> "asyncio.Future[tuple[Path, ...] | None]":
        """Ask for files; `again` are the last ones, `notice` says what was wrong with them."""
        picked: asyncio.Future[tuple[Path, ...] | None] = asyncio.get_running_loop().create_future()

        def chosen(paths: tuple[Path, ...] | None) -> None:
            if not picked.done():
                picked.set_result(paths)

        session = self.app.session
        picker = FilePicker(
            self._recent.files(), again=again, notice=notice, imported=lambda: jobs.imported_files(session)
        )
        self.app.push_screen(picker, chosen)
        return picked

    async def _import_files(self, paths: Sequence[Path]) -> bool:
        """Take files through all steps; whether they were imported. `Problem` if they cannot be read."""
        draft = await self._read(paths, Options())
        if draft is None:
            return False
        if draft.is_of_quotas:
            return await self._set_quotas(draft)
        known = self._recent.answers(draft.export.signature)
        if draft.questions and (told := jobs.remembered(known, draft.options)) != draft.options:
            draft = await self._read(paths, told)
            if draft is None:
                return False
        look, problem, session = not draft.is_familiar, "", self.app.session
        while True:
            if look:
                reviewed = await self._review(draft, problem)
                if reviewed is None:
                    return False
                draft = reviewed
            look, problem = True, ""
            comparing = _("Comparing with what is known …")
            try:
                plan = await self.busy(title_of(draft), comparing, 2, partial(jobs.rehearse, session, draft))
            except Problem as failed:
                problem = str(failed)
                continue
            if plan is None:
                continue
            done = await self._write(draft, plan)
            if done is not None:
                await self._imported(draft, done)
                return True

    async def _read(self, paths: Sequence[Path], options: Options) -> jobs.Draft | None:
        session, title = self.app.session, clean(paths[0].name)
        self.is_long = await asyncio.to_thread(jobs.takes_long, paths)
        return await self.busy(
            title, _("Reading …"), 1, lambda handle: jobs.read(session, paths, options, handle)
        )

    async def _set_quotas(self, draft: jobs.Draft) -> bool:
        """Set the quotas of a file at once: each is one number, and ctrl+z takes all of them back."""
        title, session = clean(draft.paths[0].name), self.app.session
        done = await self.busy(title, _("Importing …"), 1, partial(jobs.write, session, draft), abandon=False)
        if done is None:
            return False
        if refused := quotas.refused(done.plan.report):
            raise Problem(refused)
        self.app.show_pipeline(done.pipeline)
        self.app.say(quotas.told(title, done.plan.report))
        return True

    async def _write(self, draft: jobs.Draft, plan: jobs.Plan) -> jobs.Imported | None:
        """Show the comparison until it is imported; `None` for back to how the files are read."""
        title, problem, session = title_of(draft), "", self.app.session
        while await self.ask(ComparisonStep(title, draft, plan, session.today, problem=problem)) is not None:
            writing = partial(jobs.write, session, draft)
            try:
                done = await self.busy(title, _("Importing …"), 3, writing, abandon=False)
            except Problem as failed:
                problem = str(failed)
                continue
            if done is not None:
                return done
            problem = _("Stopped: nothing was imported.")
        return None

    async def _review(self, draft: jobs.Draft, problem: str) -> jobs.Draft | None:
        """Show how the files are read until that is right; `None` for other files."""
        about = ""
        while True:
            step = ReviewStep(draft, self.app.session.today, about=about, problem=problem)
            wish = await self.ask(step)
            if wish is None:
                return None
            if wish.what == "go on" and not draft.questions:
                self._recent.answered(draft.export.signature, jobs.to_remember(draft.options))
                return draft
            about, problem = step.about_after(wish), ""
            options = await self._options(draft, wish)
            if options is None or options == draft.options:
                continue
            if wish.what == "field":
                about = next(name for name, label in options.mapping.items() if label == wish.name)
            try:
                draft = await self._read(draft.paths, options) or draft
            except Problem as failed:
                problem = str(failed)

    async def _options(self, draft: jobs.Draft, wish: Wish) -> Options | None:
        """The options after what was wished for; `None` if it was thought better of."""
        options = draft.options
        if wish.what == "leave out":
            return replace(options, mapping={**options.mapping, wish.name: ""})
        if wish.what == "column":
            return await asking.column(self.app, draft, wish.name)
        if wish.what == "field":
            return await asking.field(self.app, draft, wish.name)
        if wish.what == "setting":
            return await asking.setting(self.app, draft, wish.name)
        for question in draft.questions:
            answered = await asking.answer(self.app, question, options)
            if answered is None:
                break  # what was answered before is kept
            options = answered
        return options

    async def _imported(self, draft: jobs.Draft, done: jobs.Imported) -> None:
        """Show the store as it is now, and what has changed."""
        report = done.plan.report
        batch, counts, session = report.batch, counts_of(report), self.app.session
        self.app.show_pipeline(done.pipeline)
        title = title_of(draft)
        if batch is None:
            self.app.say(_("%(file)s: nothing new; everything in it was known.") % {"file": title})
            return
        told = headline(counts) or _("nothing changed")
        self.app.say(_("%(file)s: %(counts)s · ctrl+z undoes") % {"file": title, "counts": told})
        rows = await self.app.off_the_loop(lambda: imported_rows(done.plan, session.today))
        step = partial(
            ChangesStep,
            title,
            rows,
            answer=headline(counts, done.plan.differences) or _("Nothing changed."),
            is_undone=lambda: jobs.is_undone(session, batch),
            rejects=leftovers.of_report(report, draft.paths[0].parent),
            at=3,
        )
        while await self.ask(step(exceptions=exceptions_of(report, is_done=True))):
            left = await self._conflicts()
            report = replace(report, conflicts=min(left, report.conflicts))

    # Past imports ------------------------------------------------------------------------------------

    async def _imports(self) -> None:
        """What was imported so far."""
        session, problem = self.app.session, ""
        while True:
            past = await self.app.off_the_loop(lambda: read_past(session))
            answer = await self.ask(ImportsStep(past, session.today, problem=problem))
            if answer is None:
                return
            if answer == "conflicts":
                await self._conflicts()
            elif answer == "carrying":
                await self._carrying()
            elif not isinstance(answer, str):
                await self._past(answer)

    async def _past(self, batch: "BatchRecord") -> None:
        """What one import brought."""
        session = self.app.session
        differences, rejects = await self.app.off_the_loop(lambda: jobs.look_back(session, batch.id))
        today, counts = session.today, batch_counts(batch)
        folder = self._recent.files().folder or Path.home()
        leftover = leftovers.of_past(session.store, batch.id, batch.summary, folder)
        exceptions = [rejected_part(len(rejects), can_write=leftover is not None)] if rejects else []
        if batch.by:
            exceptions.append(Content(_("by %(who)s") % {"who": batch.by}))
        n = batch.summary.get("rejected", len(rejects))
        step = partial(
            ChangesStep,
            f"{batch.because or batch.source} · {format.moment(batch.at, today)}",
            parted(difference_rows(differences, counts, today), reject_rows(rejects, n)),
            answer=headline(counts, differences) or _("Nothing changed."),
            exceptions=exceptions,
            is_undone=lambda: jobs.is_undone(session, batch.id),
            rejects=leftover,
        )
        while await self.ask(step()):
            await self._conflicts()

    async def _conflicts(self) -> int:
        """Settle where people here and the CRM disagree; how many conflicts are left."""
        from pipetui.store.conflicts import read_conflicts

        store = self.app.session.store
        found = await self.app.off_the_loop(lambda: read_conflicts(store))
        await self.ask(ConflictsStep(found, self.app.session.today))
        async with self.app.editor.turn:  # what was settled last may be on its way
            return len(await self.app.off_the_loop(lambda: read_conflicts(store)))

    async def _carrying(self) -> None:
        """Show what was set here and the CRM does not say yet."""
        session, pipeline = self.app.session, self.app.pipeline
        assert pipeline is not None
        changes = await self.app.off_the_loop(lambda: session.to_carry(pipeline))
        await self.ask(CarryStep(changes, session.today))
