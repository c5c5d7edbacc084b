"""Whose forecast it can be: owners and teams, by the names that deals, playbook and people use for them."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pipetui.deals.deal import Deal
from pipetui.deals.errors import Misuse
from pipetui.deals.text import fold
from pipetui.forecast.quotas import Quota, Scope
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline


def scope_of_names(pipeline: Pipeline, owner: str | None = None, team: str | None = None) -> Scope:
    """Whose forecast somebody means, whatever the case and accents of the name. Raises `Misuse`."""
    if owner and team:
        raise Misuse(_("Give an owner or a team, not both."))
    if owner:
        return Scope(owner=_known(owner, owners_of(pipeline), _("There is no owner “%(name)s”.")))
    if team:
        return Scope(team=_known(team, teams_of(pipeline), _("There is no team “%(name)s”.")))
    return Scope()


def owners_of(pipeline: Pipeline) -> tuple[str, ...]:
    """All owners that have deals or stand in the playbook, by name."""
    return _named(_members(pipeline))


def teams_of(pipeline: Pipeline) -> tuple[str, ...]:
    """All teams that have deals or stand in the playbook, by name."""
    return _named(
        [*(deal.team for deal in pipeline.deals.values()), *(t.name for t in pipeline.playbook.teams)]
    )


def _members(pipeline: Pipeline) -> list[str]:
    listed = (owner for team in pipeline.playbook.teams for owner in team.owners)
    quotas = (quota.owner for quota in pipeline.playbook.quotas)
    return [*{deal.owner: None for deal in pipeline.deals.values()}, *listed, *quotas]


def _named(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(fold(name), name)
    return tuple(sorted(found.values(), key=str.casefold))


def _known(wanted: str, names: Sequence[str], sentence: str) -> str:
    found = {fold(name): name for name in names}
    if (name := found.get(fold(wanted))) is not None:
        return name
    told = sentence % {"name": wanted}
    near = get_close_matches(fold(wanted), found, n=1)
    if near:
        meant = _("Did you mean “%(name)s”?") % {"name": found[near[0]]}
        told = f"{told} {meant}"
    raise Misuse(told)


def in_scope(deals: Iterable[Deal], scope: Scope) -> list[Deal]:
    """The deals of an owner or a team; with neither all."""
    return [
        deal
        for deal in deals
        if (not scope.owner or deal.owner == scope.owner) and (not scope.team or deal.team == scope.team)
    ]


def owners_by_team(pipeline: Pipeline) -> dict[str, list[str]]:
    """By team, its owners who have open deals or stand in the playbook; under "" those of no team."""
    team_of: dict[str, str] = {}
    for team in pipeline.playbook.teams:
        team_of |= dict.fromkeys(team.owners, team.name)
    for deal in pipeline.deals.values():
        if deal.owner and deal.status == "open":
            team_of[deal.owner] = deal.team
    found: dict[str, list[str]] = {}
    for owner, name in sorted(team_of.items()):
        found.setdefault(name, []).append(owner)
    return found


def as_called(quotas: Iterable[Quota], pipeline: Pipeline) -> list[Quota]:
    """Quotas of people and teams as the deals call them, whatever the case and accents."""
    owners = {fold(name): name for name in {deal.owner for deal in pipeline.deals.values()} if name}
    teams = {fold(name): name for name in {deal.team for deal in pipeline.deals.values()} if name}
    return [
        quota._replace(
            scope=Scope(
                teams.get(fold(quota.scope.team), quota.scope.team),
                owners.get(fold(quota.scope.owner), quota.scope.owner),
            )
        )
        for quota in quotas
    ]
