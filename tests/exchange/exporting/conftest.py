"""A store, and what it exports."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipetui import language
from pipetui.deals.clock import Clock
from pipetui.exchange.exporting.calendar import calendar_bytes
from pipetui.exchange.exporting.deals import beside, deal_table
from pipetui.exchange.exporting.delimited import csv_bytes
from pipetui.exchange.exporting.tables import Table
from pipetui.exchange.exporting.workbook import xlsx_bytes
from pipetui.pipeline.looking import look
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store

NOW = datetime(2026, 11, 22, 9, 30)

Looked = Callable[[], Pipeline]
Export = Callable[..., bytes]


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
        data = csv_bytes(table()) if form == "csv" else xlsx_bytes(table(), NOW)
        language.use("en")
        return data

    return made


@pytest.fixture
def calendar(store: Store, looked: Looked) -> Callable[[], bytes]:
    """The calendar of the store."""

    def made() -> bytes:
        pipeline = looked()
        with store.reading() as run:
            return calendar_bytes(pipeline, pipeline.deals.values(), beside(run), NOW.replace(tzinfo=UTC))

    return made
