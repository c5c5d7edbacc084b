"""The tables. Deals carry what the first paint needs; everything that happened to them is in the events.

Moments are naive wall time of the team (SQLModel's own type for them would want a zone), days are dates,
money is integer minor units (docs/decisions.md). What changes here needs a migration, and then
`python -m pipetui.store.migrating` for schema.sql.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, DateTime, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# Named constraints can be changed by a later migration on every database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Pipeline(SQLModel, table=True):
    """A sequence of stages."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text, unique=True)


class Stage(SQLModel, table=True):
    """A stage as the playbook or an import brought it. Never deleted."""

    __table_args__ = (UniqueConstraint("pipeline_id", "folded"),)

    id: int | None = Field(default=None, primary_key=True)
    pipeline_id: int = Field(foreign_key="pipeline.id")
    name: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text)
    """What names are compared by (`deals.text.fold`)."""
    kind: str = Field(sa_type=Text)
    position: int
    probability: float


class Owner(SQLModel, table=True):
    """A rep."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text, unique=True)
    team: str = Field(default="", sa_type=Text)


class Account(SQLModel, table=True):
    """A buying company."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text, unique=True)


class ImportSource(SQLModel, table=True):
    """Where exports come from, and how their columns were read last time."""

    __tablename__ = "import_source"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text, unique=True)
    preset: str = Field(sa_type=Text)
    signature: str = Field(sa_type=Text)
    """What identifies the same kind of file again: its folded header."""
    mapping: str = Field(sa_type=Text)
    """JSON: field → column."""


