"""The words of the filter language, English and French: whichever language is in use, both are understood."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from pipetui.deals.text import fold
from pipetui.language import current


class Words(NamedTuple):
    """What something is called; the first word of a language is the one that is told."""

    english: tuple[str, ...]
    french: tuple[str, ...] = ()
    """Empty: as in English."""

    @property
    def all(self) -> tuple[str, ...]:
        """The words of both languages."""
        return self.english + self.french

    @property
    def told(self) -> str:
        """The word for a reader of the language in use, so that it can be typed without quotes."""
        words = self.french if current() == "fr" and self.french else self.english
        return words[0].replace(" ", "_")


KEYS: Final[Mapping[str, Words]] = {
    "owner": Words(("owner",), ("commercial", "commerciale", "propriétaire")),
    "account": Words(("account",), ("compte", "client")),
    "name": Words(("name",), ("nom",)),
    "stage": Words(("stage",), ("étape",)),
    "team": Words(("team",), ("équipe",)),
    "source": Words(("source",)),
    "segment": Words(("segment",)),
    "category": Words(("category", "cat"), ("catégorie",)),
    "flag": Words(("flag",), ("signal", "drapeau")),
    "status": Words(("status",), ("statut",)),
    "is": Words(("is",), ("est",)),
    "amount": Words(("amount",), ("montant",)),
    "close": Words(("close",), ("clôture",)),
    "age": Words(("age",), ("âge",)),
    "days": Words(("days", "in"), ("jours", "depuis")),
}
"""Field → the names it goes by."""

_STATUSES: Final[Mapping[str, Words]] = {
    "open": Words(("open",), ("ouverte", "en cours")),
    "won": Words(("won",), ("gagnée",)),
    "lost": Words(("lost",), ("perdue",)),
}

CHOICES: Final[Mapping[str, Mapping[str, Words]]] = {
    "category": {
        "commit": Words(("commit",)),
        "best_case": Words(("best case", "bestcase")),
        "upside": Words(("upside",)),
        "omitted": Words(("omitted",), ("hors forecast", "omise")),
        "unclassified": Words(("unclassified", "none"), ("non classée", "aucune")),
    },
    "flag": {
        "stalled": Words(("stalled", "stale"), ("dormante",)),
        "idle": Words(("idle", "stale"), ("inactive",)),
        "overdue": Words(("overdue",), ("dépassée", "date dépassée")),
        "gate": Words(("gate", "doubtful commit"), ("commit fragile", "fragile")),
        "late_action": Words(("late action",), ("action en retard", "retard")),
        "no_next_step": Words(("no next step",), ("sans prochaine action",)),
        "weak": Words(("weak", "weakly qualified"), ("mal qualifiée",)),
        "pushed": Words(("pushed",), ("reportée",)),
        "over_age": Words(("over age",), ("trop ancienne", "ancienne")),
        "too_soon": Words(("too soon", "closing too soon"), ("trop proche", "échéance trop proche")),
        "shrunk": Words(("shrunk",), ("en baisse", "baisse")),
        "no_sponsor": Words(("no sponsor",), ("sans sponsor",)),
        "unpriced": Words(("unpriced",), ("sans montant",)),
        "high": Words(("high", "severe"), ("grave",)),
        "medium": Words(("medium", "warning"), ("à surveiller", "moyen")),
        "low": Words(("low", "notice"), ("à noter", "faible")),
        "any": Words(("any",), ("tous",)),
        "none": Words(("none",), ("aucun",)),
    },
    "status": _STATUSES,
    "is": {
        "missing": Words(("missing",), ("absente", "manquante")),
        "nurture": Words(("nurture", "nurturing"), ("en veille",)),
        "unpriced": Words(("unpriced",), ("sans montant",)),
        "flagged": Words(("flagged",), ("signalée",)),
        **_STATUSES,
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

FIELD_OF: Final = {fold(name): field for field, names in KEYS.items() for name in names.all}
CLOSE_OF: Final = {fold(name): meaning for meaning, names in CLOSES.items() for name in names}


def told(words: Mapping[str, Words]) -> str:
    """Everything that may be written somewhere, in the language in use."""
    return ", ".join(its.told for its in words.values())


def values_of(field: str, beginning: str) -> frozenset[str]:
    """The values of a field that have a word with this folded beginning."""
    return frozenset(
        value
        for value, words in CHOICES[field].items()
        if any(fold(word).startswith(beginning) for word in words.all)
    )
