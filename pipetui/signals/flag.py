"""A flag, how severe it is, and the names of all of them."""

from enum import StrEnum
from typing import Final, NamedTuple

from pipetui.language import N_

Values = int | tuple[str, ...]
"""What a rule found: a number of days, or the names of what is missing."""


class Severity(StrEnum):
    """How bad it is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS: Final = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}

SYMBOLS: Final = {Severity.HIGH: "▲", Severity.MEDIUM: "●", Severity.LOW: "·"}
"""One cell a severity, told apart by shape."""
ASCII_SYMBOLS: Final = {Severity.HIGH: "^", Severity.MEDIUM: "*", Severity.LOW: "."}
"""The same for terminals without Unicode."""

SEVERITIES: Final = {
    "stalled": Severity.HIGH,
    "overdue": Severity.HIGH,
    "gate": Severity.HIGH,
    "idle": Severity.MEDIUM,
    "late_action": Severity.MEDIUM,
    "no_next_step": Severity.MEDIUM,
    "weak": Severity.MEDIUM,
    "pushed": Severity.MEDIUM,
    "over_age": Severity.MEDIUM,
    "too_soon": Severity.MEDIUM,
    "shrunk": Severity.MEDIUM,
    "no_sponsor": Severity.LOW,
    "unpriced": Severity.LOW,
}
"""Every flag, the worst first."""

TITLES: Final = {
    "stalled": N_("stalled"),
    "overdue": N_("overdue"),
    "gate": N_("doubtful commit"),
    "idle": N_("idle"),
    "late_action": N_("late action"),
    "no_next_step": N_("no next step"),
    "weak": N_("weakly qualified"),
    "pushed": N_("pushed"),
    "over_age": N_("over age"),
    "too_soon": N_("closing too soon"),
    "shrunk": N_("shrunk"),
    "no_sponsor": N_("no sponsor"),
    "unpriced": N_("unpriced"),
}
"""What a flag is called; translate it where it is shown."""

SEVERITY_TITLES: Final = {
    Severity.HIGH: N_("severe"),
    Severity.MEDIUM: N_("warning"),
    Severity.LOW: N_("notice"),
}


class Flag(NamedTuple):
    """A rule that a deal breaks, and by how much. Equal for all deals of which the same is to be said."""

    name: str
    severity: Severity
    values: Values
