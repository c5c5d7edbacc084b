"""A batch: everything that one import or one edit writes, in one transaction and one step of undo."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection

from pipetui.deals.deal import Status
from pipetui.deals.edits import Undertake
from pipetui.deals.event import Event, Origin
from pipetui.store.bulk import moment
from pipetui.store.changing import FieldChange, change, history
from pipetui.store.conflicts import settle
from pipetui.store.creating import NewDeal, NewDeals, create, create_columns
from pipetui.store.engine import Store
from pipetui.store.ledger import Entry, Ledger
from pipetui.store.restating import supersede
from pipetui.store.stagebook import StageBook
from pipetui.store.tables import (
    Account,
    Conflict,
    Export,
    ImportSource,
    Note,
    Observation,
    Owner,
    Promise,
    Qualification,
    RejectedRow,
)

__all__ = ["BatchWriter", "Dispute", "Entry", "FieldChange", "NewDeal", "NewDeals", "Reject", "batch"]


class Reject(NamedTuple):
    """A row of an export that could not be read, whole."""

    line: int
    column: str
    value: str
    reason: str
    cells: Sequence[str]


class Dispute(NamedTuple):
    """A field that was set here and changed in the CRM since; values as event text."""

    deal_id: int
    field: str
    ours: str | None
    theirs: str | None


class BatchWriter:
    """What may be written within a batch. `summary` is kept with it as JSON."""

    def __init__(self, ledger: Ledger, by: str, as_of: datetime | None = None) -> None:
        self.ledger = ledger
        self.id: int = ledger.batch_id
        self.at: datetime = ledger.at
        self.connection: Connection = ledger.connection
        self.summary: dict[str, Any] = {}
        self._by = by
        self._as_of = as_of
        self._book = StageBook(ledger)

    def source_id(self, name: str, *, preset: str, signature: str, mapping: Mapping[str, str]) -> int:
        """Find or add a source, and note how its columns are read now; the batch becomes its import.

        `mapping` is field → column; `signature` recognises the same kind of file again.
        """
        row = {
            "preset": preset,
            "signature": signature,
            "mapping": json.dumps(dict(mapping), ensure_ascii=False),
        }
        found = self.ledger.run("SELECT id FROM import_source WHERE name = :name", {"name": name})
        if found:
            source_id = int(found[0][0])
            self.ledger.execute(
                "UPDATE import_source SET preset = :preset, signature = :signature, mapping = :mapping "
                "WHERE id = :source",
                source=source_id,
                **row,
            )
        else:
            (source_id,) = self.ledger.take(ImportSource, 1)
            new = {"id": source_id, "name": name, **row}
            self.ledger.insert(ImportSource, tuple(new), [tuple(new.values())])
        self.belong(source_id)
        return source_id

    def belong(self, source_id: int) -> None:
        """Let the batch be an import of that source."""
        self.ledger.execute(
            "UPDATE batch SET source_id = :source WHERE id = :batch", source=source_id, batch=self.id
        )

    def stage_id(self, pipeline: str, name: str, *, kind: Status, position: int, probability: float) -> int:
        """The stage of that name (whatever the case and accents) in that pipeline; added if new."""
        return self._book.stage_id(pipeline, name, kind=kind, position=position, probability=probability)

    def rename_stage(self, stage_id: int, name: str) -> None:
        """Let a stage carry the CRM's own name, unless another of its pipeline does. No clock is touched."""
        self._book.rename(stage_id, name)

    def owner_id(self, name: str, team: str = "") -> int | None:
        """The owner of that name, added if new, and put into the team if one is named; `None` for no name."""
        id_ = self.ledger.names(Owner, [name]).get(name)
        if id_ is not None and team:
            ((before,),) = self.ledger.run("SELECT team FROM owner WHERE id = :owner", {"owner": id_})
            if before != team:
                self.ledger.execute("UPDATE owner SET team = :team WHERE id = :owner", team=team, owner=id_)
                teams = self.summary.setdefault("teams", {})  # for undo: a team is no field of a deal
                teams[name] = [teams.get(name, [before])[0], team]
        return id_

    def account_id(self, name: str) -> int | None:
        """The account of that name, added if new; `None` for no name."""
        return self.ledger.names(Account, [name]).get(name)

    def create(
        self, deals: Sequence[NewDeal], *, at: datetime | None = None, origin: Origin = "export"
    ) -> list[int]:
        """Write new deals as they were `at` a moment (else the export's, else the batch's); their ids."""
        return create(self.ledger, deals, at or self._as_of or self.at, origin)

    def create_columns(
        self, deals: NewDeals, *, at: datetime | None = None, origin: Origin = "export"
    ) -> range:
        """`create` for the deals of one source by the hundred thousand: as columns; their ids."""
        return create_columns(self.ledger, deals, at or self._as_of or self.at, origin)

    def change(self, changes: Sequence[FieldChange]) -> None:
        """Change fields; a deal's version grows once a batch. Raises `Stale` where `old` is not so."""
        change(self.ledger, changes)

    def history(self, events: Sequence[FieldChange]) -> None:
        """Tell the past of deals, from before they came here; only their clocks follow from it."""
        history(self.ledger, events)

    def supersede(self, events: Sequence[Event], instead: Sequence[Entry]) -> None:
        """Let derived events give way to others, dated as they say; the deals' rows follow."""
        supersede(self.ledger, events, instead)

    def export(
        self,
        source_id: int,
        as_of: datetime,
        name: str,
        *,
        is_whole: bool,
        heard: Iterable[str],
        unread: Iterable[str],
    ) -> None:
        """Keep that there was an export, whatever it brought.

        Args:
            source_id: whose.
            as_of: its moment.
            name: of its file.
            is_whole: whether deals that are not in it were missing then.
            heard: the fields and qualification items that it has a column for.
            unread: keys of deals that were in it and could not be read.
        """
        (id_,) = self.ledger.take(Export, 1)
        lists = (json.dumps(sorted(heard)), json.dumps(sorted(unread), ensure_ascii=False))
        self.ledger.insert(
            Export,
            ("id", "source_id", "as_of", "name", "is_whole", "heard", "unread", "batch_id"),
            [(id_, source_id, moment(as_of), name, is_whole, *lists, self.id)],
        )

    def disagree(self, disputes: Sequence[Dispute], as_of: datetime) -> None:
        """Keep that fields were set here and changed in the CRM since; what is set here stays in force."""
        ids = self.ledger.take(Conflict, len(disputes))
        self.ledger.insert(
            Conflict,
            ("id", "deal_id", "field", "ours", "theirs", "as_of", "batch_id"),
            [(id_, *dispute, moment(as_of), self.id) for id_, dispute in zip(ids, disputes, strict=True)],
        )

    def agree(self, settled: Iterable[tuple[int, str]]) -> None:
        """Both sides say the same of these fields of deals, (deal id, field), or it was decided."""
        settle(self.ledger, settled)

    def observe(self, observations: Sequence[tuple[int, int, datetime, str]]) -> None:
        """Keep what an export said: (source id, deal id, as of, `deals.fields.encode_state` of the row).

        A row of "" says that the deal was not in it.
        """
        ids = self.ledger.take(Observation, len(observations))
        self.ledger.insert(
            Observation,
            ("id", "source_id", "deal_id", "as_of", "row", "batch_id"),
            [
                (id_, source_id, deal_id, moment(as_of), row, self.id)
                for id_, (source_id, deal_id, as_of, row) in zip(ids, observations, strict=True)
            ],
        )

    def qualify(self, texts: Sequence[tuple[int, str, str]]) -> None:
        """Keep the texts behind qualification levels: (deal id, item, text)."""
        ids = self.ledger.take(Qualification, len(texts))
        rows = [(id_, *item, self.id) for id_, item in zip(ids, texts, strict=True)]
        self.ledger.insert(Qualification, ("id", "deal_id", "item", "text", "batch_id"), rows)

    def note(self, deal_id: int, text: str) -> None:
        """Write a note on a deal."""
        (id_,) = self.ledger.take(Note, 1)
        row = (id_, deal_id, moment(self.at), self._by, text, self.id)
        self.ledger.insert(Note, ("id", "deal_id", "at", "by", "text", "batch_id"), [row])

    def undertake(self, promises: Sequence[Undertake]) -> None:
        """Keep what was undertaken, or what became of it."""
        ids = self.ledger.take(Promise, len(promises))
        self.ledger.insert(
            Promise,
            ("id", "thread", "deal_id", "kind", "who", "what", "due", "state", "batch_id"),
            [
                (id_, its.thread or id_, its.deal_id, its.kind, its.who, its.what, due, its.state, self.id)
                for id_, its in zip(ids, promises, strict=True)
                for due in [its.due and its.due.isoformat()]
            ],
        )

    def reject(self, rows: Sequence[Reject]) -> None:
        """Keep rows that could not be read."""
        ids = self.ledger.take(RejectedRow, len(rows))
        self.ledger.insert(
            RejectedRow,
            ("id", "batch_id", "line", "column", "value", "reason", "row"),
            [
                (id_, self.id, line, column, value, reason, json.dumps(list(cells), ensure_ascii=False))
                for id_, (line, column, value, reason, cells) in zip(ids, rows, strict=True)
            ],
        )


@contextmanager
def batch(
    store: Store,
    *,
    kind: Literal["import", "edit"],
    by: str,
    at: datetime,
    because: str = "",
    as_of: datetime | None = None,
) -> Iterator[BatchWriter]:
    """One batch in one transaction: it is written whole at the end of the `with`, or not at all.

    Args:
        store: Where it is written.
        kind: What the audit trail calls it.
        by: Who does it; undo takes back one's own.
        at: Now, wall time of the team.
        because: The reason given.
        as_of: The moment of the export that an import reads.

    Raises:
        Problem: locked, disk full, read-only, damaged.
    """
    with store.writing() as connection:
        ledger = Ledger(connection, kind=kind, by=by, at=at, because=because, as_of=as_of)
        writer = BatchWriter(ledger, by, as_of)
        yield writer
        ledger.finish(writer.summary)
