"""The minutes as one table: what a row is about stands in its first column, so that it can be filtered."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pipetui.deals.money import Money
from pipetui.exchange.exporting.delimited import csv_lines
from pipetui.exchange.exporting.minutes import telling
from pipetui.exchange.exporting.naming import headers
from pipetui.exchange.exporting.tables import Cell, Table
from pipetui.exchange.own import COLUMNS
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.minutes import Deed, Minutes, Spoken
from pipetui.forecast.wording import category_told, contradiction_told, period_told, scope_told
from pipetui.language import _
from pipetui.language.builtin import shown


def minutes_csv(its: Minutes) -> bytes:
    """UTF-8, without a byte order mark; as a spreadsheet in the language in use reads it."""
    return b"".join(csv_lines(minutes_table(its)))


def minutes_table(its: Minutes) -> Table:
    """One row a figure, deal, action, deal not reached, and thing that has changed."""
    return Table(telling.title(its), _header(), [_row(cells) for cells in _rows(its)])


_KEYS: Final = (
    *("part", "what", "owner", "name", "account", "id", "amount", "currency", "worth", "reps", "last"),
    *("change", "stage", "close_date", "rep", "category", "reason", "override", "condition", "due", "who"),
    *("against", "note", "next_step", "next_step_date", "reached"),
)


def _header() -> tuple[str, ...]:
    told: Mapping[str, str] = {
        **{name: COLUMNS[name].told for name in ("amount", "currency", "stage", "next_step")},
        "part": _("Part"),
        "what": _("What"),
        "worth": _("Worth"),
        "reps": _("By the reps"),
        "last": _("Last call"),
        "change": _("Change"),
        "close_date": COLUMNS["close_date"].told,
        "rep": _("Rep's category"),
        "category": _("Category in force"),
        "reason": _("Rep's reason"),
        "override": _("Manager's reason"),
        "condition": _("Condition"),
        "due": _("By when"),
        "who": _("Who"),
        "against": _("Against it"),
        "note": _("Note"),
        "next_step_date": COLUMNS["next_step_date"].told,
        "reached": _("Reached"),
        **dict(zip(("owner", "name", "account", "id"), headers(), strict=True)),
    }
    return tuple(told[key] for key in _KEYS)


def _row(cells: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(key) for key in _KEYS)


def _rows(its: Minutes) -> Iterator[dict[str, Cell]]:
    yield from _call(its)
    yield from _figures(its)
    if its.last is not None:
        part = _("Since the last call")
        yield from (_change(part, change, its) for change in its.since)
    yield from (_deed(deed, its) for deed in its.deeds)
    yield from (_deal(spoken, its) for spoken in its.deals)
    for spoken in its.not_reached:
        yield {**_deal(spoken, its), "part": _("Not reached")}
    if its.drift is not None:
        part = _("No longer matches")
        changes: Iterable[Change] = (*its.drift.left, *its.drift.joined)
        yield from (_change(part, change, its) for change in changes)


def _call(its: Minutes) -> Iterator[dict[str, Cell]]:
    call = its.snapshot
    told: list[tuple[str, Cell]] = [
        (_("Period"), period_told(call.period)),
        (_("From"), call.period.start),
        (_("To"), call.period.end),
        (_("Scope"), scope_told(call.scope)),
        (_("State"), telling.status(its)),
        (_("Id"), call.id if not its.is_draft else ""),
        (_("Revision"), str(call.revision)),
        (_("Last call"), its.last.frozen_at.date() if its.last else ""),
        (_("As of"), its.today),
        (_("Risks"), call.risks),
    ]
    for what, value in told:
        if value:
            yield {"part": _("Call"), "what": what, "note": value}


def _figures(its: Minutes) -> Iterator[dict[str, Cell]]:
    call, part = its.snapshot, _("Figures")

    def amount(minor: int | None) -> Cell:
        return None if minor is None else Money(minor, call.currency)

    for row in telling.figures(its):
        yield {
            "part": part,
            "what": row.name.removeprefix("+ ").removeprefix("= "),
            "amount": amount(row.now),
            "currency": call.currency,
            "worth": amount(row.now),
            "reps": amount(row.reps),
            "last": amount(row.last),
            "change": amount(row.change),
        }
    if call.range:
        for name, minor in zip(("P10", "P50", "P90"), call.range[:3], strict=True):
            yield {"part": part, "what": name, "amount": amount(minor), "currency": call.currency}
        if call.range.p_quota is not None:
            yield {"part": part, "what": _("P(≥ quota)"), "note": round(call.range.p_quota, 4)}
    if its.coverage.value is not None:
        yield {"part": part, "what": _("coverage"), "note": round(its.coverage.value, 4)}


def _deal(spoken: Spoken, its: Minutes) -> dict[str, Cell]:
    entry, said, call = spoken.entry, spoken.entry.said, its.snapshot
    is_open = entry.state == "open"
    return {
        "part": _("Deal"),
        "what": telling.group_name(spoken.group),
        "owner": entry.owner,
        "name": entry.name,
        "account": entry.account,
        "id": spoken.external_id,
        "amount": None if entry.amount is None else Money(entry.amount, entry.currency),
        "currency": entry.currency if entry.amount is not None else "",
        "worth": None if entry.worth is None else Money(entry.worth, call.currency),
        "stage": shown(entry.stage),
        "close_date": entry.close_date,
        "rep": category_told(entry.category_of("rep")) if is_open else "",
        "category": category_told(entry.category) if is_open else "",
        "reason": said.reason,
        "override": said.override_reason,
        "condition": said.condition,
        "due": said.condition_by,
        "who": said.condition_owner,
        "against": " · ".join(map(contradiction_told, entry.contradictions)),
        "note": said.note,
        "next_step": spoken.next_step,
        "next_step_date": spoken.next_step_date,
        "reached": "" if not is_open else _("yes") if spoken.reached else _("no"),
    }


def _deed(deed: Deed, its: Minutes) -> dict[str, Cell]:
    told = telling.deed_told(deed, its.snapshot)
    return {
        "part": _("Action"),
        "what": told.what,
        "owner": deed.owner,
        "name": deed.entry.name if deed.entry else "",
        "account": deed.entry.account if deed.entry else "",
        "due": deed.due,
        "who": deed.who,
        "note": told.state,
    }


def _change(part: str, change: Change, its: Minutes) -> dict[str, Cell]:
    (line,) = telling.changes_told([change], its.snapshot, its.today)
    return {
        "part": part,
        "what": line.what,
        "owner": change.entry.owner,
        "name": change.entry.name,
        "account": change.entry.account,
        "change": Money(change.landing, its.snapshot.currency),
    }
