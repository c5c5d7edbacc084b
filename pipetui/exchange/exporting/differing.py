"""Where the store and the CRM differ: what to carry back, and what both sides changed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.fields import Value, decode, encode
from pipetui.deals.money import Money
from pipetui.deals.text import fold
from pipetui.exchange.exporting.tables import Cell
from pipetui.exchange.exporting.view import View
from pipetui.exchange.importing.sightings import gather, read_exports, read_sightings
from pipetui.store.conflicts import open_conflicts
from pipetui.store.engine import Run
from pipetui.store.rows import EFFECTIVE, read_current

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
_ORDER: Final = tuple(CARRIED.values())


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


class Disagreement(NamedTuple):
    """A field that was set here and changed in the CRM since, to something else."""

    deal: Deal
    field: str
    """As an import calls it."""
    crm: Cell
    ours: Cell
    """In force until somebody settles it."""
    since: date
    """The day of the export that brought it."""


def changes_to_carry(run: Run, view: View, deals: Iterable[Deal], since: date | None = None) -> list[Carry]:
    """What to type into the CRM, by owner; an import that confirms a change takes it off the list.

    Args:
        run: reads the store.
        view: what the deals are part of.
        deals: whose changes; those without a source have no CRM to carry to.
        since: only what was set here on that day or later.
    """
    chosen = {deal.id: deal for deal in deals if deal.source}
    set_here = _set_here(run, chosen)
    said = _Said(run, (chosen[deal_id] for deal_id in set_here))
    current = read_current(run, set_here)
    found: list[Carry] = []
    for deal_id, marks in set_here.items():
        deal = chosen[deal_id]
        values = {**current[deal_id].values, "crm_category": deal.category}
        for field in said.differing(deal, marks, values):
            mark = marks[field]
            if since is None or mark.at.date() >= since:
                crm, ours = said.value(deal, field), values[field]
                found.append(
                    Carry(
                        deal,
                        CARRIED[field],
                        _cell(view, deal, field, crm),
                        said.tells(deal, field),
                        _cell(view, deal, field, ours),
                        mark.at.date(),
                        mark.by,
                    )
                )
    return sorted(found, key=_by_owner)


def disagreements(
    run: Run, view: View, deals: Iterable[Deal], since: date | None = None
) -> list[Disagreement]:
    """The conflicts that wait to be settled, by owner; `since` a day, those that later exports brought."""
    chosen = {deal.id: deal for deal in deals}
    found = [
        Disagreement(
            chosen[item.deal_id],
            CARRIED[item.field],
            _cell(view, chosen[item.deal_id], item.field, item.theirs),
            _cell(view, chosen[item.deal_id], item.field, item.ours),
            item.as_of.date(),
        )
        for item in open_conflicts(run, chosen)
        if item.field in CARRIED and (since is None or item.as_of.date() >= since)
    ]
    return sorted(found, key=_by_owner)


class _Mark(NamedTuple):
    """Who set a field here last, and when."""

    at: datetime
    by: str


class _Said:
    """What the CRM said last of some deals."""

    def __init__(self, run: Run, deals: Iterable[Deal]) -> None:
        self._rows: dict[int, dict[str, str]] = {}
        self._mapped: dict[str, frozenset[str]] = {}
        ids: dict[str, set[int]] = {}
        for deal in deals:
            ids.setdefault(deal.source, set()).add(deal.id)
        for source_id, name, mapping in run("SELECT id, name, mapping FROM import_source", {}):
            if name in ids:
                fields = json.loads(mapping)
                self._mapped[name] = frozenset(field for field, column in fields.items() if column)
                exports = read_exports(run, source_id)
                for id_, its in read_sightings(run, source_id, ids[name]).items():
                    self._rows[id_] = gather(its, exports).state

    def of(self, deal: Deal) -> Mapping[str, str]:
        """Field → what the CRM said of it, as event text."""
        return self._rows.get(deal.id, {})

    def tells(self, deal: Deal, field: str) -> bool:
        """Whether the exports of the deal's source have a column for a field."""
        mapped = self._mapped[deal.source]
        if field in ("stage_id", "status"):
            return not mapped.isdisjoint({"stage", "status"})
        return CARRIED[self._column(deal, field)] in mapped

    def value(self, deal: Deal, field: str) -> Value:
        """What the CRM said of a field."""
        return decode(field, self.of(deal).get(self._column(deal, field)))

    def differing(self, deal: Deal, set_here: Iterable[str], values: Mapping[str, Value]) -> Iterator[str]:
        """The fields, of those set here, that the CRM has otherwise."""
        left_out = set()
        if self._column(deal, "closed_on") == "close_date":
            left_out.add("close_date")
        for field in CARRIED:
            if field not in set_here or field in left_out:
                continue
            theirs, ours = self.value(deal, field), values[field]
            if encode(theirs) != encode(ours) and (self.tells(deal, field) or ours is not None):
                yield field
                if field == "stage_id":
                    left_out.add("status")  # it follows from the stage

    def _column(self, deal: Deal, field: str) -> str:
        """Where the CRM says a field: with one date column for both, a closed deal's is its actual one."""
        is_shared = "closed" not in self._mapped[deal.source]
        return "close_date" if field == "closed_on" and deal.status != "open" and is_shared else field


def _cell(view: View, deal: Deal, field: str, value: Value) -> Cell:
    """A value as it is exported."""
    if isinstance(value, int) and field == "stage_id":
        stage = view.stages.get(value)
        return stage.name if stage else ""
    if isinstance(value, int) and field == "amount":
        return Money(value, deal.currency or view.currency)
    return value


def _set_here(run: Run, deal_ids: Iterable[int]) -> dict[int, dict[str, _Mark]]:
    """Deal → field → who set it here last, without what was undone."""
    wanted = set(deal_ids)
    rows = run(
        "SELECT e.deal_id, e.field, CAST(e.at AS TEXT), b.by FROM deal_event e "
        f"JOIN batch b ON b.id = e.batch_id WHERE {EFFECTIVE} AND e.origin = 'person' ORDER BY e.id",
        {},
    )
    found: dict[int, dict[str, _Mark]] = {}
    for deal_id, field, at, by in rows:
        # The category that a CRM should have is the one in force.
        told = "crm_category" if field in ("rep_category", "manager_category") else field
        if deal_id in wanted and told in CARRIED:
            found.setdefault(deal_id, {})[told] = _Mark(datetime.fromisoformat(at), by)
    return found


def _by_owner(item: Carry | Disagreement) -> tuple[bool, str, str, int, int]:
    deal = item.deal
    return not deal.owner, fold(deal.owner), fold(deal.name), deal.id, _ORDER.index(item.field)
