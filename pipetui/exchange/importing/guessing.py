"""How likely a column is a field: by the words of its label, and by what its cells hold."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from pipetui.deals.clock import Clock
from pipetui.deals.text import fold, is_placeholder
from pipetui.exchange.importing import amounts, dates, labels, words
from pipetui.exchange.importing.presets import GENERIC, PRESETS

DATES: Final = ("created", "close_date", "closed", "last_activity", "last_stage_change", "next_step_date")
LEAST: Final = 0.6
"""Lowest score of a label that is taken for a field's."""
FITS: Final = 0.7
"""Share of a column's values that must be what the field holds."""

NAMES: Final = 0.8
"""Share of a column's values that must be different from each other to be names."""

_COMMON: Final = frozenset(
    ["lead", "leads", "leada", "лид", "лида", "numer", "nummer", "nr", "номер",
     "date", "time", "name", "last", "nom", "dernier", "derniere", "derniers", "number", "numero", "fecha",
     "data", "дата", "datum", "nombre", "nome", "nazwa", "название", "имя", "next", "prochaine", "prochain",
     "projected", "anticipated", "planned", "probable",
     "expected", "prevu", "prevue", "previsto", "prevista", "estimated", "estime", "estimee",
     "previsionnel", "previsionnelle", "esperado", "esperada", "estimado", "estimada", "planowana",
     "oczekiwana", "przewidywana", "планируемая", "ожидаемая", "предполагаемая", "плановая", "current",
     "code", "ultima", "ultimo",
     "dnia", "последняя", "последнего", "время", "hora", "heure", "zeit", "ostatnia", "ostatniej"]
)  # fmt: skip
"""Words that tell nothing by themselves."""
_OF_NEXT: Final = frozenset(["next_step", "next_step_date"])
_LAST: Final = frozenset(
    map(
        fold,
        ["last", "latest", "dernier", "dernière", "último", "última", "ostatni", "ostatnia", "ostatnie",
         "последний", "последняя", "последнее"],
    )
)  # fmt: skip
_NEXT: Final = frozenset(
    map(
        fold,
        ["next", "prochain", "prochaine", "próximo", "próxima", "siguiente", "następny", "następna",
         "następne", "kolejny", "kolejna", "kolejne", "следующий", "следующая", "следующее", "ближайшее"],
    )
)  # fmt: skip
_STAGED: Final = frozenset(
    map(
        fold,
        ["stage", "phase", "step", "étape", "stade", "etapa", "fase", "этап", "стадия", "etap", "faza",
         "stufe"],
    )
)  # fmt: skip
_NAMING: Final = frozenset(
    map(
        fold,
        ["name", "title", "subject", "job", "project", "nom", "titre", "sujet", "objet", "intitulé",
         "projet", "nombre", "título", "asunto", "proyecto", "negocio", "nazwa", "tytuł", "temat", "projekt",
         "название", "наименование", "тема", "проект", "предмет"],
    )
)  # fmt: skip
_OF_PEOPLE: Final = frozenset(
    map(
        fold,
        ["contact", "person", "email", "phone", "contacto", "persona", "correo", "teléfono", "personne",
         "téléphone", "kontakt", "osoba", "telefon", "контакт", "лицо", "телефон", "company", "client",
         "société", "empresa", "firma", "компания", "file", "campaign"],
    )
)  # fmt: skip
_NUMBERED: Final = frozenset(
    map(fold, ["no", "nr", "number", "numéro", "número", "numer", "номер", "id", "ref", "code", "código"])
)
_STAGES_AT_MOST: Final = 30
_STEM: Final = 5
"""Letters at the beginning that two forms of one word share at least."""
_TYPO: Final = 0.88
"""How alike two words are of which one may be the other with a typing error."""
_SAMPLE: Final = 500
_ENOUGH: Final = 5_000
"""Cells that hold anything among which the sample is taken."""
_FLAGS: Final = frozenset(["is_closed", "is_won", "is_lost", "is_active", "is_deleted"])
_LOOSE_DATES: Final = frozenset(
    [
        "created",
        "close_date",
        "closed",
        "last_activity",
        "last_stage_change",
        "next_step_date",
        "updated",
        "won_on",
        "lost_on",
    ]
)
"""Dates whose labels may mean something else: "Closed" a yes or no, "Next activity" a phone call."""
_SUMS: Final = frozenset(
    map(
        fold,
        ["amount", "value", "revenue", "montant", "valeur", "importe", "monto", "valor", "сумма", "стоимость",
         "выручка", "бюджет", "kwota", "wartość", "przychód", "betrag", "wert", "importo", "valore"],
    )
)  # fmt: skip
_OTHER_SUMS: Final = frozenset(
    map(
        fold,
        ["weighted", "pondéré", "pondérée", "pond", "ponderado", "ponderada", "взвешенная", "взвешенный",
         "взвешенное", "взвеш", "ważona", "ważony", "ważone", "prorated", "prorata", "proporcjonalny",
         "gewichtet", "gewichteter", "ponderato", "cost", "coût", "costo", "coste", "koszt", "себестоимость",
         "tax", "vat", "tva", "iva", "ндс", "mwst", "margin", "marge", "margen", "маржа", "marża", "discount",
         "remise", "descuento", "скидка", "rabat", "currency", "devise", "moneda", "divisa", "валюта",
         "waluta", "count", "quantity", "quota", "paid", "invoiced", "payé", "facturé", "оплачено",
         "pagado", "facturado", "opłacono", "annual", "lifetime"],
    )
)  # fmt: skip
"""What sums are that are not the deal's: weighted by its probability, costs, taxes, margins."""
_WORDY: Final = frozenset(
    ["name", "account", "owner", "team", "pipeline", "stage", "status", "next_step", "lead_source"]
)  # fmt: skip
"""Fields whose values are words and neither numbers nor dates."""


