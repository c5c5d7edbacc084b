"""Changes to carry back, and conflicts: as tables, as JSON and as Markdown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from pipetui.deals.money import Money, to_major
from pipetui.exchange.exporting import naming
from pipetui.exchange.exporting.differing import Carry, Disagreement
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.tables import Cell, Table
from pipetui.exchange.own import CATEGORIES, COLUMNS, STATUSES
from pipetui.language import _
from pipetui.language.format import money, percent

Item = TypeVar("Item", Carry, Disagreement)


def changes_table(changes: Iterable[Carry]) -> Table:
    """One row a change."""
    rows = [(*_cells(item), item.on, item.by) for item in changes]
    return Table(_("Changes"), (*_headers(), _("Set on"), _("By")), rows)


def conflicts_table(conflicts: Iterable[Disagreement]) -> Table:
    """One row a conflict."""
    rows = [(*_cells(item), item.since) for item in conflicts]
    return Table(_("Conflicts"), (*_headers(), _("Since")), rows)


def changes_json(changes: Iterable[Carry], today: date) -> dict[str, Any]:
    """`changes` in the order of the table; `crm` is `null` and `in_export` false where nobody knows it."""
    return {
        "as_of": today,
        "changes": [
            {**_record(item), "in_export": item.in_export, "changed_on": item.on, "by": item.by}
            for item in changes
        ],
    }


def conflicts_json(conflicts: Iterable[Disagreement], today: date) -> dict[str, Any]:
    """`conflicts` in the order of the table."""
    return {"as_of": today, "conflicts": [{**_record(item), "since": item.since} for item in conflicts]}


def changes_markdown(changes: Sequence[Carry], today: date) -> Iterator[str]:
    """A list to tick off, by owner and deal."""
    line = _("%(field)s: %(crm)s → **%(ours)s** (%(day)s, %(by)s)")

    def told(item: Carry) -> str:
        return line % {
            "field": COLUMNS[item.field].told,
            "crm": _shown(item, item.crm) if item.in_export else _("not in its exports"),
            "ours": _shown(item, item.ours),
            "day": item.on.isoformat(),
            "by": escaped(item.by),
        }

    nothing = _("Nothing: the CRM has everything that was set here.")
    return _by_deal(_("Changes to carry back into the CRM"), nothing, changes, today, told)


def conflicts_markdown(conflicts: Sequence[Disagreement], today: date) -> Iterator[str]:
    """A list to settle, by owner and deal."""
    line = _("%(field)s: here **%(ours)s**, in the CRM **%(crm)s** since %(day)s")

    def told(item: Disagreement) -> str:
        return line % {
            "field": COLUMNS[item.field].told,
            "crm": _shown(item, item.crm),
            "ours": _shown(item, item.ours),
            "day": item.since.isoformat(),
        }

    nothing = _("None: nothing that was set here has changed in the CRM to something else.")
    return _by_deal(_("Conflicts with the CRM"), nothing, conflicts, today, told)


def _by_deal(
    title: str, nothing: str, items: Sequence[Item], today: date, told: Callable[[Item], str]
) -> Iterator[str]:
    """A part an owner, a box to tick a deal, and below it what is told of each of its items."""
    nobody = _("Nobody")
    yield f"# {title} · {today.isoformat()}"
    if not items:
        yield from ("", nothing)
    for owner, theirs in groupby(items, key=lambda item: item.deal.owner):
        yield from ("", f"## {escaped(owner) or nobody}", "")
        for deal, its in groupby(theirs, key=lambda item: item.deal):
            called = " · ".join(escaped(part) for part in (deal.name, deal.account, deal.external_id) if part)
            yield f"- [ ] **{called}**"
            for item in its:
                yield f"    - {told(item)}"


def _headers() -> tuple[str, ...]:
    return *naming.headers(), _("Field"), _("In the CRM"), _("Here")


def _cells(item: Carry | Disagreement) -> tuple[Cell, ...]:
    """The field is told with an amount's currency, which a plain number does not tell."""
    label = COLUMNS[item.field].told
    amount = next((cell for cell in (item.ours, item.crm) if isinstance(cell, Money)), None)
    field = f"{label} ({amount.currency})" if amount else label
    return *naming.cells(item.deal), field, _worded(item, item.crm), _worded(item, item.ours)


def _record(item: Carry | Disagreement) -> Mapping[str, Any]:
    return {
        **naming.record(item.deal),
        "field": item.field,
        "crm": _plain(item.crm),
        "ours": _plain(item.ours),
        "currency": item.deal.currency,
    }


def _plain(cell: Cell) -> object:
    return to_major(*cell) if isinstance(cell, Money) else cell


def _worded(item: Carry | Disagreement, cell: Cell) -> Cell:
    """A value with words in the language in use."""
    words = {"status": STATUSES, "category": CATEGORIES}.get(item.field)
    return words[cell].told if words and isinstance(cell, str) else cell


def _shown(item: Carry | Disagreement, cell: Cell) -> str:
    """A value in Markdown."""
    return escaped(in_words(item, cell, date.isoformat))


def in_words(item: Carry | Disagreement, cell: Cell, day: Callable[[date], str]) -> str:
    """A value in the language in use; `day` writes a date."""
    cell = _worded(item, cell)
    if cell is None or cell == "":
        return _("(empty)")
    if isinstance(cell, Money):
        return money(*cell)
    if isinstance(cell, date):
        return day(cell)
    return cell if isinstance(cell, str) else percent(cell)
