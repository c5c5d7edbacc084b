"""Rows that are no deals: totals, groups, notices and notes above, between and below the deals."""

import re
from bisect import bisect
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final

from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import amounts
from pipetui.exchange.importing.mapping import Mapping
from pipetui.exchange.importing.pacing import Tick, paced
from pipetui.exchange.importing.reading import Table
from pipetui.language import ngettext

_FOOTER: Final = re.compile(
    r"(?:grand |sub ?-?|sous-|sotto)?(?:totals?|totaux|totale?s?|totali)\b|total general|suma(?: koncowa"
    r"| czesciowa)?\b|razem\b"
    r"|ogo[lł]em\b|[lł]acznie\b|итого|всего\b|общии итог|промежуточныи итог|сумма итого|gesamt(?:summe"
    r"|betrag|ergebnis)?\b"
    r"|zwischensumme|summe\b|somma\b|soma\b|subtotal|copyright|©"
    r"|confidential information|informations? confidentielles?|confidentiel\b|informacion confidencial"
    r"|confidencial\b"
    r"|конфиденциальн|informacje poufne|poufne\b|vertraulich|informazioni riservate"
    r"|informacoes confidenciais"
    r"|(?:generated|exported|created|printed|run) (?:by|on|at|from)\b|(?:genere|exporte|edite"
    r"|imprime)e? (?:par|le)\b"
    r"|(?:generado|exportado|gerado) (?:por|el|em)\b|(?:сформирован|выгружен|создан)[оаы]?\b|отчет\b"
    r"|wygenerowan|wyeksportowan"
    r"|erstellt (?:am|von)\b|page \d|страница \d|strona \d|nombre d'enregistrements|record count\b"
    r"|total records"
    r"|numero de registros|количество записеи|liczba rekordow|somme\b|sum of\b|filtered by\b|filtres? :"
)
_COUNT: Final = re.compile(
    r"(?:count|sum|avg|average|min|max|nombre|moyenne|recuento|promedio|количество|среднее|liczba|srednia"
    r"|anzahl|сумма|среднии чек|importe total|montant total|kwota razem|суммарно|итог|media|mediana)\b"
)
"""What stands below a subtotal: a row of a word and its number."""
_COUNTED: Final = re.compile(r"[^\d:]{2,40}\s?:\s?[\d\s.,]+\D{0,4}")
"""A count in one cell, such as "Deals: 6"."""
_GROUP: Final = re.compile(r".+ \((\d{1,7})\)")
"""Odoo's row for a group, "New (5)": five deals follow it."""

_GROUPING: Final = (
    "stage",
    "status",
    "owner",
    "account",
    "team",
    "pipeline",
    "type",
    "segment",
    "lead_source",
    "category",
)
"""Fields by which reports are grouped."""


def tidy(table: Table, mapping: Mapping, tick: Tick) -> None:
    """Take out the rows that are no deals, and repeat the groups that a report names once."""
    anchors = [
        mapping.matches[name].position for name in ("stage", "status", "id", "close_date") if name in mapping
    ]
    if not table.rows or not anchors:
        return
    bare = _bare(table, anchors, tick)
    footers = {index for index in bare if _is_footer(table.rows[index], anchors)}
    groups = _groups(table, mapping, bare - footers, len(footers))
    sums = _sums(table, mapping, bare - footers - groups) | _totals(table, mapping, bare - footers - groups)
    notes = _notes(table, footers | sums)
    if sums:
        table.warnings.append(
            ngettext(
                "%(n)d row of sums was left out (line %(line)d).",
                "%(n)d rows of sums were left out (the first on line %(line)d).",
                len(sums),
            )
            % {"n": len(sums), "line": table.lines[min(sums)]}
        )
    if notes:
        table.warnings.append(
            ngettext(
                "%(n)d note below the deals was left out: “%(text)s”.",
                "%(n)d notes below the deals were left out, such as “%(text)s”.",
                len(notes),
            )
            % {"n": len(notes), "text": clean("".join(table.rows[min(notes)]), 60)}
        )
    out = footers | groups | sums | notes
    if out:
        grouped = _grouped(table, mapping, footers, out)
        kept = [index for index in range(len(table.rows)) if index not in out]
        table.rows[:] = [table.rows[index] for index in kept]
        table.lines[:] = [table.lines[index] for index in kept]
        _fill_down(table, grouped)


def _bare(table: Table, anchors: Sequence[int], tick: Tick) -> set[int]:
    """Rows that fill one of the columns at most by which a deal is placed: it may hold what they say."""
    get: Callable[[Sequence[str]], Sequence[str]] = (
        itemgetter(*anchors) if len(anchors) > 1 else lambda row: (row[anchors[0]],)
    )
    enough = len(anchors) - 1
    return {index for index, row in enumerate(paced(table.rows, tick)) if get(row).count("") >= enough}