_CHANCES: Final = (
    "prob",
    "chance",
    "reussite",
    "likelihood",
    "confidence",
    "prawdop",
    "вероятн",
    "wahrsch",
    "confianza",
)
_NOT_LETTER: Final = re.compile(r"[\W\d_]+")
_PLAIN_DATES: Final = frozenset(["date", "fecha", "дата", "data", "datum"])


def likeness(name: str, label: str) -> float:
    """How much a label's words are like the best of a field's labels, 0–1; two forms of a word are alike."""
    found = labels.words(label)
    if not found or found <= _COMMON or ("id" in found and name != "id"):
        return 0.0
    if name == "amount" and found & _OTHER_SUMS:
        return 0.0
    if (name in _OF_NEXT and found & _LAST) or (name == "last_activity" and found & _NEXT):
        return 0.0
    if name == "last_activity" and found & _OF_PEOPLE and not found & (_LAST | _PLAIN_DATES):
        return 0.0  # a person, not when that person was spoken to
    return max((_score(wanted, found) for wanted in _vocabulary().get(name, ())), default=0.0)


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], ...]]:
    return {
        name: tuple({found for label in names if (found := labels.words(label)) and not found <= _COMMON})
        for name, names in GENERIC.fields.items()
    }


def _score(wanted: frozenset[str], found: frozenset[str]) -> float:
    total = 0.0
    for word in wanted:
        best = 1.0 if word in found else max(_alike(word, other) for other in found)
        if not best and word not in _COMMON:
            return 0.0
        total += best * _weight(word)
    return total / max(sum(map(_weight, wanted)), sum(map(_weight, found)))


def _weight(word: str) -> float:
    return 0.5 if word in _COMMON else 1.0


@lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> float:
    """1 for one word, 0.9 for two forms of it or a typing error, else 0."""
    shorter = min(len(one), len(other))
    if shorter < _STEM:
        return 0.0
    shared = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    if shared >= _STEM and shared > 0.72 * max(len(one), len(other)):
        return 0.9
    if 2 * shorter < _TYPO * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    return 0.9 if matcher.quick_ratio() >= _TYPO and matcher.ratio() >= _TYPO else 0.0


def fits(values: Sequence[str], name: str, clock: Clock) -> bool:
    """Whether a guessed column's values are what the field holds; an empty column fits."""
    told = _told(values)
    if not told:
        return True
    if name in DATES:
        return _share(told, lambda value: dates.parse_day(value, "dmy", clock) is not None) >= FITS
    if name in ("amount", "probability"):
        return _share(told, _is_number) >= FITS
    if name == "currency":
        return _share(told, _is_currency) >= FITS
    if name in _WORDY:
        return _share(told, lambda value: _is_number(value) or _is_date(value, clock)) < FITS
    return True


def contradicts(values: Iterable[str], name: str, clock: Clock) -> bool:
    """Whether what a column holds is something else than its label says of a field; blanks say nothing."""
    told = [text for text in _told(values) if not words.is_empty(text)]
    if not told:
        return False
    if name in _FLAGS:
        return _share(told, lambda value: words.boolean(value) is not None) < FITS
    if name in _LOOSE_DATES:
        return not any(_is_date(value, clock) or dates.parse_span(value) for value in told)
    if name in ("next_step", "stage", "status", "loss_reason", "lead_source"):
        return all(_is_date(value, clock) for value in told)
    if name == "probability":
        return not any(map(_is_number, told))
    if name == "name":
        return len(told) > 1 and all(map(_is_number, told))
    if name == "category":
        return not any(map(words.is_category, told))
    if name in ("amount", "won_amount"):
        return len(told) > 1 and not any(map(_is_number, told))
    return name == "currency" and len(told) > 1 and not any(map(_is_currency, told))


