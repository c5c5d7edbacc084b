"""Changes to carry back, and conflicts: as tables, as JSON and as Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, TypeVar

from pipetui.deals.deal import Deal
from pipetui.deals.money import Money, to_major
from pipetui.exchange.exporting.differing import Carry, Disagreement
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.tables import Cell, Table
from pipetui.exchange.own import CATEGORIES, COLUMNS, STATUSES
from pipetui.language import _
from pipetui.language.format import money, percent

Item = TypeVar("Item", Carry, Disagreement)

_DEAL: Final = ("owner", "name", "account", "id")


def changes_table(changes: Sequence[Carry]) -> Table:
    """One row a change."""
    rows = [
        (
            *_deal(item.deal),
            _called(item),
            _worded(item, item.crm),
            _worded(item, item.ours),
            item.on,
            item.by,
        )
        for item in changes
    ]
    told = (_("Field"), _("In the CRM"), _("Here"), _("Set on"), _("By"))
    return Table(_("Changes"), (*_headers(), *told), rows)


def conflicts_table(conflicts: Sequence[Disagreement]) -> Table:
    """One row a conflict."""
    rows = [
        (*_deal(item.deal), _called(item), _worded(item, item.crm), _worded(item, item.ours), item.since)
        for item in conflicts
    ]
    told = (_("Field"), _("In the CRM"), _("Here"), _("Since"))
    return Table(_("Conflicts"), (*_headers(), *told), rows)


def changes_json(changes: Sequence[Carry], today: date) -> dict[str, Any]:
    """`changes` in the order of the table; `crm` is `null` and `in_export` false where nobody knows it."""
    return {
        "as_of": today,
        "changes": [
            {
                **_record(item),
                "in_export": item.in_export,
                "changed_on": item.on,
                "by": item.by,
            }
            for item in changes
        ],
    }


def conflicts_json(conflicts: Sequence[Disagreement], today: date) -> dict[str, Any]:
    """`conflicts` in the order of the table."""
    return {
        "as_of": today,
        "conflicts": [{**_record(item), "since": item.since} for item in conflicts],
    }


def changes_markdown(changes: Sequence[Carry], today: date) -> Iterator[str]:
    """A list to tick off, by owner and deal."""
    title = _("Changes to carry back into the CRM")
    yield f"# {title} · {today.isoformat()}"
    if not changes:
        yield ""
        yield _("Nothing: the CRM has everything that was set here.")
    for heading, items in _by_deal(changes):
        yield from heading
        for item in items:
            yield _("    - %(field)s: %(crm)s → **%(ours)s** (%(day)s, %(by)s)") % {
                "field": COLUMNS[item.field].told,
                "crm": _shown(item, item.crm) if item.in_export else _("not in its exports"),
                "ours": _shown(item, item.ours),
                "day": item.on.isoformat(),
                "by": escaped(item.by),
            }


def conflicts_markdown(conflicts: Sequence[Disagreement], today: date) -> Iterator[str]:
    """A list to settle, by owner and deal."""
    title = _("Conflicts with the CRM")
    yield f"# {title} · {today.isoformat()}"
    if not conflicts:
        yield ""
        yield _("None: nothing that was set here has changed in the CRM to something else.")
    for heading, items in _by_deal(conflicts):
        yield from heading
        for item in items:
            yield _("    - %(field)s: here **%(ours)s**, in the CRM **%(crm)s** since %(day)s") % {
                "field": COLUMNS[item.field].told,
                "crm": _shown(item, item.crm),
                "ours": _shown(item, item.ours),
                "day": item.since.isoformat(),
            }


def _by_deal(items: Iterable[Item]) -> Iterator[tuple[list[str], list[Item]]]:
    """The lines above a deal's items, with its owner's where that is another one, and the items."""
    for owner, theirs in groupby(items, key=lambda item: item.deal.owner):
        lines: list[str] = ["", f"## {escaped(owner) or _('Nobody')}", ""]
        for deal, its in groupby(theirs, key=lambda item: item.deal):
            called = " · ".join(escaped(part) for part in (deal.name, deal.account, deal.external_id) if part)
            yield [*lines, f"- [ ] **{called}**"], list(its)
            lines = []


def _headers() -> tuple[str, ...]:
    return tuple(COLUMNS[name].told for name in _DEAL)


def _deal(deal: Deal) -> tuple[Cell, ...]:
    return deal.owner, deal.name, deal.account, deal.external_id


def _called(item: Carry | Disagreement) -> str:
    """The field's name; an amount's with its currency, which a plain number does not tell."""
    label = COLUMNS[item.field].told
    amount = next((cell for cell in (item.ours, item.crm) if isinstance(cell, Money)), None)
    return f"{label} ({amount.currency})" if amount else label


def _record(item: Carry | Disagreement) -> Mapping[str, Any]:
    deal = item.deal
    return {
        "deal": deal.id,
        "source": deal.source,
        "external_id": deal.external_id,
        "name": deal.name,
        "account": deal.account,
        "owner": deal.owner,
        "field": item.field,
        "crm": _plain(item.crm),
        "ours": _plain(item.ours),
        "currency": deal.currency,
    }


def _plain(cell: Cell) -> object:
    return to_major(*cell) if isinstance(cell, Money) else cell


def _worded(item: Carry | Disagreement, cell: Cell) -> Cell:
    """A value with words in the language in use."""
    words = {"status": STATUSES, "category": CATEGORIES}.get(item.field)
    return words[cell].told if words and isinstance(cell, str) else cell


def _shown(item: Carry | Disagreement, cell: Cell) -> str:
    """A value in Markdown."""
    cell = _worded(item, cell)
    if cell is None or cell == "":
        return _("(empty)")
    if isinstance(cell, Money):
        return escaped(money(*cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return escaped(cell) if isinstance(cell, str) else percent(cell)
