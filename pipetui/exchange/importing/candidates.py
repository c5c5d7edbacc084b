"""A mapped export → candidate deals, each with the line it stands on. Pure: knows no store."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pipetui.deals.clock import Clock
from pipetui.deals.deal import Status
from pipetui.deals.text import TEXT_LIMIT, clean, clean_lines, fold
from pipetui.exchange.importing import words
from pipetui.exchange.importing.cells import Rejected
from pipetui.exchange.importing.columns import Columns
from pipetui.exchange.importing.duplicates import find_duplicates, keys_of
from pipetui.exchange.importing.footers import tidy
from pipetui.exchange.importing.mapping import Mapping
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.pacing import Tick, still
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

TEXTS: Final = {
    "account": "account", "team": "team", "pipeline": "pipeline", "lead_source": "lead_source",
    "type": "kind", "segment": "segment", "loss_reason": "close_reason",
}  # fmt: skip
"""Field of the mapping → field of a deal, where the column holds a short text."""
DAYS: Final = ("created", "close_date", "next_step_date", "last_activity", "last_stage_change")
QUALIFICATION: Final = ("need", "decision_makers", "budget", "timeline", "risk", "sponsor")

_COMPANY_ID: Final = re.compile(r"\s+\(\d{3,}\)$")
_LINK: Final = re.compile(r"\s+\(https?://[^()\s]+\)$")
"""How Notion exports what a cell points to: "Acme Ltd (https://…)"."""
_HYPERLINK: Final = re.compile(r'=HYPERLINK\("[^"]*"[,;]\s*"(.*)"\)', re.IGNORECASE)
"""A spreadsheet's formula for a link, saved as text."""


@dataclass(slots=True)
class SeenStage:
    """A stage as a file names it; six casings are one, the most frequent spelling wins."""

    pipeline: str
    name: str
    """"" for rows without a stage; those are told apart by status."""
    count: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    """What the rows themselves say: open, won or lost."""
    probabilities: Counter[float] = field(default_factory=Counter)


@dataclass(slots=True)
class Candidates:
    """The deals of one export, column by column; every list has one entry a deal."""

    name: str
    header: tuple[str, ...]
    delimiter: str
    mapping: Mapping
    rows: int
    """Deal rows of the file: those here, the skipped and the rejected."""
    lines: list[int]
    keys: list[str]
    """External id, else name, account and created."""
    unread: set[str]
    """Keys of the rejected rows: their deals are in the export all the same."""
    external_ids: list[str]
    values: dict[str, list[Any]]
    """Field of a deal → its values; `stage_id`, `status` and `closed_on` follow when the stages are known."""
    stage_of: list[int]
    """Index into `stages`."""
    stages: list[SeenStage]
    statuses: list[Status | None]
    """What the row says itself; the stage decides where it says nothing."""
    closed: list[date | None] | None
    """The actual close date; `None` if the export knows none."""
    teams: list[str] | None
    answers: dict[str, list[str]]
    """Qualification item → texts."""
    skipped: Counter[str]
    """Why → how many."""
    rejected: list[Rejected]
    warnings: list[str]
    own_references: list[str]
    """What tells the deals of a list that pipetui wrote (`exchange.own.reference`); "" elsewhere."""
    own_sources: list[str]
    """The source that such a list names; "" elsewhere."""


