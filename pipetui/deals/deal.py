"""A deal and a stage as everything but the store knows them: frozen, light, plain."""

from datetime import date
from typing import Literal, NamedTuple

from pipetui.deals.category import Category

Status = Literal["open", "won", "lost"]


class Stage(NamedTuple):
    """A column of the board, as it stands in the store."""

    id: int
    pipeline: str
    name: str
    """As the CRM writes it, or the playbook's name."""
    kind: Status
    position: int
    probability: float
    """0–1; 0 is a value, not "missing"."""


class Deal(NamedTuple):
    """One sales opportunity. Dates are calendar days; text has been cleaned; `None` and "" mean unknown."""

    id: int
    version: int
    """Grows by one with every change; an edit names the version it was made on."""
    source: str
    """The export it comes from; "" for a deal made here."""
    external_id: str
    name: str
    account: str
    owner: str
    team: str
    stage_id: int
    status: Status
    amount: int | None
    """Minor units of `currency`; `None` is unpriced."""
    currency: str
    probability: float | None
    """As the CRM gave it, 0–1."""
    created: date | None
    close_date: date | None
    """Expected close; of a closed deal the actual one if the source knows a single date."""
    closed_on: date | None
    close_reason: str
    crm_category: Category | None
    rep_category: Category | None
    manager_category: Category | None
    next_step: str
    next_step_date: date | None
    last_activity: date | None
    stage_since: date | None
    """The day it entered its stage; `None` is unknown."""
    moved_on: date | None
    """The day of its last move (stage, amount, close date brought forward); `None` is unknown."""
    push_count: int
    missing_since: date | None
    """Absent from the newest export of its source since that day."""
    resume_on: date | None
    """In nurture until that day."""
    segment: str
    lead_source: str
    kind: str
    """The CRM's own type of deal ("New Customer")."""
    levels: str
    """One digit 0–3 for each of `qualification.ITEMS`."""
    set_here: frozenset[str]
    """Fields that were ever set in pipetui itself, whatever the source maps."""
    accepted: str = ""
    """The flags that are settled for now, packed (`deals.acceptance`); "" for nearly all deals."""

    @property
    def category(self) -> Category | None:
        """The category in force: manager's, else rep's, else the CRM's, else `None` (unclassified)."""
        return self.manager_category or self.rep_category or self.crm_category

    @property
    def in_nurture(self) -> bool:
        """Open, omitted, with a date to resume: out of coverage, velocity and flags until then."""
        return self.status == "open" and self.resume_on is not None and self.category is Category.OMITTED

    @property
    def counts(self) -> bool:
        """Whether it is part of totals over open deals: open, not missing, not in nurture."""
        if self.status != "open" or self.missing_since is not None:
            return False
        return self.resume_on is None or not self.in_nurture

    @property
    def settled_on(self) -> date | None:
        """The day a closed deal belongs to: its actual close date, else the only date its source knows."""
        return self.closed_on or self.close_date
