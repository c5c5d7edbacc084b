"""Differences and rejected rows as lines of a list, and the one line that counts them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from pipetui.app import marks
from pipetui.app.board.cells import width_of
from pipetui.app.importing import titles
from pipetui.app.importing.differences import KINDS, Difference, Differences, Kind
from pipetui.app.importing.lines import Row
from pipetui.app.importing.rejects import LISTED, KeptReject
from pipetui.app.importing.rows import BLANK, Cell, Heading, Sentence, line_of
from pipetui.language import _, format, labelled, ngettext
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.exchange.importing.columns import Rejected
    from pipetui.exchange.importing.report import ImportReport

WIDE, VERY_WIDE = 100, 150


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
        """All of it."""
        deal, what, change = self.difference.deal, self._what, self._change
        parts = [deal.name, deal.account, labelled(what, change) if what and change else what or change]
        return " · ".join(filter(None, parts))

    def paint(self, width: int) -> Content:
        """Deal, account where there is room, field, old → new."""
        deal = self.difference.deal if self.is_first else None
        cells = [Cell(deal.name if deal else "", 28 if width < WIDE else 36, "bold")]
        if width >= WIDE:
            cells.append(Cell(deal.account if deal else "", 20 if width < VERY_WIDE else 32))
        if self._what:
            cells.append(Cell(self._what, 14 if width < WIDE else 20, "$muted"))
        pushed = titles.pushed(self.difference.field, self.difference.old, self.difference.new)
        if pushed:
            cells.append(Cell(self._change, width_of(self._change)))
            return line_of([*cells, Cell(pushed, 0, "$flag-medium")], width)
        return line_of([*cells, Cell(self._change, 0)], width)

    @property
    def _what(self) -> str:
        return titles.of_deal(self.difference.field) if self.difference.kind == "changed" else ""

    @property
    def _change(self) -> str:
        difference = self.difference
        deal = difference.deal
        if difference.kind == "changed":
            if difference.field in ("levels", "description"):
                return (
                    _("filled in from the export")
                    if difference.field == "levels"
                    else self._say(difference.new)
                )
            return f"{self._say(difference.old)} → {self._say(difference.new)}"
        if difference.kind == "back":
            return _("missing since %(day)s") % {"day": self._say(difference.old)}
        parts = [titles.value("stage_id", deal.stage_id, "", self.stages, self.today)]
        parts.append(
            format.short_money(deal.amount, deal.currency) if deal.amount is not None else _("unpriced")
        )
        if deal.close_date:
            parts.append(format.short_date(deal.close_date, self.today))
        return " · ".join(parts)

    def _say(self, value: object) -> str:
        difference = self.difference
        assert value is None or isinstance(value, str | int | float | date)
        return titles.value(difference.field, value, difference.deal.currency, self.stages, self.today)


def headline(counts: Mapping[Kind, int], fields: Mapping[str, int]) -> str:
    """ "14 new · 37 changed: 9 stages, 21 dates, 7 amounts · 3 missing · 2 back"; "" for nothing."""
    parts = [_counted(kind, counts[kind]) for kind in KINDS if counts.get(kind)]
    if what := ", ".join(_fields(fields)):
        changed = _counted("changed", counts.get("changed", 0))
        parts = [labelled(part, what) if part == changed else part for part in parts]
    return " · ".join(parts)


def _counted(kind: Kind, n: int) -> str:
    values = {"n": format.number(n)}
    if kind == "new":
        return ngettext("%(n)s new", "%(n)s new", n) % values
    if kind == "changed":
        return ngettext("%(n)s changed", "%(n)s changed", n) % values
    if kind == "missing":
        return ngettext("%(n)s missing", "%(n)s missing", n) % values
    return ngettext("%(n)s back", "%(n)s back", n) % values


def _fields(fields: Mapping[str, int]) -> Iterator[str]:
    if n := fields.get("stage_id", 0):
        yield ngettext("%(n)s stage", "%(n)s stages", n) % {"n": format.number(n)}
    if n := fields.get("close_date", 0):
        yield ngettext("%(n)s date", "%(n)s dates", n) % {"n": format.number(n)}
    if n := fields.get("amount", 0):
        yield ngettext("%(n)s amount", "%(n)s amounts", n) % {"n": format.number(n)}
    told = {"stage_id", "close_date", "amount", "status", "closed_on", "last_stage_change"}
    if n := sum(count for name, count in fields.items() if name not in told):
        yield ngettext("%(n)s other", "%(n)s others", n) % {"n": format.number(n)}


def counts_of(report: "ImportReport") -> dict[Kind, int]:
    """How many deals are new, changed, missing and back."""
    return {"new": report.new, "changed": report.changed, "missing": report.missing, "back": report.back}


def difference_rows(differences: Differences, counts: Mapping[Kind, int], today: date) -> list[Row]:
    """All differences under a heading each; of more than are listed, how many."""
    rows: list[Row] = []
    for kind in KINDS:
        listed = differences.listed.get(kind, [])
        if not listed:
            continue
        rows += [BLANK] if rows else []
        rows.append(Heading(_heading(kind, max(counts.get(kind, 0), differences.deals.get(kind, 0)))))
        before = None
        for difference in listed:
            rows.append(DifferenceRow(difference, difference.deal.id != before, differences.stages, today))
            before = difference.deal.id
        rows += _more(differences.deals.get(kind, 0) - len({difference.deal.id for difference in listed}))
    return rows


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
    rows: list[Row] = [BLANK, Heading(heading)]
    for reject in rejects[:LISTED]:
        told = _("line %(line)d, %(column)s: %(reason)s") % {
            "line": reject.line,
            "column": reject.column or "–",
            "reason": reject.reason,
        }
        rows.append(Sentence(told, marks.symbol(Severity.HIGH), "$flag-high"))
    return rows + _more(n - len(rejects[:LISTED]))


def _more(rest: int) -> list[Row]:
    """How many there are beyond those listed."""
    if rest <= 0:
        return []
    more = ngettext("… and %(n)s more", "… and %(n)s more", rest) % {"n": format.number(rest)}
    return [Sentence(more, can_rest=False)]
