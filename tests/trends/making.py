"""Deals, closings and journeys by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipetui.deals.deal import Deal, Stage
from pipetui.deals.money import Rates
from pipetui.trends.closings import Closing, closings
from pipetui.trends.journeys import End, Journey

TODAY = date(2026, 11, 22)
EUROS = Rates("EUR", {"USD": Decimal("0.5")})
QUALIFICATION, DEMO, PROPOSAL, WON, LOST = STAGES = tuple(
    Stage(number, "Sales", name, kind, number * 100, 0.5)
    for number, (name, kind) in enumerate(
        (("Qualification", "open"), ("Demo", "open"), ("Proposal", "open"), ("Won", "won"), ("Lost", "lost")),
        1,
    )
)

_EMPTY: dict[str, Any] = {
    **dict.fromkeys(Deal._fields),
    "version": 1,
    "push_count": 0,
    "levels": "0000000",
    "set_here": frozenset(),
    "accepted": "",
    "currency": "EUR",
    "status": "open",
    "stage_id": 1,
    **dict.fromkeys(
        (
            *("source", "external_id", "name", "account", "owner", "team", "close_reason", "next_step"),
            *("segment", "lead_source", "kind"),
        ),
        "",
    ),
}


def deal(id_: int = 1, **fields: Any) -> Deal:
    return Deal(**{**_EMPTY, "id": id_, **fields})


def closed(won: int, lost: int, amount: int = 100_00, cycle: int = 90, on: date = TODAY) -> list[Closing]:
    """So many wins and losses of the same worth and cycle."""
    deals = [
        deal(
            number,
            status="won" if number < won else "lost",
            amount=amount,
            created=on - timedelta(days=cycle),
            closed_on=on,
        )
        for number in range(won + lost)
    ]
    return closings(deals, EUROS, on)


def journey(
    entered: Mapping[int, date], end: End = "open", furthest: int | None = None, **fields: Any
) -> Journey:
    days = {stage_id: day.toordinal() for stage_id, day in entered.items()}
    its = deal(fields.pop("id", 1), status=end, closed_on=None if end == "open" else TODAY, **fields)
    return Journey(its, days, furthest or max(days), end, None)
