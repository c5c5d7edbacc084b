"""The words of the filter language, English and French, whichever language is in use."""

from collections.abc import Mapping
from typing import Final

from pipetui.deals.text import fold

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "owner": ("owner", "commercial", "commerciale", "propriétaire"),
    "account": ("account", "compte", "client"),
    "name": ("name", "nom"),
    "stage": ("stage", "étape"),
    "team": ("team", "équipe"),
    "source": ("source",),
    "segment": ("segment",),
    "category": ("category", "cat", "catégorie"),
    "flag": ("flag", "drapeau", "signal"),
    "status": ("status", "statut"),
    "is": ("is", "est"),
    "amount": ("amount", "montant"),
    "close": ("close", "clôture"),
    "age": ("age", "âge"),
    "days": ("days", "in", "jours", "depuis"),
}
"""Field → the names it goes by."""

CHOICES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "category": {
        "commit": ("commit",),
        "best_case": ("best case", "bestcase"),
        "upside": ("upside",),
        "omitted": ("omitted", "omise", "hors forecast"),
        "unclassified": ("unclassified", "none", "non classée", "aucune"),
    },
    "flag": {
        "stalled": ("stalled", "stale", "dormante"),
        "idle": ("idle", "stale", "inactive"),
        "overdue": ("overdue", "dépassée", "date dépassée"),
        "late_action": ("late action", "action en retard", "retard"),
        "no_next_step": ("no next step", "sans prochaine action"),
        "weak": ("weak", "weakly qualified", "mal qualifiée"),
        "unpriced": ("unpriced", "sans montant"),
        "high": ("high", "severe", "grave"),
        "medium": ("medium", "warning", "moyen"),
        "low": ("low", "notice", "faible"),
        "any": ("any", "tous"),
        "none": ("none", "aucun"),
    },
    "status": {
        "open": ("open", "ouverte", "en cours"),
        "won": ("won", "gagnée"),
        "lost": ("lost", "perdue"),
    },
    "is": {
        "missing": ("missing", "absente", "manquante"),
        "nurture": ("nurture", "nurturing", "en veille"),
        "unpriced": ("unpriced", "sans montant"),
        "flagged": ("flagged", "signalée"),
        "open": ("open", "ouverte", "en cours"),
        "won": ("won", "gagnée"),
        "lost": ("lost", "perdue"),
    },
}
"""Field → value → the words for it; the beginning of one is enough. "stale" is stalled or idle."""

CLOSES: Final[Mapping[str, tuple[str, ...]]] = {
    "overdue": ("overdue", "dépassée", "late"),
    "today": ("today", "aujourd'hui"),
    "week": ("week", "semaine"),
    "month": ("month", "mois"),
    "quarter": ("quarter", "trimestre"),
    "year": ("year", "année"),
    "none": ("none", "unknown", "aucune", "inconnue"),
}
"""Meaning → the words that may follow `close:`."""

UNITS: Final[Mapping[str, str]] = {"d": "d", "j": "d", "w": "w", "s": "w", "m": "m", "y": "y", "a": "y"}
"""Letter after a number of days, weeks, months or years → its meaning."""

FIELD_OF: Final = {fold(name): field for field, names in KEYS.items() for name in names}
CLOSE_OF: Final = {fold(name): meaning for meaning, names in CLOSES.items() for name in names}


def values_of(field: str, beginning: str) -> frozenset[str]:
    """The values of a field that have a word with this folded beginning."""
    return frozenset(
        value
        for value, words in CHOICES[field].items()
        if any(fold(word).startswith(beginning) for word in words)
    )
