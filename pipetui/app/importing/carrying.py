"""What was set here and the CRM does not say yet: by owner, to be copied or written into a file."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.binding import BindingType
from textual.content import Content

from pipetui.app.commands import CARRYING, bindings
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.listing import ListStep
from pipetui.app.importing.rows import BLANK, Heading, Sentence
from pipetui.app.importing.sides import SidesHeading, sides_line
from pipetui.app.writing import write_into_a_file
from pipetui.deals.errors import Problem
from pipetui.exchange.exporting.lists import changes_markdown, in_words
from pipetui.exchange.own import COLUMNS
from pipetui.language import _, format, labelled, ngettext
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.exchange.exporting.differing import Carry


class CarryRow(NamedTuple):
    """A field, what the CRM has and what is to be typed there."""

    change: "Carry"
    crm: str
    ours: str
    on: str

    @property
    def can_rest(self) -> bool:
        """Its deal can be opened."""
        return True

    @property
    def detail(self) -> str:
        """All of it, with who set it here and when."""
        deal = self.change.deal
        told = labelled(self._field, f"{self.crm} → {self.ours}")
        by = _("set on %(day)s by %(who)s") % {"day": self.on, "who": self.change.by}
        return " · ".join(filter(None, (deal.name, deal.account, deal.external_id, told, by)))

    @property
    def _field(self) -> str:
        return COLUMNS[self.change.field].told

    def paint(self, width: int) -> Content:
        """Deal, field, theirs, ours."""
        return sides_line(self.change.deal.name, self._field, self.crm, self.ours, width)


class CarryStep(ListStep[None]):
    """A list that an import ticks off: what it confirms is gone from it."""

    PLACE = CARRYING
    BINDINGS: ClassVar[list[BindingType]] = bindings(CARRYING)

    def __init__(self, changes: "Sequence[Carry]", today: date) -> None:
        super().__init__(_("Changes to carry back into the CRM"), None, answer=_told(changes))
        self._changes = changes
        self._today = today

    def on_mount(self) -> None:
        """Read anew whenever the store changes."""
        super().on_mount()
        self.app.pipeline_changed.subscribe(self, self._read)

    def rows(self) -> list[Row]:
        """One line a field, below its owner."""
        rows: list[Row] = []
        for owner, its in groupby(self._changes, key=lambda change: change.deal.owner):
            rows += [BLANK, Heading(owner or _("Nobody")), *map(self._row, its)]
        if not rows:
            return [
                Sentence(_("What is set here will stand here until an import confirms it."), can_rest=False)
            ]
        return [SidesHeading((_("Deal"), _("Field"), _("In the CRM"), _("To type there"))), *rows[1:]]

    def _row(self, change: "Carry") -> CarryRow:
        def day(its: date) -> str:
            return format.short_date(its, self._today)

        crm = in_words(change, change.crm, day) if change.in_export else _("not in its exports")
        return CarryRow(change, crm, in_words(change, change.ours, day), day(change.on))

    @work(exclusive=True, group="carrying")
    async def _read(self, pipeline: Pipeline) -> None:
        session = self.app.session
        try:
            self._changes = await self.app.off_the_loop(lambda: session.to_carry(pipeline))
        except Problem as problem:
            self.complain(str(problem))
            return
        self.tell_answer(_told(self._changes))
        self.show(self.rows(), self.query_one(Lines).cursor)

    def action_copy(self) -> None:
        """Into the clipboard of the terminal, as Markdown, over SSH too."""
        self.app.copy_to_clipboard(self._markdown())
        self.app.say(_("The list is in the clipboard, as Markdown."))

    @work
    async def action_write(self) -> None:
        """Into a file."""
        name = _("to-carry-back-%(day)s.md") % {"day": self._today.isoformat()}
        await write_into_a_file(self.app, _("Write the list into"), name, self._markdown().encode())

    def _markdown(self) -> str:
        return "\n".join((*changes_markdown(self._changes, self._today), ""))

    @on(Lines.Chosen)
    def action_open(self) -> None:
        """The deal view."""
        row, pipeline = self.query_one(Lines).current, self.app.pipeline
        if isinstance(row, CarryRow) and pipeline and row.change.deal.id in pipeline.deals:
            among = list(dict.fromkeys(change.deal.id for change in self._changes))
            self.app.open_deal(row.change.deal, among)


def _told(changes: "Sequence[Carry]") -> str:
    """How many there are, of how many deals."""
    if not changes:
        return _("Nothing: the CRM has everything that was set here.")
    n, deals = len(changes), len({change.deal.id for change in changes})
    values = ngettext("%(n)s value", "%(n)s values", n) % {"n": format.number(n)}
    of = ngettext("of %(n)s deal", "of %(n)s deals", deals) % {"n": format.number(deals)}
    return f"{values} {of} · " + _("an import ticks off what it confirms")
