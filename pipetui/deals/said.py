"""What is written down about a deal in a forecast call."""

from datetime import date
from typing import Final, NamedTuple


class Said(NamedTuple):
    """What was written down about a deal in a call; "" is nothing."""

    reason: str = ""
    """Of the rep: why this category although facts contradict it, or why another one than last time."""
    override_reason: str = ""
    """Of the manager: why another one than the rep's."""
    condition: str = ""
    """Of a best case: what has to be met …"""
    condition_by: date | None = None
    """… by when …"""
    condition_owner: str = ""
    """… and by whom."""
    note: str = ""


NOTHING_SAID: Final = Said()