class Batch(SQLModel, table=True):
    """One transaction: an import, an edit, an undo or a redo. Its effects count unless `undone_by` is set."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=DateTime, index=True)
    by: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    """import, edit, undo or redo."""
    because: str = Field(default="", sa_type=Text)
    source_id: int | None = Field(default=None, foreign_key="import_source.id")
    as_of: datetime | None = Field(default=None, sa_type=DateTime)
    """The moment of the export that an import read."""
    summary: str = Field(default="", sa_type=Text)
    """JSON: what an import brought."""
    undoes: int | None = Field(default=None, foreign_key="batch.id")
    """The batch that an undo takes back, or the undo that a redo takes back."""
    undone_by: int | None = Field(default=None, foreign_key="batch.id")


class Deal(SQLModel, table=True):
    """The current state of a deal: what its effective events amount to, and the clocks derived from them."""

    __table_args__ = (Index("ix_deal_key", "source_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    archived: bool = False
    source_id: int | None = Field(default=None, foreign_key="import_source.id")
    key: str = Field(default="", sa_type=Text)
    """What the source knows it by: its external id, else name, account and created."""
    external_id: str = Field(default="", sa_type=Text)
    name: str = Field(sa_type=Text)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    owner_id: int | None = Field(default=None, foreign_key="owner.id")
    stage_id: int = Field(foreign_key="stage.id")
    status: str = Field(default="open", sa_type=Text)
    amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    currency: str = Field(default="", sa_type=Text)
    probability: float | None = None
    created: date | None = None
    close_date: date | None = None
    closed_on: date | None = None
    close_reason: str = Field(default="", sa_type=Text)
    crm_category: str | None = Field(default=None, sa_type=Text)
    rep_category: str | None = Field(default=None, sa_type=Text)
    manager_category: str | None = Field(default=None, sa_type=Text)
    next_step: str = Field(default="", sa_type=Text)
    next_step_date: date | None = None
    last_activity: date | None = None
    last_stage_change: date | None = None
    """As the export gave it."""
    missing_since: date | None = None
    resume_on: date | None = None
    segment: str = Field(default="", sa_type=Text)
    lead_source: str = Field(default="", sa_type=Text)
    kind: str = Field(default="", sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    levels: str = Field(default="0000000", sa_type=Text)
    set_here: str = Field(default="", sa_type=Text)
    """Space-separated fields that people set in pipetui."""
    accepted: str = Field(default="", sa_type=Text)
    """The flags that are settled for now (`deals.acceptance`)."""
    stage_entered_at: datetime | None = Field(default=None, sa_type=DateTime)
    last_move_at: datetime | None = Field(default=None, sa_type=DateTime)
    push_count: int = 0


class DealEvent(SQLModel, table=True):
    """One change of one field. Append-only; effective unless in an undone batch or superseded.

    What a batch superseded counts again while that batch is undone.
    """

    __tablename__ = "deal_event"
    __table_args__ = (
        Index("ix_deal_event_deal", "deal_id", "at"),
        Index("ix_deal_event_batch", "batch_id", "deal_id"),
        Index("ix_deal_event_superseded", "superseded_by", sqlite_where=text("superseded_by IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id")
    at: datetime = Field(sa_type=DateTime)
    field: str = Field(sa_type=Text)
    old: str | None = Field(default=None, sa_type=Text)
    new: str | None = Field(default=None, sa_type=Text)
    origin: str = Field(sa_type=Text)
    """export, history or person."""
    batch_id: int = Field(foreign_key="batch.id")
    superseded_by: int | None = Field(default=None, foreign_key="batch.id")


class Observation(SQLModel, table=True):
    """What an export said of a deal, where it differs from the one before: the base of the three-way rule."""

    __table_args__ = (
        Index("ix_observation_deal", "deal_id", "as_of"),
        Index("ix_observation_batch", "batch_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="import_source.id")
    deal_id: int = Field(foreign_key="deal.id")
    as_of: datetime = Field(sa_type=DateTime)
    row: str = Field(sa_type=Text)
    """JSON: field → value as text (`deals.fields.encode_state`); "" where the deal was not in the export."""
    batch_id: int = Field(foreign_key="batch.id")


class Export(SQLModel, table=True):
    """An export that an import read, even if it brought nothing: what it did not contradict, it confirmed."""

    __table_args__ = (Index("ix_export_source", "source_id", "as_of"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="import_source.id")
    as_of: datetime = Field(sa_type=DateTime)
    name: str = Field(sa_type=Text)
    """The file's."""
    is_whole: bool
    """Whether a deal that is not in it was missing then."""
    heard: str = Field(sa_type=Text)
    """JSON: the fields and qualification items that it has a column for."""
    unread: str = Field(sa_type=Text)
    """JSON: keys of deals that were in it and could not be read."""
    batch_id: int = Field(foreign_key="batch.id", index=True)


class Conflict(SQLModel, table=True):
    """A field that was set here and changed in the CRM since. The newest of a deal and field counts."""

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    field: str = Field(sa_type=Text)
    ours: str | None = Field(default=None, sa_type=Text)
    theirs: str | None = Field(default=None, sa_type=Text)
    as_of: datetime = Field(sa_type=DateTime)
    """The moment of the export that disagrees."""
    batch_id: int = Field(foreign_key="batch.id", index=True)
    settled_by: int | None = Field(default=None, foreign_key="batch.id", index=True)
    """Settled unless this batch is undone."""


