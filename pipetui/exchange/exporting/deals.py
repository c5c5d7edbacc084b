"""Deals as a table that an import reads back, and as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Money, to_major
from pipetui.deals.qualification import levels_by_item
from pipetui.exchange.exporting.tables import Cell, Table
from pipetui.exchange.exporting.view import View
from pipetui.exchange.own import CATEGORIES, COLUMNS, STATUSES, identity, reference
from pipetui.language import _
from pipetui.store.engine import Run

_SAME: Final = (
    *("name", "account", "owner", "team", "probability", "close_date", "next_step", "next_step_date"),
    *("last_activity", "created", "segment", "lead_source"),
)
"""Columns that are called as the deal's fields are."""
_OTHERS: Final = {
    "id": "external_id",
    "closed": "closed_on",
    "last_stage_change": "stage_since",
    "type": "kind",
    "loss_reason": "close_reason",
    "own_source": "source",
}
"""Column → field of a deal that is called otherwise."""


class Beside(NamedTuple):
    """What the store knows of a deal beside its fields."""

    identity: str
    description: str


def beside(run: Run) -> dict[int, Beside]:
    """By deal id, what an export needs that no screen shows."""
    rows = run(
        "SELECT d.id, COALESCE(i.name, ''), d.key, d.description FROM deal d "
        "LEFT JOIN import_source i ON i.id = d.source_id WHERE NOT d.archived",
        {},
    )
    return {id_: Beside(identity(source, key, id_), text) for id_, source, key, text in rows}


def deal_table(view: View, deals: Iterable[Deal], known: Mapping[int, Beside]) -> Table:
    """One row a deal, in the columns of `own.COLUMNS`."""
    plain = {
        **{name: attrgetter(name) for name in _SAME},
        **{name: attrgetter(field) for name, field in _OTHERS.items()},
    }
    rows: list[Sequence[Cell]] = []
    for deal in deals:
        stage, its = view.stages[deal.stage_id], known[deal.id]
        cells: dict[str, Cell] = {name: get(deal) for name, get in plain.items()}
        cells |= {
            "pipeline": stage.pipeline,
            "stage": stage.name,
            "status": STATUSES[deal.status].told,
            "amount": _money(deal, view.currency),
            "currency": deal.currency or view.currency,
            "category": CATEGORIES[deal.category].told if deal.category else None,
            "description": its.description,
            "own_reference": reference(its.identity, deal.version),
        }
        rows.append([cells[name] for name in COLUMNS])
    return Table(_("Deals"), tuple(label.told for label in COLUMNS.values()), rows)


def deal_json(view: View, deals: Iterable[Deal], known: Mapping[int, Beside]) -> dict[str, Any]:
    """The same in every language, with what only pipetui knows. The `deals` are made one at a time, once."""
    return {
        "as_of": view.today,
        "currency": view.currency,
        "deals": (_record(view, deal, known[deal.id]) for deal in deals),
    }


def _record(view: View, deal: Deal, its: Beside) -> dict[str, Any]:
    stage = view.stages[deal.stage_id]
    return {
        "id": deal.id,
        "source": deal.source,
        "external_id": deal.external_id,
        "name": deal.name,
        "account": deal.account,
        "owner": deal.owner,
        "team": deal.team,
        "pipeline": stage.pipeline,
        "stage": stage.name,
        "status": deal.status,
        "amount": to_major(*amount) if (amount := _money(deal, view.currency)) else None,
        "currency": deal.currency or view.currency,
        "probability": deal.probability,
        "category": deal.category,
        "crm_category": deal.crm_category,
        "rep_category": deal.rep_category,
        "manager_category": deal.manager_category,
        **_days(deal),
        "next_step": deal.next_step,
        "pushes": deal.push_count,
        "segment": deal.segment,
        "lead_source": deal.lead_source,
        "type": deal.kind,
        "loss_reason": deal.close_reason,
        "description": its.description,
        "levels": levels_by_item(deal.levels),
        "flags": [flag.name for flag in view.flags_of(deal)],
    }


def _days(deal: Deal) -> dict[str, date | None]:
    return {
        "created": deal.created,
        "close_date": deal.close_date,
        "closed": deal.closed_on,
        "next_step_date": deal.next_step_date,
        "last_activity": deal.last_activity,
        "stage_since": deal.stage_since,
        "moved_on": deal.moved_on,
        "missing_since": deal.missing_since,
        "resume_on": deal.resume_on,
    }


def _money(deal: Deal, usual: str) -> Money | None:
    return None if deal.amount is None else Money(deal.amount, deal.currency or usual)
