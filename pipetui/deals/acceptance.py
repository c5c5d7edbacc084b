"""Flags that somebody has settled for now: snoozed until a day, or accepted for a reason.

A settled flag stays away until the facts that it rests on change: the deal's stage, amount, close date, next
step or levels. A day count that grows is no change.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from zlib import crc32

from pipetui.deals.deal import Deal


class Acceptance(NamedTuple):
    """Why a flag rests, and until when."""

    until: date | None
    """The day on which it comes back in any case; `None`: when the facts change."""
    reason: str
    facts: str
    """The deal's `facts` when it was settled."""


def facts(deal: Deal) -> str:
    """A short text that differs when the deal's stage, amount, close date, next step or levels do."""
    told = (
        *(deal.stage_id, deal.amount, deal.currency, deal.close_date),
        *(deal.next_step, deal.next_step_date, deal.levels),
    )
    return f"{crc32(repr(told).encode()):08x}"


def pack(accepted: Mapping[str, Acceptance]) -> str:
    """By flag, as `Deal.accepted` holds it."""
    if not accepted:
        return ""
    packed = {
        flag: [its.until.isoformat() if its.until else "", its.reason, its.facts]
        for flag, its in sorted(accepted.items())
    }
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def unpack(packed: str) -> dict[str, Acceptance]:
    """By flag, what `Deal.accepted` holds."""
    return {
        flag: Acceptance(date.fromisoformat(until) if until else None, reason, told)
        for flag, (until, reason, told) in (json.loads(packed) if packed else {}).items()
    }


def accepted_now(deal: Deal, today: date) -> dict[str, Acceptance]:
    """By flag, those that rest on a day."""
    if not deal.accepted:
        return {}
    now = facts(deal)
    return {
        flag: its
        for flag, its in unpack(deal.accepted).items()
        if its.facts == now and (its.until is None or today < its.until)
    }


def settled(deal: Deal, flags: Iterable[str], until: date | None, reason: str) -> str:
    """`Deal.accepted` with more flags settled; what has lapsed because the facts changed is left out."""
    now = facts(deal)
    kept = {flag: its for flag, its in unpack(deal.accepted).items() if its.facts == now}
    return pack({**kept, **dict.fromkeys(flags, Acceptance(until, reason, now))})


def raised(deal: Deal, flags: Iterable[str]) -> str:
    """`Deal.accepted` without some flags."""
    gone = set(flags)
    return pack({flag: its for flag, its in unpack(deal.accepted).items() if flag not in gone})
