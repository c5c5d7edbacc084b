"""Which quota holds for somebody in a period."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipetui.forecast.periods import Period, parts


class Scope(NamedTuple):
    """Whose forecast it is: an owner's, a team's, or with neither everybody's."""

    team: str = ""
    owner: str = ""


class Quota(NamedTuple):
    """What was set."""

    period: str
    """The name of a fiscal period."""
    scope: Scope
    amount: int
    """Minor units of the reporting currency."""


class Target(NamedTuple):
    """What holds."""

    amount: int
    is_sum: bool
    """Whether nobody set it and it is the sum of others: of the period's parts, of teams, or of owners."""


def target(
    quotas: Iterable[Quota],
    scope: Scope,
    period: Period,
    *,
    fiscal_year_start: int = 1,
    owners: Mapping[str, Sequence[str]] | None = None,
) -> Target | None:
    """The quota of a scope for a period; `None` if there is none.

    What was set for the very scope and period; else, if all of its parts are set, the sum of these: the
    quarter's three months, the year's quarters. Else a team's is the sum of its owners', and everybody's the
    sum of the teams' and of those owners' who are in none, if each of them has one. A quarter's quota is not
    spread over its months, nor a team's over its owners: nobody has said how.

    Args:
        quotas: all that were set, the last of the same scope and period counts.
        scope: whose.
        period: when.
        fiscal_year_start: the month in which the fiscal year begins.
        owners: by team, its owners; under "" those of no team.
    """
    known = {(quota.period.upper(), quota.scope): quota.amount for quota in quotas}
    amount = known.get((period.name.upper(), scope))
    if amount is not None:
        return Target(amount, is_sum=False)
    total = _over_time(known, scope, period, fiscal_year_start)
    if total is None:
        total = _over_people(known, scope, period, fiscal_year_start, owners or {})
    return None if total is None else Target(total, is_sum=True)


_Known = Mapping[tuple[str, Scope], int]


def _over_time(known: _Known, scope: Scope, period: Period, fiscal_year_start: int) -> int | None:
    amount = known.get((period.name.upper(), scope))
    if amount is not None:
        return amount
    its = parts(period, fiscal_year_start)
    amounts = [_over_time(known, scope, part, fiscal_year_start) for part in its]
    return _sum(amounts)


def _over_people(
    known: _Known,
    scope: Scope,
    period: Period,
    fiscal_year_start: int,
    owners: Mapping[str, Sequence[str]],
) -> int | None:
    if scope.owner:
        return None
    if scope.team:
        its = [Scope(owner=owner) for owner in owners.get(scope.team, ())]
    else:
        its = [Scope(team=team) for team in owners if team]
        its += [Scope(owner=owner) for owner in owners.get("", ())]
    amounts = []
    for one in its:
        amount = _over_time(known, one, period, fiscal_year_start)
        if amount is None:
            amount = _over_people(known, one, period, fiscal_year_start, owners)
        amounts.append(amount)
    return _sum(amounts)


def _sum(amounts: Sequence[int | None]) -> int | None:
    found = [amount for amount in amounts if amount is not None]
    return sum(found) if found and len(found) == len(amounts) else None
