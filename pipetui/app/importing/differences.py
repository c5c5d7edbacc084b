"""What an import changed, deal by deal, read from the events of its batch; or, rehearsed, would change."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pipetui.app.importing.stopping import StoppedError
from pipetui.deals.fields import CREATED, Value, decode
from pipetui.store.engine import Run, Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

LISTED: Final = 10_000
"""Differences of a kind that are read; of more the number is told."""

Kind = Literal["new", "changed", "missing", "back"]
KINDS: Final[tuple[Kind, ...]] = ("new", "changed", "missing", "back")

_RANKS: Final = ("stage_id", "amount", "close_date", "crm_category", "owner", "next_step", "next_step_date")
"""Fields by what people look for first; the others follow."""
TELLING: Final = frozenset(_RANKS[:5])
"""Fields whose changes stand out."""
_TOLD: Final = frozenset({"status", "closed_on", "last_stage_change"})
"""Fields that go with a stage: told only where it did not change itself."""
_MAIN: Final = "('stage_id', 'status', 'close_date', 'amount')"
"""What a pipeline review is about; a deal that changed in nothing of it is listed last."""
_MISSING: Final = "e.field = 'missing_since' AND e.new IS NOT NULL"
_CHANGED: Final = "e.field NOT IN (:created, 'missing_since', 'archived')"
_IN_MAIN: Final = (
    "e.deal_id {}IN (SELECT m.deal_id FROM deal_event m WHERE m.batch_id = :batch AND m.origin = 'export' "
    f"AND m.field IN {_MAIN})"
)

_COLUMNS: Final = (
    "e.deal_id, d.name, COALESCE(a.name, ''), COALESCE(o.name, ''), d.currency, d.stage_id, d.amount, "
    "CAST(d.close_date AS TEXT), e.field, e.old, e.new FROM deal_event e JOIN deal d ON d.id = e.deal_id "
    "LEFT JOIN account a ON a.id = d.account_id LEFT JOIN owner o ON o.id = d.owner_id "
    "WHERE e.batch_id = :batch AND e.origin = 'export' AND "
)
_LARGEST: Final = "d.amount IS NULL, d.amount DESC, e.deal_id, e.at, e.id LIMIT :most"


class Subject(NamedTuple):
    """The deal that differs, as it is after the import."""

    id: int
    name: str
    account: str
    owner: str
    currency: str
    stage_id: int
    amount: int | None
    close_date: date | None


class Difference(NamedTuple):
    """A deal that is new, missing or back, or one field of it that changed."""

    kind: Kind
    deal: Subject
    field: str = ""
    old: Value = None
    new: Value = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences of a batch, kind by kind; of each kind the deals of the largest amounts first."""

    listed: Mapping[Kind, list[Difference]] = field(default_factory=dict)
    deals: Mapping[Kind, int] = field(default_factory=dict)
    """How many deals are of a kind, listed or not."""
    others: list[Difference] = field(default_factory=list)
    """Of deals that changed in neither stage nor date nor amount; `listed` has the other changes."""
    other_deals: int = 0
    """How many deals changed so, listed or not."""
    closed: int = 0
    """How many of the deals that are missing were closed."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Field → how many deals changed in it."""
    stages: Mapping[int, str] = field(default_factory=dict)
    """The names of the stages, the new ones included."""


