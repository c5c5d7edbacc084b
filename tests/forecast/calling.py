"""Entries and frozen calls for tests, each with only what the test says."""

from datetime import date, datetime
from typing import Any

from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot, freeze
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope

Q4 = Period.parse("2026-Q4")
IN_Q4 = date(2026, 12, 15)


def entry(deal_id: int = 1, **given: Any) -> CallEntry:
    """An open deal of 100 that closes in the fourth quarter of 2026."""
    amount = given.get("amount", 100)
    values = {"name": f"Deal {deal_id}", "close_date": IN_Q4, "amount": amount, "worth": amount}
    return CallEntry(**{"deal_id": deal_id, "currency": "EUR", **values, **given})


def call(*entries: CallEntry, **given: Any) -> Snapshot:
    """A call on the fourth quarter of 2026, frozen on the 16th of November."""
    values = {
        "period": Q4,
        "scope": Scope(),
        "revision": 1,
        "frozen_at": datetime(2026, 11, 16, 10, 30),
        "by": "Nora",
        "currency": "EUR",
        "quota": 1000,
        "number": None,
    }
    return freeze(entries, **{**values, **given})
