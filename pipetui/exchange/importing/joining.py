"""Lists of accounts, users, stages and pipelines given beside the deals: ids become names.

A list is recognised by its ids: it is whatever a column of the deals refers to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from pipetui.deals.text import clean
from pipetui.exchange.importing import labels, words
from pipetui.exchange.importing.mapping import Mapping
from pipetui.exchange.importing.matching import Match
from pipetui.exchange.importing.pacing import Tick, paced
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

_REFERRING: Final = ("account", "owner", "stage", "pipeline")
"""Fields whose columns may hold ids of other lists."""
_LEAST: Final = 0.5
"""Share of the distinct references that a list must know."""
_SAMPLE: Final = 500
"""References that tell whether a column holds ids."""
_NAMES: Final = tuple(
    map(
        labels.key,
        (
            *("name", "label", "full name", "account name", "company name", "stage name", "pipeline name"),
            *("property name", "title", "nom", "nom complet", "libellé", "nom du compte", "raison sociale"),
            *(
                "nom de l'entreprise",
                "intitulé",
                "nombre",
                "nombre completo",
                "nombre de la cuenta",
                "etiqueta",
            ),
            *("nombre de la empresa", "razón social", "название", "наименование", "имя", "фио", "полное имя"),
            *("название компании", "nazwa", "nazwa konta", "nazwa firmy", "imię i nazwisko", "etykieta"),
        ),
    )
)
_FIRST: Final = frozenset(map(labels.key, ("first name", "prénom", "nombre", "имя", "imię")))
_LAST: Final = frozenset(
    map(
        labels.key,
        ("last name", "surname", "nom", "nom de famille", "apellido", "apellidos", "фамилия", "nazwisko"),
    )
)
_MAIL: Final = frozenset(map(labels.key, ("email", "e-mail", "mail", "courriel", "correo", "username")))
_FLAGS: Final = {
    "is_closed": frozenset(map(labels.key, ("is_closed", "IsClosed"))),
    "is_won": frozenset(map(labels.key, ("closed_won", "is_won", "IsWon"))),
}
"""What a list of stages tells of the deals in them."""
_DEAL_IDS: Final = frozenset(map(labels.key, ("deal_id", "DealId", "opportunity_id", "OpportunityId")))
_COMPANY_IDS: Final = frozenset(map(labels.key, ("company_id", "CompanyId", "account_id", "AccountId")))
_ID: Final = re.compile(
    r"(?=.*\d)(?:[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?|\d{3,}|[0-9a-f]{24,64}|[0-9a-f-]{36})"
)
_ID_LABEL: Final = re.compile(
    r".*(?:[a-z]I[dD]s?|\b[iI][dD]s?|_ids?)(?: \(.*\))?"
    r"|(?:ID|Id|Identifiant|Ид|Идентификатор|Identyfikator)\b.*"
)


class Joined(NamedTuple):
    """The deals of a table with names for ids."""

    table: Table
    mapping: Mapping
    used: frozenset[int]
    """Indexes of the lists that were of use."""


def join(table: Table, mapping: Mapping, lists: Sequence[Table], tick: Tick) -> Joined:
    """Put names in the place of ids, where a list knows them; ids that no list knows are no names."""
    used: set[int] = set()
    for number, other in enumerate(lists):
        if "account" not in mapping and (linked := _linked(table, mapping, other)):
            table, mapping = linked
            used.add(number)
    for name in _REFERRING:
        match = mapping.matches.get(name)
        if match is None or match.how == "map":
            continue
        said = {
            text for cell in paced({row[match.position] for row in table.rows}, tick) if (text := clean(cell))
        }
        if best := _best(match.column, said, lists):
            used.add(best.number)
            known = lists[best.number]
            if name == "stage":
                table, mapping = _flagged(table, mapping, known, best.position)
            _rename(table, mapping, name, _names(known, best.position))
        elif name in ("account", "owner") and _are_ids(match.column, said):
            del mapping.matches[name]
            mapping.warnings.append(
                _(
                    "%(column)s holds ids and no names, so it was left out: give the list that they are "
                    "from together with the deals."
                )
                % {"column": match.column}
            )
    return Joined(table, mapping, frozenset(used))


class _Best(NamedTuple):
    """The list that knows most of some references."""

    hits: int
    number: int
    position: int
    """Its column of ids."""


def _best(label: str, said: set[str], lists: Sequence[Table]) -> _Best | None:
    refers = _are_ids(label, said)
    best = _Best(0, 0, 0)
    for number, other in enumerate(lists):
        if not list(_name_columns(other)):
            continue
        for position, its in enumerate(other.header):
            if not refers and not _are_ids(its, said):
                continue  # names that both tables know: the company of a contact is not called after them
            ids = [text for row in other.rows if (text := clean(row[position]))]
            if len(set(ids)) == len(ids) and (hits := len(said.intersection(ids))) > best.hits:
                best = _Best(hits, number, position)
    return best if best.hits and best.hits >= _LEAST * len(said) else None


def _name_columns(table: Table) -> Iterator[tuple[int, ...]]:
    """The columns that name a row, the best first."""
    keys = [labels.key(label) for label in table.header]
    first = next((at for at, key in enumerate(keys) if key in _FIRST), None)
    last = next((at for at, key in enumerate(keys) if key in _LAST), None)
    if first is not None and last is not None and first != last:
        yield first, last
    yield from ((keys.index(key),) for key in _NAMES if key in keys)
    yield from ((at,) for at, key in enumerate(keys) if key in _MAIL)


def _names(table: Table, position: int) -> dict[str, str]:
    """Id → name."""
    columns = [its for its in _name_columns(table) if position not in its]
    found = {}
    for row in table.rows:
        told = (clean(" ".join(row[at] for at in its)) for its in columns)
        found[clean(row[position])] = next((name for name in told if name and not words.is_empty(name)), "")
    return found


def _rename(table: Table, mapping: Mapping, name: str, names: dict[str, str]) -> None:
    match = mapping.matches[name]
    unknown: set[str] = set()
    for row in table.rows:
        id_ = clean(row[match.position])
        if not id_:
            continue
        known = names.get(id_)
        if known:
            row[match.position] = known
        elif name in ("account", "owner"):
            row[match.position] = ""
            unknown.add(id_)
    if unknown:
        mapping.warnings.append(
            ngettext(
                "%(column)s: %(n)d id is in none of the lists given, such as “%(value)s”, and was left out.",
                "%(column)s: %(n)d ids are in none of the lists given, such as “%(value)s”, and were left "
                "out.",
                len(unknown),
            )
            % {"n": len(unknown), "column": match.column, "value": clean(min(unknown), 60)}
        )


def _flagged(table: Table, mapping: Mapping, stages: Table, position: int) -> tuple[Table, Mapping]:
    """Add whether a deal is closed and won, where the list of stages tells it and the deals do not."""
    match = mapping.matches["stage"]
    for name, keys in _FLAGS.items():
        at = next((at for at, label in enumerate(stages.header) if labels.key(label) in keys), None)
        if at is None or name in mapping or "status" in mapping:
            continue
        flags = {clean(row[position]): row[at] for row in stages.rows}
        cells = [flags.get(clean(row[match.position]), "") for row in table.rows]
        table, mapping = _with_column(table, mapping, name, stages.header[at], cells)
    return table, mapping


def _linked(table: Table, mapping: Mapping, links: Table) -> tuple[Table, Mapping] | None:
    """The deals with the ids of their companies, from a list of links between both."""
    keys = [labels.key(label) for label in links.header]
    deal = next((at for at, key in enumerate(keys) if key in _DEAL_IDS), None)
    company = next((at for at, key in enumerate(keys) if key in _COMPANY_IDS), None)
    own = mapping.matches.get("id")
    if deal is None or company is None or own is None:
        return None
    companies: dict[str, str] = {}
    for row in links.rows:
        companies.setdefault(clean(row[deal]), clean(row[company]))
    cells = [companies.get(clean(row[own.position]), "") for row in table.rows]
    return _with_column(table, mapping, "account", links.header[company], cells) if any(cells) else None


def _with_column(
    table: Table, mapping: Mapping, name: str, label: str, cells: Sequence[str]
) -> tuple[Table, Mapping]:
    rows = [[*row, cell] for row, cell in zip(table.rows, cells, strict=True)]
    wider = replace(table, header=(*table.header, label), rows=rows)
    match = Match(len(table.header), label, 1.0, "label")
    return wider, replace(mapping, matches={**mapping.matches, name: match})


def _are_ids(label: str, said: set[str]) -> bool:
    """Whether a column refers to records and does not name them."""
    if not said:
        return False
    some = list(islice(said, _SAMPLE))
    alike = sum(_ID.fullmatch(text) is not None for text in some) / len(some)
    return alike >= 0.9 or (bool(_ID_LABEL.fullmatch(label)) and not any(" " in text for text in some))
