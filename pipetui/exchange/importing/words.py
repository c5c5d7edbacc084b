"""What the words in an export mean: statuses, won and lost stages, booleans, categories, nobody."""

import re
from functools import lru_cache

from pipetui.deals.category import Category
from pipetui.deals.deal import Status
from pipetui.deals.text import fold, is_placeholder

_NOT_WORD = re.compile(r"[\W\d_]+")

_WON = frozenset(
    [
        "won", "win", "gagne", "gagnee", "gagnes", "gagnees", "signe", "signee", "ganado", "ganada",
        "ganados", "gewonnen", "closedwon", "wygrana", "wygrane", "wygrany", "выиграна", "выиграно",
        "выигран",
    ]
)  # fmt: skip
_LOST = frozenset(
    [
        "lost", "loss", "perdu", "perdue", "perdus", "perdues", "dead", "perdido", "perdida", "perdidos",
        "verloren", "closedlost", "przegrana", "przegrane", "przegrany", "utracona", "проиграна",
        "проиграно", "проигран",
    ]
)  # fmt: skip
_CLOSED = frozenset(
    [
        "closed", "close", "deal", "deals", "opportunity", "ferme", "fermee", "fermes", "cloture",
        "cloturee", "cloturees", "affaire", "transaction", "opportunite", "cerrado", "cerrada", "cerrados",
        "abgeschlossen", "geschlossen", "closing", "zamkniete", "zamknieta", "закрыто", "закрыта",
        "status",
    ]
)  # fmt: skip
_LOST_FIRST = re.compile(
    r"(?:(?:closed|ferme|fermee|cloture|cloturee)\s+)?(?:lost|loss|perdu|perdue)\b(?!\s+(?:lead|contact))"
)
_WON_FIRST = re.compile(r"(?:closed won|ferme gagne|fermee gagnee|cloture gagne|cloturee gagnee)\b")

_STATUS: dict[str, Status] = dict.fromkeys(
    [
        "in progress", "ongoing", "pending", "ouvert", "ouverte", "en cours", "actif", "active", "open",
        "opened", "abierto", "abierta", "offen", "otwarta", "otwarte", "открыта", "открыто", "в работе",
        "en curso", "w toku", "working", "new", "nouveau", "nouvelle",
    ],
    "open",
)  # fmt: skip
_TRUE = frozenset(
    [
        "true", "1", "1.0", "yes", "y", "t", "vrai", "oui", "o", "x", "si", "sí", "wahr", "ja", "da",
        "tak", "on", "checked", "✓", "✔", "да",
    ]
)  # fmt: skip
_FALSE = frozenset(
    [
        "false", "0", "0.0", "no", "n", "f", "faux", "non", "falso", "falsch", "nein", "nie", "off",
        "unchecked", "нет",
    ]
)  # fmt: skip

_CATEGORY = {
    **dict.fromkeys(
        ["commit", "committed", "commit forecast", "engagement", "engage", "engagee", "validation",
         "valide", "certain"],
        Category.COMMIT,
    ),
    **dict.fromkeys(
        ["best case", "bestcase", "best case forecast", "meilleur cas", "meilleur des cas",
         "meilleur scenario", "hypothese optimiste", "optimiste", "most likely", "mostlikely", "probable",
         "plus probable", "le plus probable"],
        Category.BEST_CASE,
    ),
    **dict.fromkeys(["upside", "potentiel", "a surveiller"], Category.UPSIDE),
    **dict.fromkeys(
        ["omitted", "omit", "omis", "omise", "exclu", "exclue", "not forecasted", "not forecast",
         "dont forecast", "non prevu", "non prevue", "ne pas prevoir", "hors prevision"],
        Category.OMITTED,
    ),
}  # fmt: skip
_UNCLASSIFIED = frozenset(
    ["pipeline", "open pipeline", "closed", "closed won", "closed lost", "ferme", "fermee", "cloture",
     "cloturee", "pipe", "non classe", "unclassified", "in pipeline"]
)  # fmt: skip
_NOBODY = frozenset(
    ["nobody", "no owner", "unassigned", "not assigned", "non assigne", "non assignee", "non attribue",
     "non attribuee", "personne", "aucun proprietaire", "sans proprietaire", "(none)",
     "sin asignar", "nicht zugewiesen"]
)  # fmt: skip
_NULLS = frozenset(["#n/a", "#n/d", "#na", "#nv", "#null!", "(blank)", "(vide)", "\\n", "<null>", "(null)"])


@lru_cache(maxsize=4096)
def closed_kind(name: str) -> Status | None:
    """Whether a stage's name says won or lost, in any of a few languages; `None` if it says neither."""
    folded = fold(name)
    bare = " ".join(_NOT_WORD.sub(" ", folded).split())
    if not bare:
        return None
    if _WON_FIRST.match(bare):
        return "won"
    if _LOST_FIRST.match(bare):
        return "lost"
    said = set(bare.split())
    if said <= _WON | _CLOSED and said & _WON:
        return "won"
    if said <= _LOST | _CLOSED and said & _LOST:
        return "lost"
    return None


@lru_cache(maxsize=4096)
def status(text: str) -> Status | None:
    """The status that a status column's word means; `None` if it is no such word."""
    return _STATUS.get(fold(text).strip(" .!")) or closed_kind(text)


def boolean(text: str) -> bool | None:
    """True, false, or `None` for an empty or unknown word."""
    folded = fold(text)
    return True if folded in _TRUE else False if folded in _FALSE else None


def category(text: str) -> Category | None:
    """The forecast category a CRM's word means; a mere "Pipeline" has not been classified by anybody."""
    return _CATEGORY.get(" ".join(_NOT_WORD.sub(" ", fold(text).replace("'", "")).split())) or _CATEGORY.get(
        fold(text)
    )


def is_category(text: str) -> bool:
    """Whether a word is one of a CRM's forecast categories, those without a counterpart here included."""
    return category(text) is not None or fold(text) in _UNCLASSIFIED


def is_nobody(text: str) -> bool:
    """Whether an owner's name means that there is none."""
    return is_placeholder(text) or fold(text) in _NOBODY


def is_null(text: str) -> bool:
    """Whether a cell is a spreadsheet's or a database's way to write nothing, whatever the column."""
    return fold(text) in _NULLS
