"""Which columns of a table tell the past of deals, in the words of five languages, and in which shape."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal

from pipetui.exchange.importing import labels
from pipetui.exchange.importing.presets import GENERIC

Shape = Literal["moves", "fields", "stays", "states"]
"""From stage to stage · one field, old and new · a stage, entered and left · what a deal was like when."""

_WORDS: Final[Mapping[str, str]] = {
    "deal": "item id"
    " | opportunity id | deal id | opportunityid | record id | external id | id de l'opportunité"
    " | id opportunité | id affaire | id de l'affaire | id de fiche d'informations | id de la transaction"
    " | id de oportunidad | id de la oportunidad | id del negocio | id de negocio | id del trato"
    " | id de registro | id сделки | ид сделки | идентификатор сделки | id возможности"
    " | идентификатор возможности | номер сделки | id szansy | id szansy sprzedaży | id transakcji"
    " | id deala | identyfikator szansy | identyfikator transakcji | identyfikator rekordu | numer szansy",
    "name": "title | titre | título | tytuł | название | nazwa"
    " | opportunity name | deal name | deal title | deal | opportunity | nom de l'opportunité"
    " | opportunité | affaire | nom de l'affaire | nom de la transaction | nombre de la oportunidad"
    " | nombre de oportunidad | oportunidad | nombre del negocio | negocio | trato | название сделки | сделка"
    " | название возможности | возможность | nazwa szansy | szansa | nazwa transakcji | transakcja"
    " | nazwa deala",
    "from": "from stage | previous stage | old stage | stage from | from | ancienne étape | de l'étape"
    " | étape précédente | ancienne phase | phase précédente | étape de départ | etapa anterior"
    " | desde la etapa | de la etapa | desde | из стадии | из этапа | предыдущая стадия | предыдущий этап"
    " | старая стадия | старый этап | с этапа | poprzedni etap | z etapu | stary etap | etap poprzedni",
    "to": "to stage | new stage | stage to | to | nouvelle étape | à l'étape | nouvelle phase"
    " | étape d'arrivée | nueva etapa | a la etapa | etapa nueva | hasta la etapa | hasta | в стадию | в этап"
    " | на этап | новая стадия | новый этап | nowy etap | do etapu | etap nowy",
    "field": "field / event | field | field name | changed field | modified field | property | attribute"
    " | event | event type | change | champ / événement | champ | champ modifié | modification"
    " | type de modification | événement | changement | campo / evento | campo | campo modificado | evento"
    " | cambio | tipo de cambio | propiedad | поле / событие | поле | событие | тип события | изменение"
    " | тип изменения | pole / zdarzenie | pole | zdarzenie | zmiana | typ zmiany | rodzaj zmiany",
    "old": "previous value | value before | before | from value | valeur précédente | avant"
    " | valor previo | antes | предыдущее значение | значение до | было | wartość przed | przed zmianą"
    " | old value | oldvalue | ancienne valeur | valor anterior | valor antiguo | старое значение"
    " | прежнее значение | stara wartość | poprzednia wartość",
    "new": "new value | newvalue | value after | after | to value | nouvelle valeur | après | valor nuevo"
    " | nuevo valor | después | новое значение | значение после | стало | nowa wartość | wartość po"
    " | po zmianie",
    "entered": "date entered | entered | entered at | entered on | entered date | entry date | stage entered"
    " | entered stage | date d'entrée | entrée | entré le | entrée le | début | fecha de entrada | entrada"
    " | дата входа | вход | дата начала | начало | data wejścia | wejście | data rozpoczęcia | początek",
    "exited": "date exited | exited | exited at | exited on | exited date | exit date | left | left at"
    " | date de sortie | sortie | sorti le | sortie le | fin | fecha de salida | salida | дата выхода | выход"
    " | дата окончания | конец | data wyjścia | wyjście | data zakończenia | koniec",
    "at": "transition date | changed at | change date | changed on | edit date | last modified"
    " | last modified date | timestamp | at | date | createddate | moved at | moved on | when | time"
    " | date and time | horodatage | date et heure | fecha y hora | дата и время | когда | data i czas"
    " | data i godzina | date de modification"
    " | date de changement | date du changement | date de transition | date de passage | modifié le"
    " | fecha de cambio | fecha del cambio | fecha de modificación | fecha de edición | última modificación"
    " | modificado el | fecha | дата изменения | дата перехода | дата смены этапа | дата смены стадии"
    " | дата редактирования | изменено | дата | data zmiany | data modyfikacji | data edycji"
    " | data przejścia | zmieniono | data | fivetran start",
    "stage": "stagename | stage name | deal stage | stage | étape | phase | phase de la transaction | etapa"
    " | fase | стадия | этап | стадия сделки | этап сделки | etap | etap szansy | etap transakcji"
    " | etap deala",
}

_DUMPS: Final[tuple[tuple[frozenset[str], Mapping[str, str]], ...]] = (
    (frozenset({"dealid", "value", "dateentered"}), {"stage": "value"}),
    (frozenset({"dealid", "timestamp", "value", "name"}), {"field": "name", "new": "value"}),
    (frozenset({"fivetranstart", "fivetranend", "stagename"}), {"deal": "id"}),
)
"""Columns of a warehouse's tables → what some of them are there, whatever they are called."""