def _is_footer(row: Sequence[str], anchors: Sequence[int]) -> bool:
    """Whether a row begins with the words of a total or a notice, with nothing of a deal beside them."""
    first = _first(row)
    if any(row[index] for index in anchors if index != first):
        return False
    text = fold(row[first][:200])
    if _FOOTER.match(text):
        return True
    filled = sum(map(bool, row))
    if filled == 1 and len(row) > 2 and _COUNTED.fullmatch(text):
        return True
    return filled <= 4 and len(row) > filled and _COUNT.fullmatch(text) is not None


def _first(row: Sequence[str]) -> int:
    return next(index for index, cell in enumerate(row) if cell.strip())


def _groups(table: Table, mapping: Mapping, bare: set[int], footers: int) -> set[int]:
    """Rows "New (5)" of a grouped list, if as many deals follow as they say."""
    found = {}
    texts = [
        match.position for name, match in mapping.matches.items() if name not in ("amount", "probability")
    ]
    for index in bare:
        row = table.rows[index]
        first = _first(row)
        match = _GROUP.fullmatch(row[first].strip())
        if match and not any(row[place] for place in texts if place != first):
            found[index] = int(match[1])
    deals = len(table.rows) - len(found) - footers
    # Groups within groups count every deal once a level.
    return set(found) if found and deals and sum(found.values()) % deals == 0 else set()


def _sums(table: Table, mapping: Mapping, bare: set[int]) -> set[int]:
    """Rows of numbers alone, the last of the deals or of a group of them."""
    texts = [
        match.position for name, match in mapping.matches.items() if name not in ("amount", "probability")
    ]
    lines = [*table.lines, table.lines[-1] + 2]
    return {
        index
        for index in bare
        if lines[index + 1] - lines[index] > 1
        and not any(table.rows[index][position].strip() for position in texts)
        and all(amounts.parse_number(cell, None) for cell in table.rows[index] if cell.strip())
    }


def _totals(table: Table, mapping: Mapping, bare: set[int]) -> set[int]:
    """The last row, if it holds next to nothing but the sum of the amounts above, whatever it is called."""
    last = len(table.rows) - 1
    if last not in bare or last < 3 or "amount" not in mapping:
        return set()
    row, place = table.rows[last], mapping.matches["amount"].position
    told = amounts.parse_number(row[place], None)
    if told is None or sum(bool(cell.strip()) for cell in row) > 2:
        return set()
    above = [number for cells in table.rows[:last] if (number := amounts.parse_number(cells[place], None))]
    return {last} if len(above) > 2 and sum(number.value for number in above) == told.value else set()


def _notes(table: Table, footers: set[int]) -> set[int]:
    """Single cells at the end, parted from the deals by a blank line."""
    notes: set[int] = set()
    if len(table.header) < 3:
        return notes
    for index in range(len(table.rows) - 1, 0, -1):
        if sum(map(bool, map(str.strip, table.rows[index]))) > 1 and index not in footers:
            break
        if index not in footers:
            notes.add(index)
        if table.lines[index] - table.lines[index - 1] > 1:
            return notes
    return set()


def _grouped(table: Table, mapping: Mapping, footers: set[int], out: set[int]) -> set[int]:
    """The columns that a report fills once a group: subtotals stand in them, and a new group begins below.

    A subtotal ends the groups of its column and of those to its right; to its left are the groups around it.
    """
    deals = [index for index in range(len(table.rows)) if index not in out]
    if not deals:
        return set()
    between = [index for index in footers if deals[0] < index < deals[-1]]
    firsts = {index: _first(table.rows[index]) for index in between}
    subtotals = {
        index: first for index, first in firsts.items() if _FOOTER.match(fold(table.rows[index][first]))
    }
    ends: dict[int, int] = {}
    for index, first in subtotals.items():
        below = deals[bisect(deals, index)]
        ends[below] = min(first, ends.get(below, first))
    named = {mapping.matches[name].position for name in _GROUPING if name in mapping}
    innermost = max(named.intersection(subtotals.values()), default=-1)
    return {
        column
        for column in named
        if column <= innermost
        and all(table.rows[index][column] for index in _begin(ends, column, deals[0]))
        and any(not table.rows[index][column] for index in deals)
    }


def _begin(ends: dict[int, int], column: int, first: int) -> set[int]:
    """The rows that begin a group of a column: the first one, and those below a subtotal that ends one."""
    return {first, *(below for below, ending in ends.items() if ending <= column)}


def _fill_down(table: Table, columns: set[int]) -> None:
    for column in columns:
        above = ""
        for row in table.rows:
            above = row[column] = row[column] or above
