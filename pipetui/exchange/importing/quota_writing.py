"""Quotas of a file into the store, as part of an import's batch: undone with it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.edits import SetQuota
from pipetui.deals.text import fold
from pipetui.exchange.importing.cells import Rejected
from pipetui.exchange.importing.quota_reading import QuotaRow, matches, minor, read_quotas
from pipetui.exchange.importing.quotas import QuotaTable
from pipetui.exchange.importing.report import FileReport, ImportReport
from pipetui.forecast.quotas import Scope
from pipetui.language import _, ngettext, quoted
from pipetui.store.calling import CallDraft
from pipetui.store.engine import Run
from pipetui.store.ledger import Ledger
from pipetui.store.quotas import playbook_quotas, quotas_of

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

PRESET: Final = "quotas"
"""The source and preset of an import of quotas, in its report."""


def write_quotas(
    ledger: Ledger, playbook: "Playbook", found: QuotaTable, report: ImportReport, by: str
) -> None:
    """Set the quotas of a table that differ from those in force, and add it to the report.

    Args:
        ledger: of the batch; the deals of the same import are in the store already.
        playbook: its currency, rates, teams and quotas.
        found: the table.
        report: is told what it brought.
        by: who imports.
    """
    told = read_quotas(found, playbook.fiscal_year_start)
    people = _People(ledger.run, playbook)
    in_force = {(its.period, its.scope): its.amount for its in playbook_quotas(playbook)}
    in_force |= quotas_of(ledger.run)
    draft, seen = CallDraft(ledger.run, playbook), dict[tuple[str, Scope], QuotaRow]()
    new = changed = unchanged = 0
    for row in told.rows:
        scope, value, reason = people.scope(row)
        amount = minor(row, playbook.currency, playbook.rates)
        column = row.column
        if scope is None:
            column = _column(found, "owner" if row.owner else "team")
        elif amount is None:
            value = row.currency
            reason = _("there is no rate for %(currency)s in the playbook") % {"currency": row.currency}
        elif (before := seen.get((row.period, scope))) is not None:
            if before.amount == row.amount:
                told.skipped[_("said twice")] += 1
                continue
            value = str(row.amount)
            reason = _("line %(line)d has another quota for the same period") % {"line": before.line}
        else:
            seen[row.period, scope] = row
            known = in_force.get((row.period, scope))
            if known == amount:
                unchanged += 1
                continue
            new, changed = new + (known is None), changed + (known is not None)
            draft.take(SetQuota(row.period, amount, owner=scope.owner, team=scope.team))
            continue
        told.rejected.append(Rejected(row.line, column, value, reason, row.cells))
    draft.write(ledger, by)
    rejected = _once(told.rejected)
    report.new += new
    report.changed += changed
    report.unchanged += unchanged
    report.skipped.update(told.skipped)
    report.rows += new + changed + unchanged + told.skipped.total() + len(rejected)
    report.quotas += new + changed
    if any(file.preset != PRESET for file in report.files):
        told_of = ngettext(
            "%(file)s holds quotas: %(n)d is new or changed.",
            "%(file)s holds quotas: %(n)d are new or changed.",
            new + changed,
        )
        report.warnings.append(told_of % {"file": found.table.name, "n": new + changed})
    report.files.append(
        FileReport(
            name=found.table.name,
            header=found.table.header,
            delimiter=found.table.delimiter,
            encoding=found.table.encoding,
            preset=PRESET,
            reason=_("a table of quotas"),
            matches=matches(found),
            as_of=found.moment.at,
            as_of_reason=found.moment.reason,
            rejected=rejected,
        )
    )
    report.warnings += found.table.warnings
    if PRESET not in report.sources:
        report.sources.append(PRESET)


class _Meant(NamedTuple):
    """Whose quota a row means."""

    scope: Scope | None
    value: str = ""
    reason: str = ""


class _People:
    """The owners and teams that deals, playbook and quotas know, whatever the case, accents and order."""

    def __init__(self, run: Run, playbook: "Playbook") -> None:
        rows = run("SELECT name, team FROM owner ORDER BY id", {})
        quotas = run("SELECT DISTINCT owner, team FROM quota", {})
        self._owners = _named(
            [
                *(name for name, _team in rows),
                *(owner for team in playbook.teams for owner in team.owners),
                *(its.owner for its in playbook.quotas),
                *(owner for owner, _team in quotas),
            ]
        )
        self._teams = _named(
            [
                *(team for _name, team in rows),
                *(team.name for team in playbook.teams),
                *(its.team for its in playbook.quotas),
                *(team for _owner, team in quotas),
            ]
        )

    def scope(self, row: QuotaRow) -> _Meant:
        """An owner's quota, else a team's; with neither everybody's."""
        if row.owner:
            if (name := self._owners.get(_key(row.owner))) is not None:
                return _Meant(Scope(owner=name))
            if (name := self._teams.get(_key(row.owner))) is not None:
                return _Meant(Scope(team=name))
            unknown = _("there is no owner %(name)s") % {"name": quoted(row.owner)}
            return _Meant(None, row.owner, _hint(unknown, row.owner, {**self._teams, **self._owners}))
        if row.team:
            if (name := self._teams.get(_key(row.team))) is not None:
                return _Meant(Scope(team=name))
            unknown = _("there is no team %(name)s") % {"name": quoted(row.team)}
            return _Meant(None, row.team, _hint(unknown, row.team, self._teams))
        return _Meant(Scope())


def _named(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(_key(name), name)
    return found


def _key(name: str) -> str:
    """What a name is compared by: "DUBOIS Claire" is "Claire Dubois"."""
    return " ".join(sorted(fold(name).replace(",", " ").split()))


def _hint(told: str, name: str, known: dict[str, str]) -> str:
    near = get_close_matches(_key(name), known, n=1)
    if not near:
        return told
    meant = _("did you mean %(name)s?") % {"name": quoted(known[near[0]])}
    return f"{told}; {meant}"


def _column(found: QuotaTable, name: str) -> str:
    at = found.columns.single.get(name)
    return "" if at is None else found.table.header[at]


def _once(rejected: list[Rejected]) -> list[Rejected]:
    """Of a row whose name is wrong in every period one rejection is enough."""
    found = {(its.line, its.column, its.value, its.reason): its for its in rejected}
    return sorted(found.values(), key=lambda its: (its.line, its.column))
