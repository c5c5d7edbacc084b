"""Where the store and the CRM differ: what to carry back, and what both sides changed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.fields import Value, decode, encode
from pipetui.deals.money import Money
from pipetui.exchange.exporting.tables import Cell
from pipetui.exchange.importing.comparing import last_said
from pipetui.exchange.own import CATEGORIES, STATUSES
from pipetui.store.engine import Run
from pipetui.store.rows import EFFECTIVE, read_current

if TYPE_CHECKING:
    from pipetui.pipeline.pipeline import Pipeline

_CATEGORY: Final = ("rep_category", "manager_category")
CARRIED: Final[Mapping[str, str]] = {
    "stage_id": "stage",
    "status": "status",
    "closed_on": "closed",
    "close_reason": "loss_reason",
    "amount": "amount",
    "currency": "currency",
    "close_date": "close_date",
    "crm_category": "category",
    "next_step": "next_step",
    "next_step_date": "next_step_date",
    "owner": "owner",
    "account": "account",
    "name": "name",
    "probability": "probability",
    "segment": "segment",
    "lead_source": "lead_source",
    "kind": "type",
    "description": "description",
}
"""Field of a deal that a CRM has, too → its name in an import, in the order in which it is told."""


class Carry(NamedTuple):
    """A field that was set here and is something else in the CRM."""

    deal: Deal
    field: str
    """As an import calls it."""
    crm: Cell
    in_export: bool
    """Whether the source's exports have that field at all; where not, `crm` is unknown."""
    ours: Cell
    on: date
    """When it was set here."""
    by: str


class Dispute(NamedTuple):
    """A field that was set here and changed in the CRM since, to something else."""

    deal: Deal
    field: str
    """As an import calls it."""
    crm: Cell
    ours: Cell
    """In force until somebody settles it."""
    since: date
    """The day of the export that brought it."""


def changes_to_carry(
    run: Run, pipeline: "Pipeline", deals: Iterable[Deal], since: date | None = None
) -> list[Carry]:
    """What to type into the CRM, by owner; an import that confirms a change takes it off the list.

    Args:
        run: reads the store.
        pipeline: what the deals are part of.
        deals: whose changes; those without a source have no CRM to carry to.
        since: only what was set here on that day or later.
    """
    chosen = {deal.id: deal for deal in deals if deal.source}
    set_here = _set_here(run, chosen)
    said = _Said(run, pipeline, (chosen[deal_id] for deal_id in set_here))
    current = read_current(run, set_here)
    found: list[Carry] = []
    for deal_id, fields in set_here.items():
        deal, values = chosen[deal_id], {**current[deal_id].values, "crm_category": chosen[deal_id].category}
        for field in _once(said.differing(deal, fields, values)):
            mark = max(fields[each] for each in fields if _as_told(each) in (field, _twin(field)))
            crm = decode(field, said.of(deal).get(said.column(deal, field)))
            if since is None or mark.at.date() >= since:
                found.append(
                    Carry(
                        deal,
                        CARRIED[field],
                        said.cell(deal, field, crm),
                        said.tells(deal, field),
                        said.cell(deal, field, values[field]),
                        mark.at.date(),
                        mark.by,
                    )
                )
    order = list(CARRIED.values())
    found.sort(key=lambda item: (*_by_owner(item.deal), order.index(item.field)))
    return found


def open_disputes(run: Run, pipeline: "Pipeline", deals: Iterable[Deal]) -> list[Dispute]:
    """The conflicts that nobody has settled: the CRM still says the other value, and nobody set it here since."""
    chosen = {deal.id: deal for deal in deals if deal.source}
    told: dict[tuple[int, str], _Told] = {}
    for batch, as_of, summary in run(
        "SELECT id, CAST(COALESCE(as_of, at) AS TEXT), summary FROM batch "
        "WHERE kind = 'import' AND undone_by IS NULL AND summary LIKE '%\"disputed\"%' ORDER BY id",
        {},
    ):
        for dispute in json.loads(summary).get("disputed", ()):
            if dispute["deal_id"] in chosen and dispute["field"] in CARRIED:
                told[dispute["deal_id"], dispute["field"]] = _Told(
                    batch, datetime.fromisoformat(as_of).date(), dispute["theirs"]
                )
    touched = {deal_id for deal_id, _field in told}
    set_here = _set_here(run, touched)
    said = _Said(run, pipeline, (chosen[deal_id] for deal_id in touched))
    current = read_current(run, touched)
    found: list[Dispute] = []
    for (deal_id, field), dispute in told.items():
        deal, ours = chosen[deal_id], current[deal_id].values[field]
        mark = set_here.get(deal_id, {}).get(field)
        is_settled = mark is not None and mark.batch > dispute.batch
        theirs = said.of(deal).get(field)
        if not is_settled and theirs == dispute.theirs and theirs != encode(ours):
            crm = said.cell(deal, field, decode(field, theirs))
            found.append(
                Dispute(deal, CARRIED[field], crm, said.cell(deal, field, ours), dispute.since)
            )
    order = list(CARRIED.values())
    found.sort(key=lambda item: (*_by_owner(item.deal), order.index(item.field)))
    return found


