"""Differences and rejected rows as lines of a list, and the one line that counts them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from pipetui.app import marks
from pipetui.app.board.cells import cut, width_of
from pipetui.app.importing import titles
from pipetui.app.importing.differences import KINDS, TELLING, Difference, Differences, Kind
from pipetui.app.importing.lines import Row
from pipetui.app.importing.rows import BLANK, Cell, Heading, Sentence, line_of
from pipetui.deals.fields import Value
from pipetui.language import _, format, labelled, ngettext
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.app.importing.rejects import KeptReject
    from pipetui.exchange.importing.cells import Rejected
    from pipetui.exchange.importing.report import ImportReport

WIDE, VERY_WIDE = 100, 150
REJECTS_LISTED: Final = 10
"""Rejected rows that are listed; the file that they are written to has all."""


class DifferenceRow(NamedTuple):
    """One difference on one line."""

    difference: Difference
    is_first: bool
    """Whether it is the first of its deal, which is named once."""
    stages: Mapping[int, str]
    today: date

    @property
    def can_rest(self) -> bool:
        """Its deal can be opened."""
        return True

    @property
    def detail(self) -> str:
        """All of it, amounts to the cent."""
        deal = self.difference.deal
        change = self._change(exact=True)
        told = labelled(self._what, change) if self._what and change else self._what or change
        names = (cut(deal.name, 60), cut(deal.account, 40), cut(deal.owner, 30))
        return " · ".join(filter(None, (*names, told)))

    def paint(self, width: int) -> Content:
        """Deal, account and owner where there is room; a new deal's facts, or field, old → new."""
        cells = self._deal(width)
        if not self._what:
            return line_of([*cells, *self._facts(width)], width)
        cells.append(Cell(self._what, _what_wide(width), "$muted"))
        change = self._change(exact=False)
        style = "" if self.difference.field in TELLING else "$muted"
        pushed = titles.pushed(self.difference.field, self.difference.old, self.difference.new)
        if pushed:
            return line_of([*cells, Cell(change, width_of(change)), Cell(pushed, 0, "$flag-medium")], width)
        return line_of([*cells, Cell(change, 0, style)], width)

    def _deal(self, width: int) -> list[Cell]:
        deal = self.difference.deal if self.is_first else None
        cells = [Cell(deal.name if deal else "", 26 if width < WIDE else 34, "bold")]
        if width >= WIDE:
            cells.append(Cell(deal.account if deal else "", 20 if width < VERY_WIDE else 32))
        if width >= VERY_WIDE:
            cells.append(Cell(deal.owner if deal else "", 20))
        return cells

    def _facts(self, width: int) -> list[Cell]:
        """What a deal is that is new, missing or back: stage, amount, close date."""
        deal = self.difference.deal
        amount = self._say("amount", deal.amount, exact=False)
        cells = [
            Cell(self._say("stage_id", deal.stage_id), 18 if width < WIDE else 24),
            Cell(amount, 12, "$muted" if deal.amount is None else "", right=True),
            Cell(self._say("close_date", deal.close_date), 12 if self._since else 0),
        ]
        return [*cells, Cell(self._since, 0, "$muted")] if self._since else cells

    @property
    def _what(self) -> str:
        return titles.of_deal(self.difference.field) if self.difference.kind == "changed" else ""

    @property
    def _since(self) -> str:
        """Since when a deal that is back was missing."""
        if self.difference.kind != "back" or self.difference.old is None:
            return ""
        return _("missing since %(day)s") % {"day": self._say("missing_since", self.difference.old)}

    def _change(self, *, exact: bool) -> str:
        its, deal = self.difference, self.difference.deal
        if its.kind != "changed":
            facts = [("stage_id", deal.stage_id), ("amount", deal.amount), ("close_date", deal.close_date)]
            told = [self._say(name, value) for name, value in facts if value is not None or name == "amount"]
            return " · ".join(filter(None, (*told, self._since)))
        if its.field == "levels":
            return _("filled in from the export")
        if its.field == "description":
            return self._say(its.field, its.new)
        old, new = (self._say(its.field, value, exact=exact) for value in (its.old, its.new))
        if old == new and not exact:
            return self._change(exact=True)
        return f"{old} → {new}"

    def _say(self, name: str, value: Value, *, exact: bool = True) -> str:
        if name == "amount" and isinstance(value, int) and not exact:
            return format.short_money(value, self.difference.deal.currency)
        return titles.value(name, value, self.difference.deal.currency, self.stages, self.today)


def _what_wide(width: int) -> int:
    """Cells of a field's name."""
    return 17 if width < WIDE else 22 if width < VERY_WIDE else 28


def headline(counts: Mapping[Kind, int], differences: Differences | None = None) -> str:
    """ "14 new · 37 changed: 9 stages, 21 dates, 7 amounts · 3 missing · 2 back"; "" for nothing."""
    told = differences or Differences()
    more = {"changed": ", ".join(_fields(told)), "missing": ", ".join(_ends(told))}
    parts = {kind: _counted(kind, counts[kind]) for kind in KINDS if counts.get(kind)}
    return " · ".join(
        labelled(part, what) if (what := more.get(kind)) else part for kind, part in parts.items()
    )


