"""A year of a small firm in a store, for the trends: what became of 50 deals; how its figures are read."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipetui.deals.fields import Value
from pipetui.playbook.models import Quota
from pipetui.store.batches import FieldChange, NewDeal, batch
from pipetui.store.engine import Store
from tests.store.making import sync_stages

from .making import (
    CLAIRE,
    DEMO,
    DISCOVERY,
    LOST,
    MAPPED,
    MARC,
    PLAYBOOK,
    QUALIFICATION,
    WON,
    Seat,
    Start,
    deal,
)

QUOTED = replace(PLAYBOOK, quotas=(Quota(period="2026-Q4", amount=Decimal(200_000)),))
JANUARY, FEBRUARY, APRIL, MAY, NOVEMBER = (
    datetime(2026, month, day, 9) for month, day in ((1, 5), (2, 5), (4, 10), (5, 5), (11, 9))
)
FRESH = range(41, 51)


def owner(number: int) -> str:
    return CLAIRE if number % 2 else MARC


def changes(at: datetime, ids: range, **fields: tuple[Value, Value]) -> list[FieldChange]:
    return [
        FieldChange(id_, name, old, new, at, "export") for id_ in ids for name, (old, new) in fields.items()
    ]


def closed(at: datetime, ids: range, stage: int, status: str, reason: str) -> list[FieldChange]:
    return changes(
        at,
        ids,
        stage_id=(stage, WON if status == "won" else LOST),
        status=("open", status),
        closed_on=(None, at.date()),
        close_reason=("", reason),
    )


@cache
def year_of_deals() -> bytes:
    """40 deals of January, €10k each: 30 reach discovery and 10 are lost, 24 reach the demo; of these 15 are
    won and 5 lost in May. 10 more of November, in qualification.
    """
    steps = [
        (
            FEBRUARY,
            [
                *changes(FEBRUARY, range(1, 31), stage_id=(QUALIFICATION, DISCOVERY)),
                *closed(FEBRUARY, range(31, 41), QUALIFICATION, "lost", "No budget"),
            ],
        ),
        (APRIL, changes(APRIL, range(1, 25), stage_id=(DISCOVERY, DEMO))),
        (
            MAY,
            [
                *closed(MAY, range(1, 16), DEMO, "won", "Price"),
                *closed(MAY, range(16, 21), DEMO, "lost", "Competitor"),
            ],
        ),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "year.db"
        with Store.open(path) as store:
            sync_stages(store, PLAYBOOK)
            _import(store, JANUARY, range(1, 41))
            for at, its in steps:
                with batch(store, kind="import", by="import", at=at, as_of=at) as writer:
                    writer.change(its)
            _import(store, NOVEMBER, FRESH)
        return path.read_bytes()


def _import(store: Store, at: datetime, numbers: range) -> None:
    states = [
        deal(
            f"Deal {n}",
            QUALIFICATION,
            10_000,
            owner=owner(n),
            account=f"Firm {n}",
            created=at.date(),
            last_stage_change=at.date(),
            close_date=date(2026, 12, 15) if n in FRESH else None,
            segment="Large" if n <= 10 else "Small" if n <= 40 else "",
            lead_source="Fair" if n % 2 else "Referral",
        )
        for n in numbers
    ]
    with batch(store, kind="import", by="import", at=at, as_of=at) as writer:
        source = writer.source_id(
            "crm", preset="generic", signature="s", mapping={name: name for name in MAPPED}
        )
        writer.create(
            [NewDeal(source, str(n), f"ID-{n}", state) for n, state in zip(numbers, states, strict=True)]
        )


def year_in(folder: Path) -> Start:
    """How the app is started on a fresh store of that year."""
    path = folder / "year.db"
    path.write_bytes(year_of_deals())
    return Start(str(path), playbook=QUOTED)


def told(someone: Seat, label: str) -> str:
    """The words of the first line of the view that begins with a label."""
    for line in someone.lines:
        for text in (line[36:], line[21:]):
            found = " ".join(text.strip(" ▌│").split())
            if found.startswith(label):
                return found
    raise AssertionError(f"no {label} in\n{someone.text}")


async def go(someone: Seat, view: str) -> None:
    """To a view of the list."""
    names = ["Diagnosis", "Velocity", "Conversion", "Time in stage", "Win rate", "Flow", "Age", "Creation"]
    names += ["Losses", "Accuracy"]
    await someone.press(*["k"] * len(names), *["j"] * names.index(view))