class _Mark(NamedTuple):
    """Who set a field here last, and when."""

    at: datetime
    batch: int
    by: str


class _Told(NamedTuple):
    """A conflict as an import noted it."""

    batch: int
    since: date
    theirs: str | None


class _Said:
    """What the CRM said last of some deals."""

    def __init__(self, run: Run, pipeline: "Pipeline", deals: Iterable[Deal]) -> None:
        self._pipeline = pipeline
        self._rows: dict[int, dict[str, str]] = {}
        self._mapped: dict[str, frozenset[str]] = {}
        ids: dict[str, set[int]] = {}
        for deal in deals:
            ids.setdefault(deal.source, set()).add(deal.id)
        for source_id, name, mapping in run("SELECT id, name, mapping FROM import_source", {}):
            if name in ids:
                fields = json.loads(mapping)
                self._mapped[name] = frozenset(field for field, column in fields.items() if column)
                rows = last_said(run, source_id)
                self._rows.update((id_, json.loads(rows[id_])) for id_ in ids[name] if id_ in rows)

    def of(self, deal: Deal) -> Mapping[str, str]:
        """Field → what the CRM said of it, as event text."""
        return self._rows.get(deal.id, {})

    def tells(self, deal: Deal, field: str) -> bool:
        """Whether the exports of the deal's source have a column for a field."""
        mapped = self._mapped[deal.source]
        if field in ("stage_id", "status"):
            return not mapped.isdisjoint({"stage", "status"})
        return CARRIED[self.column(deal, field)] in mapped

    def column(self, deal: Deal, field: str) -> str:
        """Where the CRM says a field: with one date column for both, a closed deal's is its actual one."""
        mapped = self._mapped[deal.source]
        return "close_date" if field == "closed_on" and "closed" not in mapped else field

    def differing(
        self, deal: Deal, fields: Iterable[str], values: Mapping[str, Value]
    ) -> Iterator[str]:
        """The fields, of those set here, that the CRM has otherwise."""
        touched = {_as_told(field) for field in fields}
        for field in CARRIED:
            theirs, ours = self.of(deal).get(self.column(deal, field)), encode(values[field])
            if field in touched and theirs != ours and (self.tells(deal, field) or ours is not None):
                yield field

    def cell(self, deal: Deal, field: str, value: Value) -> Cell:
        """A value as it is exported."""
        if value is None:
            return None
        match field:
            case "stage_id":
                stage = self._pipeline.stages.get(int(str(value)))
                return stage.name if stage else ""
            case "status":
                return STATUSES[str(value)].told
            case "crm_category":
                return CATEGORIES[str(value)].told
            case "amount":
                return Money(int(str(value)), deal.currency or self._pipeline.currency)
        return value


def _set_here(run: Run, deal_ids: Iterable[int]) -> dict[int, dict[str, _Mark]]:
    """Deal → field → who set it here last, without what was undone."""
    wanted = set(deal_ids)
    rows = run(
        "SELECT e.deal_id, e.field, CAST(e.at AS TEXT), e.batch_id, b.by FROM deal_event e "
        f"JOIN batch b ON b.id = e.batch_id WHERE {EFFECTIVE} AND e.origin = 'person' ORDER BY e.id",
        {},
    )
    found: dict[int, dict[str, _Mark]] = {}
    for deal_id, field, at, batch, by in rows:
        if deal_id in wanted and _as_told(field) in CARRIED:
            found.setdefault(deal_id, {})[field] = _Mark(datetime.fromisoformat(at), batch, by)
    return found


def _as_told(field: str) -> str:
    """The field of the CRM behind one of ours: its category is the one in force."""
    return "crm_category" if field in _CATEGORY else field


def _twin(field: str) -> str:
    return "status" if field == "stage_id" else field


def _once(fields: Iterable[str]) -> Sequence[str]:
    """Without a status that follows from the stage, and without a close date that is told as the actual one."""
    found = list(fields)
    if "stage_id" in found and "status" in found:
        found.remove("status")
    if "closed_on" in found and "close_date" in found:
        found.remove("close_date")
    return found


def _by_owner(deal: Deal) -> tuple[bool, str, str, int]:
    return (not deal.owner, deal.owner.casefold(), deal.name.casefold(), deal.id)