def read_differences(run: Run, batch_id: int) -> Differences:
    """What a batch changed."""
    values = {"batch": batch_id, "most": LISTED, "created": CREATED}
    fields = {
        name: int(count)
        for name, count in run(
            "SELECT field, count(DISTINCT deal_id) FROM deal_event WHERE batch_id = :batch "
            "AND origin = 'export' AND field NOT IN (:created, 'missing_since', 'archived') GROUP BY field",
            values,
        )
    }
    ((new, missing, back, changed, main),) = run(
        "SELECT COALESCE(sum(field = :created), 0), "
        "COALESCE(sum(field = 'missing_since' AND new IS NOT NULL), 0), "
        "COALESCE(sum(field = 'missing_since' AND new IS NULL), 0), count(DISTINCT CASE WHEN field NOT IN "
        "(:created, 'missing_since', 'archived') THEN deal_id END), "
        f"count(DISTINCT CASE WHEN field IN {_MAIN} THEN deal_id END) "
        "FROM deal_event WHERE batch_id = :batch AND origin = 'export'",
        values,
    )
    ((closed,),) = run(
        "SELECT count(*) FROM deal_event e JOIN deal d ON d.id = e.deal_id WHERE e.batch_id = :batch "
        f"AND e.origin = 'export' AND {_MISSING} AND d.status <> 'open'",
        values,
    )
    return Differences(
        listed={
            "new": _read(run, "new", "e.field = :created", values),
            "changed": _by_deal(_read(run, "changed", f"{_CHANGED} AND {_IN_MAIN.format('')}", values)),
            "missing": _read(run, "missing", _MISSING, values, first="d.status <> 'open', "),
            "back": _read(run, "back", "e.field = 'missing_since' AND e.new IS NULL", values),
        },
        deals={"new": int(new), "changed": int(changed), "missing": int(missing), "back": int(back)},
        others=_telling_first(_read(run, "changed", f"{_CHANGED} AND {_IN_MAIN.format('NOT ')}", values)),
        other_deals=int(changed) - int(main),
        closed=int(closed),
        fields=fields,
        stages=dict(run("SELECT id, name FROM stage", {})),
    )


def _read(
    run: Run, kind: Kind, condition: str, values: Mapping[str, object], *, first: str = ""
) -> list[Difference]:
    rows = run(f"SELECT {_COLUMNS}{condition} ORDER BY {first}{_LARGEST}", dict(values))
    return [_difference(kind, row) for row in rows]


def _difference(kind: Kind, row: Sequence[Any]) -> Difference:
    id_, name, account, owner, currency, stage_id, amount, close_date, its_field, old, new = row
    subject = Subject(
        id_,
        name,
        account,
        owner,
        currency,
        stage_id,
        amount,
        date.fromisoformat(close_date) if close_date else None,
    )
    if kind == "new":
        return Difference(kind, subject)
    return Difference(kind, subject, its_field, decode(its_field, old), decode(its_field, new))


def _telling_first(found: list[Difference]) -> list[Difference]:
    """The deals with the most telling changes first: a category before a note of the last activity."""
    best: dict[int, int] = {}
    for difference in found:
        best[difference.deal.id] = min(_rank(difference), best.get(difference.deal.id, len(_RANKS)))
    return _by_deal(sorted(found, key=lambda difference: best[difference.deal.id]))


def _by_deal(found: list[Difference]) -> list[Difference]:
    """The changes of each deal together, the most telling field first."""
    of_deal: dict[int, list[Difference]] = {}
    for difference in found:
        of_deal.setdefault(difference.deal.id, []).append(difference)
    ordered: list[Difference] = []
    for its in of_deal.values():
        moved = any(difference.field == "stage_id" for difference in its)
        told = [difference for difference in its if not (moved and difference.field in _TOLD)]
        ordered += sorted(told, key=_rank)
    return ordered


def _rank(difference: Difference) -> int:
    return _RANKS.index(difference.field) if difference.field in _RANKS else len(_RANKS)


class Rehearsal(Store):
    """A store whose writing is looked at before a dry run takes it back."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.path)
        self.differences = Differences()

    @contextmanager
    def writing(self) -> Iterator["Connection"]:
        """The transaction of the store; what it changed is read when it ends, whether it is kept or not."""
        from pipetui.store.bulk import Bulk

        with super().writing() as connection:
            begun = Bulk(connection).run("SELECT COALESCE(max(id), 0) FROM batch", {})[0][0]
            try:
                yield connection
            except StoppedError:
                raise
            except Exception:
                run = Bulk(connection).run
                batch = run("SELECT COALESCE(max(id), 0) FROM batch", {})[0][0]
                if batch > begun:
                    self.differences = read_differences(run, batch)
                raise