def gather(
    table: Table, mapping: Mapping, *, clock: Clock, currency: str, options: Options, tick: Tick = still
) -> Candidates:
    """Read every mapped column and say of every row what becomes of it: a candidate, skipped or rejected."""
    tidy(table, mapping, tick)
    columns = Columns(table, mapping, clock=clock, currency=currency, options=options, tick=tick)
    size = columns.size
    ids = columns.text("id") or [""] * size
    statuses = _statuses(columns)
    found = _values(columns, ids, statuses)
    closed = _closed(columns, statuses)
    answers = {item: texts for item in QUALIFICATION if (texts := columns.answers(item, _lines)) is not None}
    teams, pipelines = found.pop("team", None), found.pop("pipeline", None)
    stage_texts = columns.text("stage") or [""] * size

    skipped: Counter[str] = Counter()
    warnings = [*table.warnings, *mapping.warnings, *columns.warnings]
    out = set(columns.rejected)
    _skip_deleted(columns, out, skipped, warnings)
    references = columns.text("own_reference") or [""] * size
    keys = [reference or key for reference, key in zip(references, keys_of(ids, found), strict=True)]
    doubles = find_duplicates(table, columns, keys, ids, out)
    keys = doubles.keys
    out |= doubles.out
    skipped.update(doubles.skipped)
    warnings += doubles.warnings
    _warn_negative(found.get("amount"), out, warnings)

    keep = [index for index in range(size) if index not in out] if out else None
    pick = _picker(keep)
    stage_of, stages = _stages(
        pick(pipelines) if pipelines else None,
        pick(stage_texts),
        pick(statuses),
        pick(found["probability"]) if "probability" in found else None,
    )
    width = len(table.header)
    torn = [
        Rejected(
            line,
            "",
            "",
            _("the row has %(n)d cells, the header %(width)d") % {"n": len(row), "width": width},
            row,
        )
        for line, row in table.misshapen
    ]
    return Candidates(
        name=table.name,
        header=table.header,
        delimiter=table.delimiter,
        mapping=mapping,
        rows=size + len(torn),
        lines=pick(table.lines),
        keys=pick(keys),
        unread={keys[index] for index in columns.rejected} | _torn_ids(table, mapping),
        external_ids=pick(ids),
        values={name: pick(values) for name, values in found.items()},
        stage_of=stage_of,
        stages=stages,
        statuses=pick(statuses),
        closed=pick(closed) if closed else None,
        teams=pick(teams) if teams else None,
        answers={item: pick(texts) for item, texts in answers.items()},
        skipped=skipped,
        rejected=sorted([*columns.rejected.values(), *torn]),
        warnings=warnings,
        own_references=pick(references),
        own_sources=pick(columns.text("own_source") or [""] * size),
    )


def _values(columns: Columns, ids: list[str], statuses: list[Status | None]) -> dict[str, list[Any]]:
    """Field of a deal → what the export says of it; and team and pipeline, which are not the deal's own."""
    read: dict[str, list[Any] | None] = {target: columns.text(name) for name, target in TEXTS.items()}
    if columns.mapping.preset.company_ids and (accounts := read["account"]):
        read["account"] = [_COMPANY_ID.sub("", text) for text in accounts]
    names = columns.names()
    if not columns.mapping.preset.is_own:
        names, read["account"] = _unlinked(names), _unlinked(read["account"])
    read["name"] = _names(names, read["account"], ids)
    read["owner"] = columns.owners("owner")
    read |= {name: columns.days(name) for name in DAYS}
    read["next_step"] = columns.text("next_step", _paragraph)
    read["description"] = columns.text("description", _lines)
    amounts, currencies = columns.money()
    read["currency"] = currencies
    read["amount"] = amounts if "amount" in columns.mapping else None
    if won := columns.won_amounts(currencies):
        read["amount"] = [
            amount if actual is None or not is_won else actual
            for amount, actual, is_won in zip(amounts, won, _won(columns, statuses), strict=True)
        ]
    read["probability"] = columns.probabilities()
    read["crm_category"] = columns.categories()
    return {name: values for name, values in read.items() if values is not None}


def _won(columns: Columns, statuses: list[Status | None]) -> list[bool]:
    """Which deals are won, by their status, or their stage's name."""
    stages = columns.text("stage") or [""] * columns.size
    return [
        (status or words.closed_kind(stage)) == "won" for status, stage in zip(statuses, stages, strict=True)
    ]


def _torn_ids(table: Table, mapping: Mapping) -> set[str]:
    match = mapping.matches.get("id")
    return {clean(row[match.position]) for _line, row in table.misshapen} if match else set()


def _picker(keep: list[int] | None) -> Any:
    if keep is None:
        return lambda values: values
    return lambda values: [values[index] for index in keep]


def _lines(text: str) -> str:
    return clean_lines(text) if "\n" in text or "\r" in text else clean(text, TEXT_LIMIT)


def _paragraph(text: str) -> str:
    return clean(text, TEXT_LIMIT)


def _unlinked(texts: list[str] | None) -> list[str] | None:
    """What links are called, without where they lead."""
    if texts is None:
        return None
    return [_LINK.sub("", _HYPERLINK.sub(r"\1", text)) if text.endswith(")") else text for text in texts]


def _names(names: list[str] | None, accounts: list[str] | None, ids: list[str]) -> list[str]:
    """The names; of a deal without one its account and id."""
    if names is not None and all(names):
        return names
    nameless = _("(no name)")
    blank = [""] * len(ids)
    return [
        name or f"{account} {id_}".strip() or nameless
        for name, account, id_ in zip(names or blank, accounts or blank, ids, strict=True)
    ]


