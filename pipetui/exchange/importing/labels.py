"""Column labels, and what they are compared by: "StageName" and "Deal - Stage name" are alike."""

import re
from functools import lru_cache

from pipetui.deals.text import fold
from pipetui.exchange.importing import amounts

_PREFIX = re.compile(
    r"^(?:deal|affaire|opportunity|opportunite|trato|negocio|oportunidad|oportunidade|сделка|transakcja|szansa"
    r"|szansa sprzedazy|geschaft|trattativa|affare)(?:\s+[-–]|\s*:)\s+|^property\s+"
)
_YES_NO = re.compile(r"\s*\((?:o|oui|y|yes|s|si|да|tak|t|j|ja)\s?/\s?(?:n|no|non|нет|nie|nein)\)$")
_CUSTOM = re.compile(r"(?<=\w)_{1,2}c$")
_NOT_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FILLERS = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "of", "the", "a", "an", "en", "et", "and", "to", "del",
     "el", "los", "las", "al", "y", "e", "da", "do", "das", "dos", "di", "della", "dell", "il", "der",
     "die", "das", "des", "von", "am", "zum", "im", "und", "w", "z", "na", "o", "i", "po", "с", "в", "и",
     "по",
     "на", "за", "к"]
)  # fmt: skip
_TAXES = frozenset(
    ["ht", "ttc", "hors", "taxe", "taxes", "net", "netto", "brutto", "vat", "excl", "incl", "iva", "sin",
     "con", "ндс", "без", "mwst"]
)  # fmt: skip
_DOMAIN = frozenset(
    ["deal", "deals", "opportunity", "opportunities", "opp", "affaire", "affaires", "opportunite",
     "opportunites", "transaction", "negocio", "trato", "oportunidad", "oportunidade", "сделка", "сделки",
     "сделке", "возможности", "возможность", "szansy", "szansa", "szanse", "transakcji", "sprzedazy", "deala",
     "opportunita", "trattativa", "affare", "sales", "vente", "ventas", "venta", "продаж", "продажи"]
)  # fmt: skip
"""Words that any label of a deal list may have besides its own."""


@lru_cache(maxsize=8192)
def key(header: str) -> str:
    """What a label is looked up by: its letters and digits, without a CRM's prefix or suffix."""
    return _NOT_WORD.sub("", _bare(header).replace("%", "pct").replace("#", "no"))


@lru_cache(maxsize=8192)
def keys(header: str) -> tuple[str, ...]:
    """What a label is looked up by, the surest first: as it stands, then without a unit such as (k€)."""
    return tuple(dict.fromkeys(filter(None, (key(header), key(amounts.unit(header).label)))))


@lru_cache(maxsize=8192)
def loose(header: str) -> str:
    """A label's key without little words and taxes: "Nombre oportunidad" is "Nombre de la oportunidad"."""
    parts = _NOT_WORD.split(_bare(amounts.unit(header).label))
    return "".join(part for part in parts if part not in _FILLERS and part not in _TAXES)


@lru_cache(maxsize=8192)
def words(header: str) -> frozenset[str]:
    """The words of a label that tell; camel case and underscores separate words."""
    parts = _NOT_WORD.split(_bare(_CAMEL.sub(" ", amounts.unit(header).label)))
    found = frozenset(part for part in parts if part) - _FILLERS
    return found - _DOMAIN or found


def _bare(header: str) -> str:
    return _PREFIX.sub("", _YES_NO.sub("", fold(_CUSTOM.sub("", header.strip())).replace("ł", "l")))
