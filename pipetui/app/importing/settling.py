"""Where people here and the CRM disagree about a field: one key each to keep ours or take theirs."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from textual import on, work
from textual.binding import BindingType
from textual.content import Content

from pipetui.app.commands import CONFLICTS, bindings
from pipetui.app.importing import titles
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.listing import ListStep
from pipetui.app.importing.rows import Sentence
from pipetui.app.importing.sides import SidesHeading, sides_line
from pipetui.deals.edits import Settle
from pipetui.deals.errors import Problem
from pipetui.language import _, format, quoted
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.store.conflicts import Conflict


class ConflictRow(NamedTuple):
    """A field, what it is here and what it is in the CRM."""

    conflict: "Conflict"
    name: str
    account: str
    ours: str
    theirs: str
    since: str

    @property
    def can_rest(self) -> bool:
        """It can be settled."""
        return True

    @property
    def detail(self) -> str:
        """All of it."""
        return _("%(deal)s · %(field)s: here %(ours)s, in the CRM %(theirs)s (export of %(day)s)") % {
            "deal": " · ".join(filter(None, (self.name, self.account))),
            "field": titles.of_deal(self.conflict.field),
            "ours": quoted(self.ours),
            "theirs": quoted(self.theirs),
            "day": self.since,
        }

    def paint(self, width: int) -> Content:
        """Deal, field, ours, theirs."""
        field = titles.of_deal(self.conflict.field)
        return sides_line(self.name, field, self.ours, self.theirs, width)


class ConflictsStep(ListStep[None]):
    """A list that empties as one settles it; undo brings a line back."""

    PLACE = CONFLICTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(CONFLICTS)

    def __init__(self, conflicts: "Sequence[Conflict]", today: date) -> None:
        super().__init__(
            _("Conflicts with the CRM"),
            None,
            answer=_("Changed here and in the CRM. What is set here is in force until it is settled."),
        )
        self._conflicts = list(conflicts)
        self._today = today
        self._settling: set[tuple[int, str]] = set()

    def on_mount(self) -> None:
        """Read anew whenever the store changes."""
        super().on_mount()
        self.app.pipeline_changed.subscribe(self, self._changed)

    def rows(self) -> list[Row]:
        """One line a field."""
        if not self._conflicts:
            said = _("Nothing to settle: what is set here and what the CRM says agree.")
            return [Sentence(said, can_rest=False)]
        heading = SidesHeading((_("Deal"), _("Field"), _("Here (in force)"), _("In the CRM")))
        return [heading, *map(self._row, self._conflicts)]

    def _row(self, conflict: "Conflict") -> ConflictRow:
        pipeline = self.app.pipeline
        deal = pipeline.deals.get(conflict.deal_id) if pipeline else None
        stages = {id_: stage.name for id_, stage in pipeline.stages.items()} if pipeline else {}
        currency = deal.currency if deal else ""
        return ConflictRow(
            conflict,
            deal.name if deal else "",
            deal.account if deal else "",
            titles.value(conflict.field, conflict.ours, currency, stages, self._today),
            titles.value(conflict.field, conflict.theirs, currency, stages, self._today),
            format.short_date(conflict.as_of.date(), self._today),
        )

    def _changed(self, _pipeline: Pipeline) -> None:
        self._read()

    @work(exclusive=True, group="conflicts")
    async def _read(self) -> None:
        from pipetui.store.conflicts import read_conflicts

        try:
            self._conflicts = await self.app.off_the_loop(lambda: read_conflicts(self.app.session.store))
        except Problem as problem:
            self.complain(str(problem))
            return
        self.show(self.rows(), self.query_one(Lines).cursor)

    def action_keep(self, side: Literal["ours", "theirs"]) -> None:
        """Settle the line under the cursor."""
        row = self.query_one(Lines).current
        if isinstance(row, ConflictRow):
            about = row.conflict.deal_id, row.conflict.field
            if about not in self._settling:
                self._settling.add(about)
                self.app.run_worker(self._settle(self.app, row, side))  # it goes on if one leaves meanwhile

    async def _settle(self, app: "PipetuiApp", row: ConflictRow, side: Literal["ours", "theirs"]) -> None:
        conflict = row.conflict
        try:
            async with app.editor.turn:
                outcome = await app.off_the_loop(
                    lambda: app.session.apply([Settle(conflict.deal_id, conflict.field, side)])
                )
        except Problem as problem:
            app.say(str(problem), severity="error")
            return
        finally:
            self._settling.discard((conflict.deal_id, conflict.field))
        value = row.ours if side == "ours" else row.theirs
        said = _("%(deal)s: %(field)s is %(value)s · ctrl+z undoes") % {
            "deal": row.name,
            "field": titles.of_deal(conflict.field),
            "value": value,
        }
        app.show_pipeline(outcome.pipeline)
        app.say(said)

    @on(Lines.Chosen)
    def action_open(self) -> None:
        """The deal view."""
        row, pipeline = self.query_one(Lines).current, self.app.pipeline
        if isinstance(row, ConflictRow) and pipeline and row.conflict.deal_id in pipeline.deals:
            among = list(dict.fromkeys(conflict.deal_id for conflict in self._conflicts))
            self.app.open_deal(pipeline.deals[row.conflict.deal_id], among)