def _statuses(columns: Columns) -> list[Status | None]:
    """What the rows say themselves: their status, else IsWon and IsClosed, else whether they are active."""
    said = columns.statuses() or [None] * columns.size
    unknown: list[bool | None] = [None] * columns.size
    flags = [columns.booleans(name) for name in ("is_won", "is_lost", "is_closed", "is_active")]
    if not any(flags):
        return said
    if flags[0] and flags[2] is None and (closed := columns.days("closed")):
        # Not won, and closed on some day.
        flags[2] = [True if day else None for day in closed]
    return [
        status or _from_flags(*row)
        for status, *row in zip(said, *(flag or unknown for flag in flags), strict=True)
    ]


def _from_flags(
    won: bool | None, lost: bool | None, closed: bool | None, active: bool | None
) -> Status | None:
    if won or lost:
        return "won" if won else "lost"
    if closed is False or (won is False and lost is False):
        return "open"
    # Odoo archives what is lost.
    return "lost" if (closed and won is False) or active is False else None


def _closed(columns: Columns, statuses: list[Status | None]) -> list[date | None] | None:
    """Actual close dates, from one column or from one for won and one for lost deals."""
    closed = columns.days("closed")
    won, lost = columns.days("won_on"), columns.days("lost_on")
    if won is None and lost is None:
        return closed
    none: list[date | None] = [None] * columns.size
    return [
        day or {"won": on_won, "lost": on_lost}.get(status or "", on_won or on_lost)
        for day, on_won, on_lost, status in zip(
            closed or none, won or none, lost or none, statuses, strict=True
        )
    ]


def _skip_deleted(columns: Columns, out: set[int], skipped: Counter[str], warnings: list[str]) -> None:
    statuses = columns.cells("status") or ()
    deleted = {cell for cell in set(statuses) if words.is_deleted(clean(cell))}
    gone = {index for index, cell in enumerate(statuses) if cell in deleted} if deleted else set()
    marks = columns.booleans("is_deleted")
    if marks and all(marks):
        warnings.append(
            _("%(column)s: every row is marked as deleted; the column was ignored.")
            % {"column": columns.column("is_deleted")}
        )
    elif marks:
        gone.update(index for index, mark in enumerate(marks) if mark)
    if gone := gone - out:
        skipped[_("deleted in the CRM")] += len(gone)
        out |= gone


def _warn_negative(amounts: list[int | None] | None, out: set[int], warnings: list[str]) -> None:
    below = sum(
        1
        for index, amount in enumerate(amounts or ())
        if amount is not None and amount < 0 and index not in out
    )
    if below:
        warnings.append(
            ngettext(
                "%(n)d deal has an amount below zero; it was kept as it is.",
                "%(n)d deals have an amount below zero; they were kept as they are.",
                below,
            )
            % {"n": below}
        )


def _stages(
    pipelines: list[str] | None,
    names: list[str],
    statuses: list[Status | None],
    probabilities: list[float | None] | None,
) -> tuple[list[int], list[SeenStage]]:
    """Index of each row's stage among the file's stages, and these with what the rows say of them."""
    lines: Iterable[str] = pipelines if pipelines else _repeat("", len(names))
    chances: Iterable[float | None] = probabilities if probabilities else _repeat(None, len(names))
    # A row without a stage belongs where its status says.
    spelled = [
        (line, name, "" if name else status)
        for line, name, status in zip(lines, names, statuses, strict=True)
    ]
    seen: dict[tuple[str, str, str | None], int] = {}
    spellings: list[Counter[tuple[str, str]]] = []
    of_spelling: dict[tuple[str, str, str | None], int] = {}
    for spelling, times in Counter(spelled).items():
        line, name, status = spelling
        key = fold(line), fold(name), status
        index = seen.setdefault(key, len(seen))
        if index == len(spellings):
            spellings.append(Counter())
        spellings[index][line, name] += times
        of_spelling[spelling] = index
    stage_of = [of_spelling[spelling] for spelling in spelled]
    stages = [SeenStage(*counter.most_common(1)[0][0], counter.total()) for counter in spellings]
    for (index, status, chance), times in Counter(zip(stage_of, statuses, chances, strict=True)).items():
        if status is not None:
            stages[index].statuses[status] += times
        if chance is not None and status in (None, "open"):
            # What is closed has 0 or 100 %, whatever its last stage was.
            stages[index].probabilities[chance] += times
    return stage_of, stages


def _repeat(value: Any, times: int) -> Iterator[Any]:
    return (value for _index in range(times))
