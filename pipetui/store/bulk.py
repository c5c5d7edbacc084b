"""Writing rows by the thousand: plain values, ids given out here, no objects."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from pipetui.store.engine import Run

_TOGETHER: Final = 100
"""Rows of one statement: SQLite writes them a quarter faster than one by one."""


class Bulk:
    """Writes inside one transaction that holds the store's write lock."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.run: Run = _plain(connection) if connection.dialect.name == "sqlite" else _alike(connection)
        """The shared SQL texts, run inside this transaction."""
        self._next: dict[type[SQLModel], int] = {}
        self._mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"

    def highest(self, model: type[SQLModel]) -> int:
        """The highest id of a table; 0 if it is empty."""
        ((highest,),) = self.run(f"SELECT COALESCE(max(id), 0) FROM {model.__tablename__}", {})
        return int(highest)

    def take(self, model: type[SQLModel], count: int) -> range:
        """The next ids of a table: ours alone, since we hold the write lock."""
        if model not in self._next:
            self._next[model] = self.highest(model) + 1
        start = self._next[model]
        self._next[model] += count
        return range(start, start + count)

    def insert(self, model: type[SQLModel], columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        """Insert rows of values that the driver takes as they are: moments and days as text."""
        quote = self.connection.dialect.identifier_preparer.quote
        names = ", ".join(quote(column) for column in columns)
        marks = f"({', '.join([self._mark] * len(columns))})"
        into = f"INSERT INTO {model.__tablename__} ({names}) VALUES "
        rest = len(rows) - len(rows) % _TOGETHER
        together = [tuple(chain.from_iterable(rows[at : at + _TOGETHER])) for at in range(0, rest, _TOGETHER)]
        self._many(into + ", ".join([marks] * _TOGETHER), together)
        self._many(into + marks, rows[rest:])

    def update_deals(self, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        """Set columns of deals: rows of their values, then the deal's id."""
        settings = ", ".join(f"{column} = {self._mark}" for column in columns)
        self._many(f"UPDATE deal SET {settings} WHERE id = {self._mark}", rows)

    def execute(self, sql: str, **values: Any) -> None:
        """Run one statement with `:named` values."""
        self.connection.execute(text(sql), values)

    def _many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self.connection.exec_driver_sql(sql, rows)


def _plain(connection: Connection) -> Run:
    """Through sqlite3 itself: one edit asks some twenty small things, each five times as fast this way."""
    driver: Any = connection.connection.driver_connection
    return lambda sql, values: driver.execute(sql, values).fetchall()


def _alike(connection: Connection) -> Run:
    return lambda sql, values: [tuple(row) for row in connection.execute(text(sql), dict(values)).all()]


@lru_cache(maxsize=1024)
def moment(at: datetime) -> str:
    """A moment as every database takes it, and as SQLite compares it. One row's events share theirs."""
    return at.isoformat(" ", "microseconds")