def names_an_amount(label: str) -> bool:
    """Whether a label speaks of a sum of money that may be the deal's."""
    found = labels.words(label)
    return bool(found & _SUMS) and not found & _OTHER_SUMS


def names_a_stage(label: str) -> bool:
    """Whether a label speaks of a stage."""
    return bool(labels.words(label) & _STAGED)


def are_stages(values: Sequence[str], clock: Clock) -> bool:
    """Whether a column's values are a few words that come again and again."""
    told = [text for value in values if (text := value.strip())]
    distinct = set(told)
    return 1 < len(distinct) <= min(_STAGES_AT_MOST, len(told) / 2) and fits(told, "stage", clock)


def names_a_deal(label: str) -> bool:
    """Whether a label speaks of a name that may be the deal's."""
    said = frozenset(_NOT_LETTER.split(fold(label)))
    return bool(said & _NAMING) and not said & _OF_PEOPLE


def names_a_number(label: str) -> bool:
    """Whether a label speaks of a number or a code."""
    return bool(frozenset(_NOT_LETTER.split(fold(label))) & _NUMBERED)


def names_a_chance(label: str) -> bool:
    """Whether a label speaks of how likely a deal is."""
    return any(word.startswith(_CHANCES) for word in labels.words(label))


def are_chances(values: Sequence[str]) -> bool:
    """Whether a column holds percentages or shares."""
    told = [amounts.parse_number(value, None) for value in _told(values)]
    return bool(told) and all(number is not None and 0 <= number.value <= 100 for number in told)


def is_plain_date(label: str) -> bool:
    """Whether a label says that there is a date, and not which."""
    return fold(label) in _PLAIN_DATES


def days(values: Sequence[str], clock: Clock) -> tuple[int, int]:
    """How many of a column's values are past days, and how many are later: none of words."""
    told = [value for value in _told(values) if not words.is_empty(value)]
    # Numbers alone may be post codes.
    found = [
        day
        for value in told
        if not value.isdecimal() and isinstance(day := dates.parse_day(value, "dmy", clock), date)
    ]
    if len(found) < FITS * len(told):
        return 0, 0
    later = sum(day > clock.today() for day in found)
    return len(found) - later, later


def tells_apart(values: Sequence[str], clock: Clock) -> bool:
    """Whether a column's values are words and hardly ever the same, as names are."""
    told = [text for value in values if (text := value.strip())]
    return 2 * len(told) > len(values) and len(set(told)) >= NAMES * len(told) and fits(told, "name", clock)


def is_numeric(values: Sequence[str]) -> bool:
    """Whether a column holds numbers."""
    told = _told(values)
    return bool(told) and _share(told, _is_number) >= FITS


def is_money(values: Sequence[str]) -> bool:
    """Whether a column holds numbers with currencies."""
    told = _told(values)
    return (
        bool(told)
        and _share(told, lambda value: bool((n := amounts.parse_number(value, None)) and n.currency)) >= FITS
    )


def are_currencies(values: Sequence[str]) -> bool:
    """Whether a column holds the names of currencies and nothing else."""
    told = _told(values)
    return bool(told) and all(amounts.currency_code(value) and len(value) <= 30 for value in told)


def stages_told(values: Sequence[str]) -> float:
    """Share of a column's distinct values that are stages some CRM comes with, or say won or lost."""
    distinct = {fold(value) for value in islice(filter(None, values), 5_000)}
    if not 1 < len(distinct) <= 40:
        return 0.0
    return _share(sorted(distinct), lambda value: value in _stages() or words.closed_kind(value) is not None)


@cache
def _stages() -> frozenset[str]:
    return frozenset(
        fold(name) for preset in PRESETS.values() for stage in preset.stages for name in stage.names
    )


def _told(values: Iterable[str]) -> list[str]:
    """The first distinct values that say something."""
    some = dict.fromkeys(islice(filter(None, values), _ENOUGH))
    return list(islice((text for value in some if not is_placeholder(text := value.strip())), _SAMPLE))


def _share(values: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, values)) / len(values)


def _is_number(value: str) -> bool:
    return amounts.parse_number(value, None) is not None


def _is_currency(value: str) -> bool:
    is_code = len(value) == 3 and value.isascii() and value.isupper()
    return is_code or amounts.currency_code(value) is not None


def _is_date(value: str, clock: Clock) -> bool:
    return isinstance(dates.parse_day(value, "dmy", clock), date)
