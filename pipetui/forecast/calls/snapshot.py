"""A frozen call: immutable, and with an id that is a checksum of everything in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from pipetui.deals.category import Category
from pipetui.forecast.calls.entry import CallEntry, Said
from pipetui.forecast.categories import Side
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope

_ID_LENGTH: Final = 12


class CallTotals(NamedTuple):
    """What the entries add up to, in minor units of the reporting currency; categories are exclusive."""

    won: int = 0
    commit: int = 0
    best_case: int = 0
    upside: int = 0
    unclassified: int = 0
    omitted: int = 0
    unpriced: int = 0
    """How many of the open ones have no amount in the reporting currency."""

    @property
    def landing(self) -> int:
        """Won + commit."""
        return self.won + self.commit


class FrozenRange(NamedTuple):
    """The simulated range at that moment."""

    p10: int
    p50: int
    p90: int
    p_quota: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was agreed on. Made by `freeze`; nobody changes it, a reopened call freezes another revision."""

    id: str
    period: Period
    scope: Scope
    revision: int
    """1, then 2 for the same call after it was reopened, …"""
    frozen_at: datetime
    by: str
    currency: str
    quota: int | None
    number: int | None
    """The manager's own number, a total."""
    totals: CallTotals
    """By the categories in force."""
    rep_totals: CallTotals
    """By the reps' own calls."""
    range: FrozenRange | None
    risks: str
    entries: tuple[CallEntry, ...]
    """In order of the deal ids."""

    @property
    def by_deal(self) -> dict[int, CallEntry]:
        """The entries by deal id."""
        return {entry.deal_id: entry for entry in self.entries}

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it: for the store, and to be read by `thaw`."""
        told = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return told | {"entries": [_plain_entry(entry) for entry in self.entries]}

    @property
    def is_whole(self) -> bool:
        """Whether it is still what was frozen: its id is the checksum of the rest."""
        return self.id == _checksum(self)


def sum_up(entries: Iterable[CallEntry], side: Side = "manager") -> CallTotals:
    """The totals of the won and the open entries."""
    sums = dict.fromkeys(CallTotals._fields, 0)
    for entry in entries:
        if entry.state not in ("open", "won"):
            continue
        if entry.state == "open" and entry.worth is None:
            sums["unpriced"] += 1
        name = "won" if entry.state == "won" else entry.category_of(side) or "unclassified"
        sums[name] += entry.worth or 0
    return CallTotals(**sums)


def freeze(
    entries: Iterable[CallEntry],
    *,
    period: Period,
    scope: Scope,
    revision: int,
    frozen_at: datetime,
    by: str,
    currency: str,
    quota: int | None,
    number: int | None,
    range_: FrozenRange | None = None,
    risks: str = "",
) -> Snapshot:
    """The snapshot of a call: of its entries those that are open or won and belong to the period."""
    kept = sorted(
        (entry for entry in entries if entry.state in ("open", "won") and entry.close_date in period),
        key=lambda entry: entry.deal_id,
    )
    unnamed = Snapshot(
        id="",
        period=period,
        scope=scope,
        revision=revision,
        frozen_at=frozen_at,
        by=by,
        currency=currency,
        quota=quota,
        number=number,
        totals=sum_up(kept),
        rep_totals=sum_up(kept, "rep"),
        range=range_,
        risks=risks,
        entries=tuple(kept),
    )
    return replace(unnamed, id=_checksum(unnamed))


def thaw(plain: Mapping[str, Any]) -> Snapshot:
    """The snapshot behind `Snapshot.plain`. `KeyError`, `TypeError` or `ValueError` if it is none."""
    name, start, end = plain["period"]
    told = plain["range"]
    return Snapshot(
        id=plain["id"],
        period=Period(name, date.fromisoformat(start), date.fromisoformat(end)),
        scope=Scope(*plain["scope"]),
        revision=plain["revision"],
        frozen_at=datetime.fromisoformat(plain["frozen_at"]),
        by=plain["by"],
        currency=plain["currency"],
        quota=plain["quota"],
        number=plain["number"],
        totals=CallTotals(*plain["totals"]),
        rep_totals=CallTotals(*plain["rep_totals"]),
        range=FrozenRange(*told) if told else None,
        risks=plain["risks"],
        entries=tuple(_entry(entry) for entry in plain["entries"]),
    )


def _checksum(snapshot: Snapshot) -> str:
    from hashlib import sha256
    from json import dumps

    told = {name: value for name, value in snapshot.plain().items() if name != "id"}
    text = dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:_ID_LENGTH]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Category) else value


def _plain_entry(entry: CallEntry) -> dict[str, Any]:
    return {field.name: _plain(getattr(entry, field.name)) for field in fields(entry)}


def _entry(plain: Mapping[str, Any]) -> CallEntry:
    told = dict(plain)
    for name in ("close_date", "created"):
        told[name] = _day(told[name])
    for name in ("crm", "rep", "manager"):
        told[name] = Category(told[name]) if told[name] else None
    said = Said(*told["said"])
    told["said"] = said._replace(condition_by=_day(told["said"][Said._fields.index("condition_by")]))
    told["contradictions"] = tuple(told["contradictions"])
    return CallEntry(**told)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