class Qualification(SQLModel, table=True):
    """The text behind a qualification level; the levels themselves are `Deal.levels`.

    Append-only: the newest text of an item counts whose batch is not undone.
    """

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    item: str = Field(sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    batch_id: int = Field(foreign_key="batch.id")


class Note(SQLModel, table=True):
    """A note on a deal. Append-only; hidden while its batch is undone."""

    id: int | None = Field(default=None, primary_key=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    at: datetime = Field(sa_type=DateTime)
    by: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    batch_id: int = Field(foreign_key="batch.id", index=True)


class Promise(SQLModel, table=True):
    """What somebody undertook to do: the buyer (a commitment) or one of us (an action).

    Append-only: of the rows of a thread the newest counts whose batch is not undone.
    """

    id: int | None = Field(default=None, primary_key=True)
    thread: int = Field(index=True)
    """The id of its first row, which stays the same whatever becomes of it."""
    deal_id: int | None = Field(default=None, foreign_key="deal.id", index=True)
    """`None`: an action that concerns no single deal."""
    kind: str = Field(sa_type=Text)
    """commitment or action."""
    who: str = Field(default="", sa_type=Text)
    what: str = Field(sa_type=Text)
    due: date | None = None
    state: str = Field(sa_type=Text)
    """open, kept, broken or dropped."""
    batch_id: int = Field(foreign_key="batch.id", index=True)


class Quota(SQLModel, table=True):
    """A quota that was set here, in place of the playbook's; with neither team nor owner it is everybody's.

    Append-only: the newest of a period and scope counts whose batch is not undone.
    """

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(sa_type=Text)
    """The name of a fiscal period."""
    team: str = Field(default="", sa_type=Text)
    owner: str = Field(default="", sa_type=Text)
    amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    """Minor units of the reporting currency; `None`: the playbook's holds again."""
    batch_id: int = Field(foreign_key="batch.id", index=True)


class ForecastCall(SQLModel, table=True):
    """A forecast call on a period of a scope. It is not there while its batch is undone."""

    __tablename__ = "forecast_call"

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(sa_type=Text)
    team: str = Field(default="", sa_type=Text)
    owner: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=DateTime)
    """When it was begun."""
    by: str = Field(sa_type=Text)
    batch_id: int = Field(foreign_key="batch.id", index=True)


class CallLine(SQLModel, table=True):
    """Everything that is said of a deal in a call.

    Append-only: the newest of a call and deal counts whose batch is not undone.
    """

    __tablename__ = "call_line"
    __table_args__ = (Index("ix_call_line_call", "call_id", "deal_id"),)

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="forecast_call.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    rep: str | None = Field(default=None, sa_type=Text)
    """The category that the rep gave it in this call."""
    manager: str | None = Field(default=None, sa_type=Text)
    """The one by which the manager overrode it."""
    reason: str = Field(default="", sa_type=Text)
    override_reason: str = Field(default="", sa_type=Text)
    condition: str = Field(default="", sa_type=Text)
    condition_by: date | None = None
    condition_owner: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    waiting: bool = False
    """Whether the call is to come back to it."""
    reached: bool = False
    """Whether the call has got to it."""
    batch_id: int = Field(foreign_key="batch.id", index=True)


class CallNumber(SQLModel, table=True):
    """The manager's own number and the risks, as they are thought over in a call.

    Append-only: the newest of a call counts whose batch is not undone.
    """

    __tablename__ = "call_number"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="forecast_call.id", index=True)
    number: int | None = Field(default=None, sa_column=Column(BigInteger))
    """Minor units of the reporting currency."""
    risks: str = Field(default="", sa_type=Text)
    batch_id: int = Field(foreign_key="batch.id", index=True)


class CallRevision(SQLModel, table=True):
    """A frozen call, or that it was reopened. Append-only, and what was frozen never changes."""

    __tablename__ = "call_revision"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="forecast_call.id", index=True)
    revision: int
    """1, then 2 after it was reopened, …; of a reopening the one that was reopened."""
    snapshot_id: str = Field(default="", sa_type=Text)
    """The checksum of what was frozen; "" says that the call was reopened."""
    batch_id: int = Field(foreign_key="batch.id", index=True)
    """Before what may be long, or SQLite would have to read all of that to get here."""
    snapshot: str = Field(default="", sa_type=Text)
    """JSON: `forecast.calls.snapshot.Snapshot.plain`, but its entries …"""
    entries: str = Field(default="", sa_type=Text)
    """… which stand here, so that figures of many calls are read without them."""


class RejectedRow(SQLModel, table=True):
    """A row of an export that could not be read, whole."""

    __tablename__ = "rejected_row"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    column: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    row: str = Field(sa_type=Text)
    """JSON: the cells."""
