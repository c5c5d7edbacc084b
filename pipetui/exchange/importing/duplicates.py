"""What a deal is known by, and rows of one export that are known by the same."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import labels
from pipetui.exchange.importing.columns import Columns
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

_BETWEEN: Final = "\x1f"
_PRODUCT: Final = frozenset(
    map(
        labels.key,
        ("Product Name", "Product", "Product Code", "Product: Product Name", "Quantity", "Sales Price",
         "Unit Price", "List Price", "Total Price", "Nom du produit", "Produit", "Code du produit",
         "Quantité", "Prix de vente", "Nombre del producto", "Producto", "Cantidad", "Precio de venta",
         "Продукт", "Название продукта", "Количество",
         "Nazwa produktu", "Produkt", "Ilość", "Cena sprzedaży", "Produktname", "Menge"),
    )
)  # fmt: skip
"""Columns of a report that repeats a deal for each of its products."""
_LONG_AGO: Final = datetime(1, 1, 1)


@dataclass(slots=True)
class Duplicates:
    """What becomes of rows that are known by the same key."""

    keys: list[str]
    """The keys, made different where rows without an id are kept apart."""
    out: set[int] = field(default_factory=set)
    """Indexes of the rows that are left out."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    warnings: list[str] = field(default_factory=list)


def keys_of(ids: list[str], found: Mapping[str, list[Any]]) -> list[str]:
    """External id, else name, account and created. Text is folded: another accent or case is no new deal."""
    if all(ids):
        return ids
    blank: list[Any] = [""] * len(ids)
    names, accounts, created = found["name"], found.get("account", blank), found.get("created", blank)
    return [
        id_ or f"{fold(name)}{_BETWEEN}{fold(account)}{_BETWEEN}{day or ''}"
        for id_, name, account, day in zip(ids, names, accounts, created, strict=True)
    ]


def numbered(keys: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Keys made different within each group as those of rows are that are kept apart."""
    seen: Counter[tuple[str, str]] = Counter()
    result = []
    for key, group in zip(keys, groups, strict=True):
        seen[group, key] += 1
        ordinal = seen[group, key]
        result.append(key if ordinal == 1 else f"{key}{_BETWEEN}{ordinal}")
    return result


def find_duplicates(
    table: Table, columns: Columns, keys: Sequence[str], ids: Sequence[str], gone: Collection[int]
) -> Duplicates:
    """Of rows with one id the last updated counts; without ids only exact copies are left out.

    Args:
        table: the export.
        columns: its columns, for the moment of the last update.
        keys: what each row is known by.
        ids: the external ids, "" where there is none.
        gone: indexes of rows that are left out already.
    """
    result = Duplicates(list(keys))
    if len(set(keys)) == len(keys):
        return result
    compared = _compared(table, columns)
    groups: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if index not in gone:
            groups.setdefault(key, []).append(index)
    updated = columns.moments("updated") or [None] * columns.size
    differing: list[str] = []
    ambiguous: list[str] = []
    for key, indexes in groups.items():
        if len(indexes) == 1:
            continue
        kept = sorted({compared(table.rows[index]): index for index in reversed(indexes)}.values())
        copies = set(indexes).difference(kept)
        result.out |= copies
        result.skipped[_("a copy of another row")] += len(copies)
        if len(kept) == 1:
            continue
        where = _("“%(name)s” (lines %(lines)s)") % {
            "name": clean(ids[kept[0]] or key.split(_BETWEEN)[0], 60),
            "lines": ", ".join(str(table.lines[index]) for index in kept[:4]),
        }
        if ids[kept[0]]:
            newest = max(kept, key=lambda index: (updated[index] or _LONG_AGO, index))
            result.out |= set(kept) - {newest}
            result.skipped[_("an older row of the same deal")] += len(kept) - 1
            differing.append(where)
        else:
            for ordinal, index in enumerate(kept[1:], 2):
                result.keys[index] = f"{key}{_BETWEEN}{ordinal}"
            ambiguous.append(where)
    result.skipped = +result.skipped
    result.warnings = _warnings(differing, ambiguous, dated=any(updated))
    return result


def _compared(table: Table, columns: Columns) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What of a row tells it from another: all of it, but no products where a report has a row for each."""
    if not any(labels.key(label) in _PRODUCT for label in table.header):
        return tuple
    mapped = sorted({match.position for match in columns.mapping.matches.values()})
    return lambda row: tuple(row[position] for position in mapped)


def _warnings(differing: Sequence[str], ambiguous: Sequence[str], *, dated: bool) -> list[str]:
    warnings = []
    if differing and not dated:
        warnings.append(
            ngettext(
                "%(n)d deal stands in the file more than once with different values, such as %(where)s; "
                "the last row counts, as no column tells when they were updated.",
                "%(n)d deals stand in the file more than once with different values, such as %(where)s; "
                "the last row counts, as no column tells when they were updated.",
                len(differing),
            )
            % {"n": len(differing), "where": differing[0]}
        )
    elif differing:
        warnings.append(
            ngettext(
                "%(n)d deal stands in the file more than once with different values, such as %(where)s; "
                "the row updated last counts.",
                "%(n)d deals stand in the file more than once with different values, such as %(where)s; "
                "the row updated last counts.",
                len(differing),
            )
            % {"n": len(differing), "where": differing[0]}
        )
    if ambiguous:
        warnings.append(
            ngettext(
                "%(n)d name stands in the file more than once with the same account and creation date, "
                "such as %(where)s; the rows were kept apart. A column of ids would tell them for certain.",
                "%(n)d names stand in the file more than once with the same account and creation date, "
                "such as %(where)s; the rows were kept apart. A column of ids would tell them for certain.",
                len(ambiguous),
            )
            % {"n": len(ambiguous), "where": ambiguous[0]}
        )
    return warnings
