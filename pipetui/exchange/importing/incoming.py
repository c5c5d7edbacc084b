"""What an export says of each deal, now that its stages are known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, overload

from pipetui.deals.deal import Status
from pipetui.deals.fields import FIELDS, encode
from pipetui.deals.qualification import ITEMS, STATED, UNKNOWN
from pipetui.deals.text import is_placeholder
from pipetui.exchange.importing.candidates import Candidates
from pipetui.exchange.importing.pacing import Tick, paced, still

if TYPE_CHECKING:
    from pipetui.exchange.importing.placing import Placed


class Rows(Sequence[str]):
    """Texts put together from columns of fragments when they are asked for: all at once are a file's worth.

    No `map` does it in one go: a key of the app would wait for that.
    """

    def __init__(self, parts: Sequence[Sequence[str]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return len(self._parts[0])

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return list(Rows([part[index] for part in self._parts]))
        return "".join([part[index] for part in self._parts])

    def __iter__(self) -> Iterator[str]:
        return ("".join(its) for its in zip(*self._parts, strict=True))


@dataclass(slots=True)
class Incoming:
    """The candidates with their stages known: what the export says, column by column."""

    candidates: Candidates
    columns: dict[str, list[Any]]
    """Field of a deal → values."""
    states: Rows
    """What each row says of its deal, as the inside of a JSON object: `"field":"value",` again and again."""
    rows: Rows
    """The same, and what the row says of its qualification."""
    undated: int
    """Closed deals without a close date."""

    @property
    def heard(self) -> frozenset[str]:
        """The fields and qualification items that the export has a column for."""
        return frozenset((*self.columns, *self.candidates.answers))


def settle(candidates: Candidates, placed: "Placed", tick: Tick = still) -> Incoming:
    """What the export says of each deal.

    A deal whose row says won or lost stands where its pipeline keeps such deals, whatever stage it was in.
    """
    columns = dict(candidates.values)
    places = [
        _place(placed, stage, said)
        for said, stage in zip(candidates.statuses, candidates.stage_of, strict=True)
    ]
    columns["stage_id"] = [stage_id for stage_id, _status in places]
    status = columns["status"] = [status for _stage_id, status in places]
    closed: Sequence[date | None] = [None] * len(status)
    if candidates.closed is not None:
        closed = [None if now == "open" else day for now, day in zip(status, candidates.closed, strict=True)]
        columns["closed_on"] = list(closed)
    expected = columns.get("close_date") or [None] * len(status)
    undated = sum(
        1
        for now, day, on in zip(status, expected, closed, strict=True)
        if now != "open" and day is None and on is None
    )
    columns = {name: columns[name] for name in FIELDS if name in columns}
    parts = [_fragments(name, values, tick) for name, values in columns.items()]
    said = [_fragments(item, texts, tick) for item, texts in candidates.answers.items()]
    return Incoming(candidates, columns, Rows(parts), Rows([*parts, *said]), undated)


def _place(placed: "Placed", stage: int, said: Status | None) -> tuple[int, Status]:
    kind = placed.kinds[stage]
    if said is None or said == kind:
        return placed.ids[stage], kind
    return (placed.ids[stage] if said == "open" else placed.closing[stage][said]), said


def _fragments(name: str, values: list[Any], tick: Tick) -> list[str]:
    """`"field":"value",` for each value, "" for an unknown one."""
    start = f'"{name}":'
    memo = {
        value: "" if (text := encode(value)) is None else f"{start}{encode_basestring(text)},"
        for value in paced(set(values), tick)
    }
    return [memo[value] for value in values]


def as_json(inside: str) -> str:
    """The JSON object that `Incoming.states` and `Incoming.rows` are the inside of."""
    return f"{{{inside[:-1]}}}"


def stated(said: Mapping[str, str]) -> str:
    """The qualification levels of what an export says: an answer is stated by us, no more."""
    return "".join([_level(said.get(item, "")) for item in ITEMS])


@lru_cache(maxsize=8192)
def _level(answer: str) -> str:
    return str(UNKNOWN if is_placeholder(answer) else STATED)


def raised(levels: str, said: Mapping[str, str]) -> str:
    """The levels after an export: an answer counts only where nothing is known."""
    ours, further = levels[: len(ITEMS)], levels[len(ITEMS) :]
    if "0" not in ours:
        return levels
    return (
        "".join([theirs if our == "0" else our for our, theirs in zip(ours, stated(said), strict=True)])
        + further
    )
