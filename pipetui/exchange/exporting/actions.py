"""Commitments and actions: as a table, as JSON, and as Markdown that can be mailed owner by owner."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from pipetui.deals.text import fold
from pipetui.exchange.exporting import naming
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.tables import Cell, Table
from pipetui.exchange.exporting.undertakings import Undertaking
from pipetui.exchange.exporting.wording import day_told, kind_told, part, state_told, to_tick
from pipetui.language import _


def actions_table(items: Iterable[Undertaking], today: date) -> Table:
    """One row a commitment or action, in the order of `undertakings`."""
    told = (_("Kind"), _("Who"), _("What"), _("Due"), _("State"), _("Late"), _("Changed on"))
    rows = [tuple(_cells(item, today)) for item in items]
    return Table(_("Commitments and actions"), (*naming.headers(), *told), rows)


def actions_json(items: Iterable[Undertaking], today: date) -> dict[str, Any]:
    """`actions` in the order of the table; `state` is open, kept (of an action: done) or broken."""
    return {"as_of": today, "actions": [_record(item, today) for item in items]}


def actions_markdown(items: Sequence[Undertaking], today: date) -> Iterator[str]:
    """A list to tick off, with a part for each owner that can be sent to them as it stands."""
    title, ours, theirs = _("Commitments and actions"), _("Our actions"), _("The buyers' commitments")
    nobody = _("Nobody")
    yield f"# {title} · {day_told(today, today)}"
    if not items:
        yield from ("", _("Nothing: nobody has undertaken anything."))
    by_owner: dict[str, list[Undertaking]] = {}
    for item in items:
        by_owner.setdefault(item.owner, []).append(item)
    for owner in sorted(by_owner, key=lambda name: (not name, fold(name))):
        yield from ("", f"## {escaped(owner) or nobody}")
        for kind, heading in (("action", ours), ("commitment", theirs)):
            its = [item for item in by_owner[owner] if item.promise.kind == kind]
            yield from part(f"**{heading}**", [to_tick(item, today, with_deal=True) for item in its])


def _cells(item: Undertaking, today: date) -> Iterator[Cell]:
    promise, deal = item.promise, item.deal
    yield from naming.cells(deal) if deal else (item.owner, "", "", "")
    yield from (kind_told(promise), promise.who, promise.what, promise.due, state_told(promise))
    yield _("yes") if promise.is_late(today) else _("no")
    yield item.changed


def _record(item: Undertaking, today: date) -> dict[str, Any]:
    promise, deal = item.promise, item.deal
    unknown = {"deal": None, "source": "", "external_id": "", "name": "", "account": "", "owner": item.owner}
    return {
        "id": promise.thread,
        **(naming.record(deal) if deal else unknown),
        "kind": promise.kind,
        "who": promise.who,
        "what": promise.what,
        "due": promise.due,
        "state": promise.state,
        "late": promise.is_late(today),
        "changed_on": item.changed,
    }
