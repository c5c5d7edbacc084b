"""The fields that an import knows, and how one's column was found."""

from typing import Final, Literal, NamedTuple

FIELDS: Final = [
    "id", "name", "account", "owner", "team", "pipeline", "stage", "status", "amount", "currency",
    "probability", "created", "close_date", "closed", "last_activity", "last_stage_change", "next_step",
    "next_step_date", "category", "lead_source", "type", "segment", "loss_reason", "description", "need",
    "decision_makers", "budget", "timeline", "risk", "sponsor",
]  # fmt: skip
"""The fields of `--map` and of the mapping that an import reports."""

HELPERS: Final = (
    *("is_closed", "is_won", "is_lost", "is_active", "is_deleted", "updated", "won_on", "lost_on"),
    *("won_amount", "own_source", "own_reference"),
)
"""Columns that are read without being a field of a deal."""

HELPER_DATES: Final = ("updated", "won_on", "lost_on")
REJECTED: Final = ("rejected line", "rejected column", "rejected value", "rejected reason")
"""The columns that a rejects file has besides the export's own."""

How = Literal["map", "remembered", "preset", "label", "guess"]


class Match(NamedTuple):
    """A field's column."""

    position: int
    column: str
    score: float
    """1 for a given or known label, less for a guess."""
    how: How
