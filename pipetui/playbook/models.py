"""The shape of a playbook file. Every model refuses keys it does not know."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)

from pipetui.deals.deal import Status
from pipetui.deals.money import Rates
from pipetui.deals.text import clean, fold
from pipetui.language import _

Item = Literal["need", "decision_makers", "budget", "timeline", "risk", "next_step", "sponsor"]
FactField = Literal["amount", "close_date", "next_step", "next_step_date", "owner", "account", "category"]
Level = Annotated[int, Field(ge=0, le=3)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Text = Annotated[str, AfterValidator(clean)]
Name = Annotated[Text, Field(min_length=1)]


class Model(BaseModel):
    """A part of the playbook: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Criterion(Model):
    """What must be true before a deal leaves a stage.

    With `item` and `level` or with `field` it is checked on the deal; with `text` alone somebody ticks it.
    """

    text: Name
    item: Item | None = None
    level: Level = 1
    field: FactField | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if self.item and self.field:
            raise ValueError(_("a criterion checks an item or a field, not both: make two of it"))
        return self


class Stage(Model):
    """A stage of a pipeline."""

    name: Name
    aliases: tuple[Name, ...] = ()
    """Other names that exports use for this very stage."""
    kind: Status = "open"
    probability: Annotated[float, Field(ge=0, le=1)]
    stale_after_days: Annotated[int, Field(ge=0)] | None = None
    """Days without a move until a deal is stalled; 0 never; absent: learned from the team's own history."""
    requires: dict[Item, Level] = {}
    """Qualification item → level that a deal in this stage must have."""
    requires_amount: bool = False
    """From this stage on a deal must have an amount."""
    exit: tuple[Criterion, ...] = ()


class Pipeline(Model):
    """A named sequence of stages, in the order of the board."""

    name: Name
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        seen: dict[str, str] = {}
        for stage in self.stages:
            for name in (stage.name, *stage.aliases):
                owner = seen.setdefault(fold(name), stage.name)
                if owner != stage.name:
                    both = {"name": name, "one": owner, "other": stage.name}
                    raise ValueError(_("“%(name)s” names both “%(one)s” and “%(other)s”") % both)
        return self


class Limits(Model):
    """Thresholds of the flags."""

    idle_days: Annotated[int, Field(ge=1)] = 14
    push_limit: Annotated[int, Field(ge=1)] = 2
    min_sample: Annotated[int, Field(ge=1)] = 20
    """Fewer completed cases than this and a learned figure is refused."""


class Team(Model):
    """A team, its manager and its owners, named as the CRM names them."""

    name: Name
    manager: Text = ""
    owners: tuple[Name, ...] = ()


class Quota(Model):
    """The target of an owner, a team, or (with neither) everybody, for a fiscal period."""

    period: Annotated[str, Field(pattern=r"^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$")]
    amount: Annotated[Decimal, Field(ge=0)]
    """Major units of the reporting currency."""
    owner: Text = ""
    team: Text = ""

    @model_validator(mode="after")
    def _has_one_bearer(self) -> Self:
        if self.owner and self.team:
            raise ValueError(_("a quota is an owner's or a team's, not both"))
        return self


class Reasons(Model):
    """The reasons offered when a deal is closed; any other text may be written."""

    won: tuple[Name, ...] = ()
    lost: tuple[Name, ...] = ()


def _refuse_twins(names: Iterable[str]) -> None:
    seen = set[str]()
    for name in names:
        if fold(name) in seen:
            raise ValueError(_("“%(name)s” stands there twice") % {"name": name})
        seen.add(fold(name))


class Playbook(Model):
    """A whole playbook."""

    name: Text = ""
    currency: Currency = "EUR"
    """The reporting currency."""
    rates: dict[Currency, Annotated[Decimal, Field(gt=0)]] = {}
    """Reporting-currency units that one unit of another currency is worth."""
    fiscal_year_start: Annotated[int, Field(ge=1, le=12)] = 1
    """The month in which the fiscal year begins."""
    timezone: str | None = None
    """An IANA name; absent: the machine's."""
    limits: Limits = Limits()
    pipelines: Annotated[tuple[Pipeline, ...], Field(min_length=1)]
    teams: tuple[Team, ...] = ()
    quotas: tuple[Quota, ...] = ()
    close_reasons: Reasons = Reasons()
    _builtin: bool = PrivateAttr(default=False)

    @property
    def builtin(self) -> bool:
        """Whether it is the one that comes with pipetui, so that nobody has named the stages on purpose."""
        return self._builtin

    def as_builtin(self) -> Self:
        """The same playbook, marked as the one that comes with pipetui."""
        self._builtin = True
        return self

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                ZoneInfo(name)
            except (OSError, ValueError, KeyError):
                wrong = _("“%(name)s” is no timezone; it takes a name such as Europe/Paris")
                raise ValueError(wrong % {"name": name}) from None
        return name

    @field_validator("pipelines")
    @classmethod
    def _pipelines_differ(cls, pipelines: tuple[Pipeline, ...]) -> tuple[Pipeline, ...]:
        _refuse_twins(pipeline.name for pipeline in pipelines)
        return pipelines

    @field_validator("teams")
    @classmethod
    def _teams_and_their_owners_differ(cls, teams: tuple[Team, ...]) -> tuple[Team, ...]:
        _refuse_twins(team.name for team in teams)
        _refuse_twins(owner for team in teams for owner in team.owners)
        return teams

    @field_validator("quotas")
    @classmethod
    def _quotas_differ(cls, quotas: tuple[Quota, ...]) -> tuple[Quota, ...]:
        _refuse_twins(" ".join(filter(None, (quota.period, quota.team, quota.owner))) for quota in quotas)
        return quotas

    @cached_property
    def conversion(self) -> Rates:
        """The rates, ready to convert with."""
        return Rates(self.currency, self.rates)

    @cached_property
    def _by_name(self) -> dict[str, Stage]:
        names: dict[str, Stage] = {}
        for pipeline in self.pipelines:
            for stage in pipeline.stages:
                for name in (stage.name, *stage.aliases):
                    names.setdefault(fold(name), stage)
                    names[f"{fold(pipeline.name)}\n{fold(name)}"] = stage
        return names

    def stage(self, name: str, pipeline: str = "") -> Stage | None:
        """The stage that a CRM's name means, by name or alias, whatever the case and accents."""
        return self._by_name.get(f"{fold(pipeline)}\n{fold(name)}") or self._by_name.get(fold(name))

    @cached_property
    def _team_of(self) -> dict[str, str]:
        return {fold(owner): team.name for team in self.teams for owner in team.owners}

    def team(self, owner: str) -> str:
        """The team that the playbook puts an owner in; "" if none."""
        return self._team_of.get(fold(owner), "")