_STATES: Final = (
    frozenset({"opportunityhistorykey"}),
    frozenset({"opportunityid", "createddate", "stagename", "systemmodstamp"}),
)
"""Columns that only a list of what deals were like when has."""

_FIELDS: Final[Mapping[str, str]] = {
    "stage": "dealstage",
    "amount": "amount | betrag",
    "close_date": "closedate",
    "created": "created | created. | créé | créée | creado | creada | создано | создана | utworzono"
    " | utworzona",
}
"""What the rows of a field history are about, besides the labels of such columns."""


_CHANGES: Final = (
    *("change", "changing", "modif", "update", "mis", "jour", "cambi", "actualiz", "измен", "смен", "обновл"),
    *("zmian", "zmien", "aktualiz", "moved", "edit"),
)
_CLOSINGS: Final = ("clos", "clotur", "fermeture", "cierre", "закрыт", "zamkn")
_STEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "stage": ("stage", "etap", "phase", "fase", "faza", "этап", "стади"),
    "amount": ("amount", "value", "montant", "valeur", "importe", "monto", "valor", "сумм", "бюджет",
               "стоимост", "kwot", "wartosc"),
}  # fmt: skip
"""Beginnings of words by which a log tells what changed: "Stage changed", "Изменение этапа"."""


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """What a table tells of the past → its column."""
    positions: dict[str, int] = {}
    for index, label in enumerate(header):
        if label:
            positions.setdefault(labels.key(label), index)
    found: dict[str, int] = {}
    for telling, columns in _DUMPS:
        if telling <= positions.keys():
            found.update({name: positions[key] for name, key in columns.items() if key in positions})
            break
    for name, keys in _vocabulary().items():
        if name not in found:
            free = (positions[key] for key in keys if key in positions)
            position = next((position for position in free if position not in found.values()), None)
            if position is not None:
                found[name] = position
    return found


def shape_of(columns: Mapping[str, int]) -> Shape | None:
    """In which shape columns tell the past; `None` if they do not."""
    if "from" in columns and "to" in columns and "at" in columns:
        return "moves"
    if "field" in columns and "new" in columns and "at" in columns:
        return "fields"
    placed = "stage" in columns or "to" in columns
    if placed and "entered" in columns:
        return "stays"
    return "states" if placed and "at" in columns else None


def is_history(header: Sequence[str]) -> bool:
    """Whether a table tells the past of deals rather than what they are."""
    keys = frozenset(labels.key(label) for label in header if label)
    if any(telling <= keys for telling, _columns in _DUMPS) or any(telling <= keys for telling in _STATES):
        return True
    columns = columns_of(header)
    if "deal" not in columns and "name" not in columns:
        return False
    shape = shape_of(columns)
    return shape in ("moves", "fields") or (shape == "stays" and "exited" in columns)


def is_label(cell: str) -> bool:
    """Whether a cell is a column label of a history."""
    return 0 < len(cell) <= 80 and labels.key(cell) in _all_keys()


def field_of(text: str) -> str | None:
    """What a row of a field history is about: stage, amount, close_date or created; `None` for the rest."""
    key = labels.key(text)
    found = next((name for name, keys in _field_keys().items() if key in keys), None)
    if found:
        return found
    rest = [word for word in labels.words(text) if not word.startswith(_CHANGES)]
    if any(word.startswith(_CLOSINGS) for word in rest):
        return "close_date"
    return next(
        (name for name, stems in _STEMS.items() if len(rest) == 1 and rest[0].startswith(stems)), None
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(labels.key, text.split(" | "))))


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    words = {name: _keys(text) for name, text in _WORDS.items()}
    return words | {name: GENERIC.keys[name] for name in ("amount", "close_date")}


@cache
def _all_keys() -> frozenset[str]:
    return frozenset(key for keys in _vocabulary().values() for key in keys)


@cache
def _field_keys() -> dict[str, frozenset[str]]:
    vocabulary = _vocabulary()
    return {name: frozenset((*_keys(text), *vocabulary.get(name, ()))) for name, text in _FIELDS.items()}
