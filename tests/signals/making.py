"""Deals, stages and a playbook for tests, each with only what the test says."""

from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter

from pipetui.deals.deal import Deal, Stage
from pipetui.playbook.models import Playbook
from pipetui.signals.context import Context, Quarter, build
from pipetui.signals.history import History, Push, Step
from pipetui.signals.rhythm import Pace, Rhythm

TODAY = date(2026, 11, 22)
QUARTER = Quarter("2026-Q4", date(2026, 10, 1), date(2026, 12, 31))

STAGES = (
    Stage(1, "Sales", "Qualification", "open", 100, 0.1),
    Stage(2, "Sales", "Demo", "open", 200, 0.4),
    Stage(3, "Sales", "Negotiation", "open", 300, 0.75),
    Stage(4, "Sales", "Won", "won", 400, 1.0),
    Stage(5, "Sales", "Lost", "lost", 500, 0.0),
)
ALL_FIELDS = frozenset(
    {"amount", "close_date", "last_activity", "last_stage_change", "next_step", "next_step_date"}
    | {"created", "need", "decision_makers", "budget"}
)


def days(number: int) -> date:
    """The day so many days after today."""
    return TODAY + timedelta(days=number)


def deal(**given: Any) -> Deal:
    """An open deal in Demo of the source "crm" about which nothing else is known."""
    values = dict.fromkeys(Deal._fields, None) | {
        **dict.fromkeys(("external_id", "account", "owner", "team", "close_reason", "next_step"), ""),
        **dict.fromkeys(("segment", "lead_source", "kind"), ""),
        "id": 1,
        "version": 1,
        "source": "crm",
        "name": "Deal",
        "stage_id": 2,
        "status": "open",
        "currency": "EUR",
        "push_count": 0,
        "levels": "0000000",
        "set_here": frozenset(),
    }
    return Deal(**{**values, **given})


def playbook(limits: dict[str, int] | None = None, **stages: dict[str, Any]) -> Playbook:
    """Three open stages and two closed ones; the arguments add to a stage."""
    return TypeAdapter(Playbook).validate_python(
        {
            "limits": limits or {},
            "pipelines": [
                {
                    "name": "Sales",
                    "stages": [
                        {"name": "Qualification", "probability": 0.1, **stages.get("qualification", {})},
                        {"name": "Demo", "probability": 0.4, **stages.get("demo", {})},
                        {"name": "Negotiation", "probability": 0.75, **stages.get("negotiation", {})},
                        {"name": "Won", "kind": "won", "probability": 1},
                        {"name": "Lost", "kind": "lost", "probability": 0},
                    ],
                }
            ],
        }
    )


def context(
    book: Playbook | None = None,
    mapped: frozenset[str] = ALL_FIELDS,
    history: History | None = None,
    stages: tuple[Stage, ...] = STAGES,
) -> Context:
    """What the rules know, as of `TODAY`, a day of a fiscal quarter that ends in December."""
    return build(book or playbook(), stages, {"crm": mapped}, history, TODAY, quarter=QUARTER)


def past(
    *,
    paces: dict[int, Pace] | None = None,
    won: int = 0,
    cycle: float | None = None,
    steps: dict[int, tuple[Step, ...]] | None = None,
    pushes: dict[int, tuple[Push, ...]] | None = None,
) -> History:
    """A history of which only that is known which the test says."""
    return History(Rhythm(paces or {}, won, cycle), steps or {}, pushes or {})
