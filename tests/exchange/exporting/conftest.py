"""A store, and what it exports."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pipetui import language
from pipetui.deals.clock import Clock
from pipetui.deals.edits import Undertake
from pipetui.deals.promise import PromiseKind, PromiseState
from pipetui.exchange.exporting.calendar import calendar as calendar_file
from pipetui.exchange.exporting.calendar import deal_events
from pipetui.exchange.exporting.deals import beside, deal_table
from pipetui.exchange.exporting.delimited import csv_lines
from pipetui.exchange.exporting.tables import Table
from pipetui.exchange.exporting.undertakings import Undertaking, undertakings
from pipetui.exchange.exporting.workbook import xlsx_bytes
from pipetui.pipeline.looking import look
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.writing import apply

NOW = datetime(2026, 11, 22, 9, 30)

Looked = Callable[[], Pipeline]
Export = Callable[..., bytes]
Do = Callable[..., None]
Undertaken = Callable[..., list[Undertaking]]


@pytest.fixture
def looked(store: Store, playbook: Playbook, clock: Clock) -> Looked:
    """The pipeline as it stands when one asks."""
    return lambda: look(store, playbook, clock.today())


@pytest.fixture
def table(store: Store, looked: Looked) -> Callable[[], Table]:
    """All deals of the store."""

    def made() -> Table:
        pipeline = looked()
        with store.reading() as run:
            return deal_table(pipeline, pipeline.deals.values(), beside(run))

    return made


@pytest.fixture
def export(table: Callable[[], Table]) -> Export:
    """All deals of the store in a format and a language."""

    def made(form: str, tongue: str = "en") -> bytes:
        language.use(tongue)
        data = b"".join(csv_lines(table())) if form == "csv" else xlsx_bytes(table(), NOW)
        language.use("en")
        return data

    return made


@pytest.fixture
def calendar(store: Store, looked: Looked, clock: Clock) -> Callable[[], bytes]:
    """The calendar of the store."""

    def made() -> bytes:
        pipeline = looked()
        with store.reading() as run:
            events = deal_events(pipeline, pipeline.deals.values(), beside(run))
            return b"".join(calendar_file("Pipeline", events, clock))

    return made


@pytest.fixture
def undertake(store: Store, looked: Looked, playbook: Playbook) -> Do:
    """Writes a commitment or action down for the deal with an external id, or what became of it."""

    def run(
        external_id: str,
        kind: PromiseKind,
        what: str,
        who: str = "",
        due: date | None = None,
        state: PromiseState = "open",
        *,
        thread: int | None = None,
        at: datetime = NOW,
    ) -> None:
        deal = next(deal for deal in looked().deals.values() if deal.external_id == external_id)
        apply(
            store,
            [Undertake(deal.id, kind, what, who, due, state, thread)],
            by="claire",
            at=at,
            playbook=playbook,
        )

    return run


@pytest.fixture
def undertaken(store: Store, looked: Looked) -> Undertaken:
    """What is undertaken as it stands when one asks."""

    def run(**how: Any) -> list[Undertaking]:
        pipeline = looked()
        with store.reading() as reading:
            return undertakings(reading, pipeline.deals.values(), **how)

    return run
