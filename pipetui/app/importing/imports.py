"""The sources of exports, and what past imports brought."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.content import Content

from pipetui.app import marks
from pipetui.app.board.cells import width_of
from pipetui.app.commands import IMPORTS, bindings
from pipetui.app.dialogs.entries import cut_middle
from pipetui.app.importing.changed_rows import VERY_WIDE, WIDE, headline
from pipetui.app.importing.differences import KINDS, Kind
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.listing import ListStep
from pipetui.app.importing.review import preset_title
from pipetui.app.importing.rows import BLANK, Cell, Heading, Sentence, line_of
from pipetui.language import _, format, ngettext
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.app.session import Session
    from pipetui.store.reading import BatchRecord, SourceFacts


class Past(NamedTuple):
    """What was imported so far."""

    sources: "Sequence[SourceFacts]"
    deals: Mapping[str, int]
    """Source → deals of it that are not archived."""
    batches: "Sequence[BatchRecord]"
    """Imports, newest first."""
    conflicts: int


def read_past(session: "Session") -> Past:
    """Sources and imports of the store. `Problem` if it cannot be read."""
    from pipetui.store import reading
    from pipetui.store.conflicts import read_conflicts

    with session.store.reading() as run:
        deals = run(
            "SELECT i.name, count(d.id) FROM import_source i LEFT JOIN deal d ON d.source_id = i.id "
            "AND NOT d.archived GROUP BY i.id",
            {},
        )
    return Past(
        list(reading.read_sources(session.store).values()),
        dict(deals),
        [batch for batch in reading.read_batches(session.store) if batch.kind == "import"],
        len(read_conflicts(session.store)),
    )


class BatchRow(NamedTuple):
    """A past import on one line."""

    batch: "BatchRecord"
    at: str
    day: str
    at_wide: int
    """Cells of the longest moment."""

    @property
    def can_rest(self) -> bool:
        """What it brought can be looked at."""
        return True

    @property
    def detail(self) -> str:
        """All of it."""
        batch = self.batch
        parts = [
            _("undone") if batch.undone else "",
            self.at,
            batch.because,
            batch.source,
            _("by %(who)s") % {"who": batch.by} if batch.by else "",
            batch_headline(batch) or _("nothing changed"),
            rejected(batch),
        ]
        return " · ".join(filter(None, parts))

    def paint(self, width: int) -> Content:
        """When, which file, who, what it brought."""
        batch = self.batch
        is_wide = width >= WIDE
        named = 36 if is_wide else 27
        cells = [
            Cell(self.at if is_wide else self.day, self.at_wide if is_wide else 8, "$muted"),
            Cell(cut_middle(batch.because or batch.source, named), named, "$muted" if batch.undone else ""),
        ]
        if width >= VERY_WIDE:
            cells.append(Cell(batch.source, 20, "$muted"))
        if is_wide:
            cells.append(Cell(batch.by, 12, "$muted"))
        brought = batch_headline(batch) or _("nothing changed")
        if batch.undone:
            undone = Cell(_("undone"), width_of(_("undone")), "bold")
            return line_of([*cells, undone, Cell(brought, 0, "$muted")], width)
        if told := rejected(batch):
            told = f"{marks.symbol(Severity.HIGH)} {told}"
            return line_of([*cells, Cell(brought, width_of(brought)), Cell(told, 0, "$flag-high")], width)
        return line_of([*cells, Cell(brought, 0)], width)


class SourceRow(NamedTuple):
    """A source on one line."""

    name: str
    preset: str
    deals: str
    newest: str
    can_rest: bool = False

    def paint(self, width: int) -> Content:
        """Name, CRM, how many deals, how new they are."""
        is_wide = width >= WIDE
        cells = [
            Cell(self.name, 30 if is_wide else 14),
            Cell(self.preset, 26 if is_wide else 19, "$muted"),
            Cell(self.deals, 16 if is_wide else 14, right=True),
            Cell(self.newest, 0, "$muted"),
        ]
        return line_of(cells, width)


def batch_headline(batch: "BatchRecord") -> str:
    """What a past import brought, counted."""
    return headline(batch_counts(batch))


def batch_counts(batch: "BatchRecord") -> dict[Kind, int]:
    """How many deals were new, changed, missing and back."""
    return {kind: _count(batch, kind) for kind in KINDS}


def _count(batch: "BatchRecord", name: str) -> int:
    told = batch.summary.get(name)
    return told if isinstance(told, int) else 0


def rejected(batch: "BatchRecord") -> str:
    """How many rows could not be read; "" if all could."""
    n = _count(batch, "rejected")
    return ngettext("%(n)s row rejected", "%(n)s rows rejected", n) % {"n": format.number(n)} if n else ""


class ImportsStep(ListStep["BatchRecord | str"]):
    """Ends with the import to look at, "conflicts" to settle, or "carrying" for what to type there."""

    PLACE = IMPORTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(IMPORTS)

    def __init__(self, past: Past, today: date, *, problem: str = "") -> None:
        n = len(past.batches)
        super().__init__(
            _("Imports"),
            None,
            answer=ngettext("%(n)d import", "%(n)d imports", n) % {"n": n}
            if n
            else _("Nothing was imported yet."),
            exceptions=_conflicts(past.conflicts) if past.conflicts else (),
            problem=problem,
        )
        self._past = past
        self._today = today

    def rows(self) -> list[Row]:
        """The sources, then the imports."""
        rows: list[Row] = []
        if self._past.sources:
            rows.append(Heading(_("Sources")))
            rows += [self._row(source) for source in self._past.sources]
            rows += [BLANK, Heading(_("Imports, the newest first"))]
        ats = [format.moment(batch.at, self._today) for batch in self._past.batches]
        days = [format.short_date(batch.at.date(), self._today) for batch in self._past.batches]
        wide = max(map(width_of, ats), default=0)
        rows += [
            BatchRow(batch, at, day, wide)
            for batch, at, day in zip(self._past.batches, ats, days, strict=True)
        ]
        if not self._past.batches:
            rows.append(
                Sentence(
                    _("Here will stand what each export brought. Press i for the first one."), can_rest=False
                )
            )
        return rows

    def _row(self, source: "SourceFacts") -> SourceRow:
        n = self._past.deals.get(source.name, 0)
        deals = ngettext("%(n)s deal", "%(n)s deals", n) % {"n": format.number(n)}
        newest = ""
        if source.as_of:
            day = format.short_date(source.as_of.date(), self._today)
            newest = _("newest export of %(day)s") % {"day": day}
        return SourceRow(source.name, preset_title(source.preset), deals, newest)

    @on(Lines.Chosen)
    def action_open(self) -> None:
        """What an import brought."""
        row = self.query_one(Lines).current
        if isinstance(row, BatchRow):
            self.finish(row.batch)

    def action_conflicts(self) -> None:
        """Settle where people here and the CRM disagree."""
        self.finish("conflicts")

    def action_carrying(self) -> None:
        """Look at what was set here and the CRM does not say yet."""
        self.finish("carrying")


def _conflicts(n: int) -> list[Content]:
    told = ngettext(
        "%(n)s value differs between here and the CRM: c settles it",
        "%(n)s values differ between here and the CRM: c settles them",
        n,
    ) % {"n": format.number(n)}
    sign = Content.styled(f"{marks.symbol(Severity.HIGH)} ", "$flag-high")
    return [Content.assemble(sign, Content.styled(told, "$foreground"))]
