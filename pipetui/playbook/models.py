"""The shape of a playbook file. Every part refuses keys it does not know.

Pydantic checks a team's file against these; the built-in playbook is on the way to the first paint and does
without, so that nothing here may import it.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar, Final, Literal, Self

from pipetui.deals.deal import Status
from pipetui.deals.money import Rates
from pipetui.deals.text import fold, stage_key
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.playbook.rules import (
    Currency,
    DiagnosisRule,
    FactField,
    Item,
    ItemId,
    Level,
    Name,
    Period,
    Rule,
    StandardItem,
    Text,
    Zone,
    refuse_twins,
)

STANDARD: Final = "standard"
"""The profile of pipelines that name none."""


class Part:
    """A part of a playbook file."""

    __pydantic_config__: ClassVar[dict[str, Literal["forbid"]]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class ProfileItem(Part):
    """Something that has to be known of a deal."""

    id: ItemId
    title: Name
    question: Text = ""
    """What to ask the buyer, or oneself."""
    same_as: StandardItem | None = None
    """The standard item that it is under another name: an answer to one is an answer to the other."""

    @property
    def key(self) -> str:
        """What its level and its text are kept under."""
        return self.same_as or self.id

    @property
    def label(self) -> str:
        """Its title as shown in a list."""
        title = shown(self.title)
        return title[:1].upper() + title[1:]


@dataclass(frozen=True, kw_only=True)
class Profile(Part):
    """A named list of items by which deals are qualified."""

    name: Name
    items: Annotated[tuple[ProfileItem, ...], Rule(min_length=1)]

    def __post_init__(self) -> None:
        refuse_twins(item.id for item in self.items)
        refuse_twins(item.key for item in self.items)

    @property
    def keys(self) -> tuple[str, ...]:
        """What the levels of its items are kept under."""
        return tuple(item.key for item in self.items)

    def item(self, name: str) -> ProfileItem | None:
        """The item of an id, or that is the same as a standard one of that id."""
        return next((item for item in self.items if name in (item.id, item.key)), None)


@dataclass(frozen=True, kw_only=True)
class Criterion(Part):
    """What must be true before a deal leaves a stage.

    With `item` and `level` or with `field` it is checked on the deal; with `text` alone somebody ticks it.
    """

    text: Name
    item: Item | None = None
    level: Level = 1
    field: FactField | None = None

    def __post_init__(self) -> None:
        if self.item and self.field:
            raise ValueError(_("a criterion checks an item or a field, not both: make two of it"))


@dataclass(frozen=True, kw_only=True)
class Stage(Part):
    """A stage of a pipeline."""

    name: Name
    aliases: tuple[Name, ...] = ()
    """Other names that exports use for this very stage."""
    kind: Status = "open"
    probability: Annotated[float, Rule(ge=0, le=1)]
    stale_after_days: Annotated[int, Rule(ge=0)] | None = None
    """Days without a move until a deal is stalled; 0 never; absent: learned from the team's own history."""
    requires: dict[Item, Level] = field(default_factory=dict)
    """Qualification item → level that a deal in this stage must have."""
    requires_amount: bool = False
    """From this stage on a deal must have an amount."""
    exit: tuple[Criterion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pipeline(Part):
    """A named sequence of stages, in the order of the board."""

    name: Name
    qualification: Name = STANDARD
    """The profile by which its deals are qualified."""
    stages: Annotated[tuple[Stage, ...], Rule(min_length=1)]

    def __post_init__(self) -> None:
        seen: dict[str, str] = {}
        for stage in self.stages:
            for name in (stage.name, *stage.aliases):
                owner = seen.setdefault(fold(name), stage.name)
                if owner != stage.name:
                    both = {"name": name, "one": owner, "other": stage.name}
                    raise ValueError(_("“%(name)s” names both “%(one)s” and “%(other)s”") % both)


@dataclass(frozen=True, kw_only=True)
class Limits(Part):
    """Thresholds of the flags."""

    idle_days: Annotated[int, Rule(ge=1)] = 14
    push_limit: Annotated[int, Rule(ge=1)] = 2
    min_sample: Annotated[int, Rule(ge=1)] = 20
    """Fewer completed cases than this and a learned figure is refused."""


@dataclass(frozen=True, kw_only=True)
class Team(Part):
    """A team, its manager and its owners, named as the CRM names them."""

    name: Name
    manager: Text = ""
    owners: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quota(Part):
    """The target of an owner, a team, or (with neither) everybody, for a fiscal period."""

    period: Period
    amount: Annotated[Decimal, Rule(ge=0)]
    """Major units of the reporting currency."""
    owner: Text = ""
    team: Text = ""

    def __post_init__(self) -> None:
        if self.owner and self.team:
            raise ValueError(_("a quota is an owner's or a team's, not both"))


@dataclass(frozen=True, kw_only=True)
class Reasons(Part):
    """The reasons offered when a deal is closed; any other text may be written."""

    won: tuple[Name, ...] = ()
    lost: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Diagnosis(Part):
    """What the diagnosis in words leaves unsaid."""

    off: tuple[DiagnosisRule, ...] = ()
    """Rules that are switched off."""


def _pipelines_differ(pipelines: tuple[Pipeline, ...]) -> tuple[Pipeline, ...]:
    refuse_twins(pipeline.name for pipeline in pipelines)
    return pipelines


def _profiles_differ(profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
    refuse_twins(profile.name for profile in profiles)
    return profiles


def _teams_and_their_owners_differ(teams: tuple[Team, ...]) -> tuple[Team, ...]:
    refuse_twins(team.name for team in teams)
    refuse_twins(owner for team in teams for owner in team.owners)
    return teams


def _quotas_differ(quotas: tuple[Quota, ...]) -> tuple[Quota, ...]:
    refuse_twins(" ".join(filter(None, (quota.period, quota.team, quota.owner))) for quota in quotas)
    return quotas


@dataclass(frozen=True, kw_only=True)
class Playbook(Part):
    """A whole playbook."""

    name: Text = ""
    currency: Currency = "EUR"
    """The reporting currency."""
    rates: dict[Currency, Annotated[Decimal, Rule(gt=0)]] = field(default_factory=dict)
    """Reporting-currency units that one unit of another currency is worth."""
    fiscal_year_start: Annotated[int, Rule(ge=1, le=12)] = 1
    """The month in which the fiscal year begins."""
    timezone: Zone | None = None
    """An IANA name; absent: the machine's."""
    limits: Limits = field(default_factory=Limits)
    pipelines: Annotated[tuple[Pipeline, ...], Rule(_pipelines_differ, min_length=1)]
    profiles: Annotated[tuple[Profile, ...], Rule(_profiles_differ)] = ()
    """The team's own; of the built-in ones (`playbook.profiles`) those of the same names are out of force."""
    teams: Annotated[tuple[Team, ...], Rule(_teams_and_their_owners_differ)] = ()
    quotas: Annotated[tuple[Quota, ...], Rule(_quotas_differ)] = ()
    close_reasons: Reasons = field(default_factory=Reasons)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    builtin: bool = field(default=False, init=False, compare=False)
    """Whether it is the one that comes with pipetui, so that nobody has named the stages on purpose."""

    def as_builtin(self) -> Self:
        """The same playbook, marked as the one that comes with pipetui."""
        object.__setattr__(self, "builtin", True)
        return self

    @cached_property
    def conversion(self) -> Rates:
        """The rates, ready to convert with."""
        return Rates(self.currency, self.rates)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Pipeline, Stage]]:
        names: dict[str, tuple[Pipeline, Stage]] = {}
        for pipeline in self.pipelines:
            for stage in pipeline.stages:
                for name in (stage.name, *stage.aliases):
                    names.setdefault(fold(name), (pipeline, stage))
                    names.setdefault(stage_key(name), (pipeline, stage))
                    names[f"{fold(pipeline.name)}\n{fold(name)}"] = pipeline, stage
        return names

    def _place(self, name: str, pipeline: str) -> tuple[Pipeline, Stage] | None:
        keys = (f"{fold(pipeline)}\n{fold(name)}", fold(name), stage_key(name))
        return next((found for key in keys if (found := self._by_name.get(key)) is not None), None)

    def stage(self, name: str, pipeline: str = "") -> Stage | None:
        """The stage that a CRM's name means, by name or alias, whatever the case and accents."""
        place = self._place(name, pipeline)
        return place[1] if place else None

    def pipeline(self, name: str, stage: str = "") -> Pipeline | None:
        """The pipeline in which a CRM's stage is; of an unknown stage that of the name, or the only one."""
        if place := self._place(stage, name):
            return place[0]
        named = [pipeline for pipeline in self.pipelines if fold(pipeline.name) == fold(name)]
        return next(iter(named or (self.pipelines if len(self.pipelines) == 1 else ())), None)

    @cached_property
    def _team_of(self) -> dict[str, str]:
        return {fold(owner): team.name for team in self.teams for owner in team.owners}

    def team(self, owner: str) -> str:
        """The team that the playbook puts an owner in; "" if none."""
        return self._team_of.get(fold(owner), "")
