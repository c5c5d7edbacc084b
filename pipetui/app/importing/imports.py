"""The sources of exports, and what past imports brought."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.content import Content

from pipetui.app.commands import IMPORTS, bindings
from pipetui.app.importing.changed_rows import WIDE, headline
from pipetui.app.importing.comparison import ListStep
from pipetui.app.importing.differences import KINDS, Kind
from pipetui.app.importing.lines import Lines, Row
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
    today: date

    @property
    def can_rest(self) -> bool:
        """What it brought can be looked at."""
        return True

    @property
    def detail(self) -> str:
        """All of it."""
        batch = self.batch
        parts = [
            format.moment(batch.at, self.today),
            batch.because,
            batch.source,
            _("by %(who)s") % {"who": batch.by} if batch.by else "",
            batch_headline(batch) or _("nothing changed"),
            rejected(batch),
            _("undone") if batch.undone else "",
        ]
        return " · ".join(filter(None, parts))

    def paint(self, width: int) -> Content:
        """When, which file, who, what it brought."""
        batch = self.batch
        style = "$muted strike" if batch.undone else ""
        brought = " · ".join(filter(None, (batch_headline(batch) or _("nothing changed"), rejected(batch))))
        cells = [Cell(format.moment(batch.at, self.today), 13, "$muted")]
        if width >= WIDE:
            cells.append(Cell(batch.source, 14, "$muted"))
        cells.append(Cell(batch.because or batch.source, 26 if width < WIDE else 34, style))
        if width >= WIDE:
            cells.append(Cell(batch.by, 12, "$muted"))
        if batch.undone:
            return line_of([*cells, Cell(_("undone"), 7, "bold"), Cell(brought, 0, "$muted")], width)
        return line_of([*cells, Cell(brought, 0)], width)


def batch_headline(batch: "BatchRecord") -> str:
    """What a past import brought, counted."""
    return headline(batch_counts(batch), {})


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
    """Ends with the import to look at, "files" to import, or "conflicts" to settle."""

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
            exceptions=_conflicts(past.conflicts),
            problem=problem,
        )
        self._past = past
        self._today = today

    def rows(self) -> list[Row]:
        """The sources, then the imports."""
        rows: list[Row] = []
        if self._past.sources:
            rows.append(Heading(_("Sources")))
            rows += [Sentence(self._told(source), can_rest=False) for source in self._past.sources]
            rows += [BLANK, Heading(_("Imports, the newest first"))]
        rows += [BatchRow(batch, self._today) for batch in self._past.batches]
        if not self._past.batches:
            rows.append(
                Sentence(
                    _("Here will stand what each export brought. Press i for the first one."), can_rest=False
                )
            )
        return rows

    def _told(self, source: "SourceFacts") -> str:
        n = self._past.deals.get(source.name, 0)
        parts = [
            source.name,
            preset_title(source.preset),
            ngettext("%(n)s deal", "%(n)s deals", n) % {"n": format.number(n)},
        ]
        if source.as_of:
            day = format.short_date(source.as_of.date(), self._today)
            parts.append(_("newest export of %(day)s") % {"day": day})
        return " · ".join(parts)

    @on(Lines.Chosen)
    def action_open(self) -> None:
        """What an import brought."""
        row = self.query_one(Lines).current
        if isinstance(row, BatchRow):
            self.finish(row.batch)

    def action_conflicts(self) -> None:
        """Settle where people here and the CRM disagree."""
        self.finish("conflicts")


def _conflicts(n: int) -> str:
    from pipetui.app import marks

    if not n:
        return ""
    told = ngettext(
        "%(n)s value differs between here and the CRM: c settles it",
        "%(n)s values differ between here and the CRM: c settles them",
        n,
    ) % {"n": format.number(n)}
    return f"{marks.symbol(Severity.HIGH)} {told}"