def _counted(kind: Kind, n: int) -> str:
    values = {"n": format.number(n)}
    if kind == "new":
        return ngettext("%(n)s new", "%(n)s new", n) % values
    if kind == "changed":
        return ngettext("%(n)s changed", "%(n)s changed", n) % values
    if kind == "missing":
        return ngettext("%(n)s missing", "%(n)s missing", n) % values
    return ngettext("%(n)s back", "%(n)s back", n) % values


def _fields(differences: Differences) -> Iterator[str]:
    fields = differences.fields
    if n := fields.get("stage_id", 0):
        yield ngettext("%(n)s stage", "%(n)s stages", n) % {"n": format.number(n)}
    if n := fields.get("close_date", 0):
        yield ngettext("%(n)s date", "%(n)s dates", n) % {"n": format.number(n)}
    if n := fields.get("amount", 0):
        yield ngettext("%(n)s amount", "%(n)s amounts", n) % {"n": format.number(n)}
    if n := differences.other_deals:
        yield ngettext("%(n)s other", "%(n)s others", n) % {"n": format.number(n)}


def _ends(differences: Differences) -> Iterator[str]:
    """How many missing deals are open, and how many closed ones an export merely dropped; nothing if none."""
    if not differences.closed:
        return
    if n := differences.deals.get("missing", 0) - differences.closed:
        yield ngettext("%(n)s open", "%(n)s open", n) % {"n": format.number(n)}
    n = differences.closed
    yield ngettext("%(n)s closed", "%(n)s closed", n) % {"n": format.number(n)}


def counts_of(report: "ImportReport") -> dict[Kind, int]:
    """How many deals are new, changed, missing and back."""
    return {"new": report.new, "changed": report.changed, "missing": report.missing, "back": report.back}


def difference_rows(differences: Differences, counts: Mapping[Kind, int], today: date) -> list[Row]:
    """All differences under a heading each; of more than are listed, how many. Small changes come last."""
    rows: list[Row] = []
    others = differences.other_deals
    for kind in KINDS:
        n = max(counts.get(kind, 0), differences.deals.get(kind, 0))
        if kind == "changed":
            n = differences.deals.get(kind, 0) - others
        rows += _section(_heading(kind, n), differences.listed.get(kind, []), n, differences, today)
    heading = ngettext(
        "%(n)s deal changed in other fields only", "%(n)s deals changed in other fields only", others
    ) % {"n": format.number(others)}
    return [*rows, *_section(heading, differences.others, others, differences, today)][1:]


def _section(
    heading: str, listed: Sequence[Difference], n: int, differences: Differences, today: date
) -> Iterator[Row]:
    """A blank line, a heading, the differences, how many more deals there are; nothing if there is none."""
    if not listed:
        return
    yield BLANK
    yield Heading(heading)
    before = None
    for difference in listed:
        yield DifferenceRow(difference, difference.deal.id != before, differences.stages, today)
        before = difference.deal.id
    yield from _more(n - len({difference.deal.id for difference in listed}))


def _heading(kind: Kind, n: int) -> str:
    values = {"n": format.number(n)}
    if kind == "new":
        return ngettext("%(n)s new deal", "%(n)s new deals", n) % values
    if kind == "changed":
        return ngettext("%(n)s deal changed", "%(n)s deals changed", n) % values
    if kind == "missing":
        return (
            ngettext("%(n)s deal is no longer in the export", "%(n)s deals are no longer in the export", n)
            % values
        )
    return ngettext("%(n)s deal is back in the export", "%(n)s deals are back in the export", n) % values


def reject_rows(rejects: "Sequence[Rejected | KeptReject]", n: int) -> list[Row]:
    """The rows that could not be read, with the reason; `n` is how many there are, listed or not."""
    if not rejects:
        return []
    heading = ngettext(
        "%(n)s row cannot be read and is left out", "%(n)s rows cannot be read and are left out", n
    ) % {"n": format.number(n)}
    rows: list[Row] = [Heading(heading)]
    for reject in rejects[:REJECTS_LISTED]:
        told = _("line %(line)d, %(column)s: %(reason)s") % {
            "line": reject.line,
            "column": reject.column or "–",
            "reason": reject.reason,
        }
        rows.append(Sentence(told, marks.symbol(Severity.HIGH), "$flag-high"))
    return [*rows, *_more(n - len(rejects[:REJECTS_LISTED]))]


def parted(*blocks: Sequence[Row]) -> list[Row]:
    """Blocks of rows with a blank line between two of them."""
    return list(chain.from_iterable([BLANK, *block] for block in blocks if block))[1:]


def _more(rest: int) -> list[Row]:
    """How many there are beyond those listed."""
    if rest <= 0:
        return []
    more = ngettext("… and %(n)s more", "… and %(n)s more", rest) % {"n": format.number(rest)}
    return [Sentence(more, can_rest=False)]
