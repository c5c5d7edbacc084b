"""Opening a store: the file, its connections, its transactions, and what of them is particular to SQLite."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote_from_bytes

from pipetui.deals.errors import Problem
from pipetui.store import failures
from pipetui.store.paths import without_password
from pipetui.store.schema import HEAD

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Run = Callable[[str, Mapping[str, Any]], Sequence[tuple[Any, ...]]]
"""Runs one SQL text with `:named` values and gives its rows, through sqlite3 or SQLAlchemy alike."""

BUSY_SECONDS = 5.0
"""How long a writer waits for another one."""

PRAGMAS = ("PRAGMA foreign_keys=ON", "PRAGMA synchronous=FULL")
"""Set on every connection; WAL is set once, it stays with the file."""


_HEADER = b"SQLite format 3\0"


class Store:
    """An open store. Every method may be called from any thread; `close` it, or use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: sqlite3.Connection | None = None
        self._lock = Lock()
        self._schema: str | None = None
        """As it was when it was opened: another pipetui may bring it up to date while this one runs."""

    @classmethod
    def open(cls, location: str | Path) -> Self:
        """Open a store by path or `sqlite:///` URL; make it if it is not there; migrate it if it is old.

        Raises:
            Problem: if it cannot be opened, is no store, is damaged, locked, or newer than this pipetui.
        """
        store = cls(_path(location))
        if made := not _is_there(store.path):
            store._make_file()
        with store._explained():
            version = store._version()
        if version is None:
            try:
                store._make_tables()
            except Problem:
                if made:
                    store.path.unlink(missing_ok=True)
                raise
        elif version != HEAD:
            from pipetui.store.migrating import migrate

            with store._explained():
                migrate(store)
        store._schema = HEAD
        return store

    @classmethod
    def is_current(cls, location: str | Path) -> bool:
        """Whether a store is there and can be opened without making or migrating anything.

        Raises:
            Problem: as `open`.
        """
        store = cls(_path(location))
        with store._explained():
            return _is_there(store.path) and store._version() == HEAD

    @property
    def url(self) -> str:
        """The store as a database URL."""
        return f"sqlite:///{self.path}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is kept open; the store may be used again."""
        with self._lock:
            if self._kept is not None:
                self._kept.close()
                self._kept = None

    @cached_property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine; the first use imports it. Transactions begin by taking the write lock."""
        from sqlalchemy import NullPool, create_engine, event

        engine = create_engine("sqlite://", creator=self.connect, poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def _begin(connection: "Connection") -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    @property
    def is_read_only(self) -> bool:
        """Whether the file, or the folder in which SQLite keeps its log beside it, may not be written to."""
        return not _may_write(self.path) or not (_may_write(self.path.parent) or self._log_size() is not None)

    @contextmanager
    def writing(self) -> Iterator["Connection"]:
        """One transaction that holds the write lock from its start: all of it is written, or nothing.

        Raises:
            Problem: locked, disk full, read-only, damaged, or newer since another pipetui has opened it.
        """
        with self._explained(), self.engine.begin() as connection:
            self._check(lambda sql: connection.exec_driver_sql(sql).fetchone())
            yield connection

    @contextmanager
    def writing_much(self, tick: Callable[[], object]) -> Iterator["Connection"]:
        """`writing` for hundreds of megabytes: the log is moved into the file afterwards, in its own step.

        Args:
            tick: called between the steps, neither of which can tell how far it is.

        Raises:
            Problem: as `writing`.
        """
        self.data_version()  # a connection stays open: the last one to close would move the log at once
        with self.writing() as connection:
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint=0")
            yield connection
            tick()
        tick()
        with self._explained(), closing(self.connect()) as plain:
            plain.execute("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def reading(self, *, much: bool = False) -> Iterator[Run]:
        """A view of the store at one moment, whatever is written meanwhile, without importing SQLAlchemy.

        Args:
            much: whether all events are to be read, deal by deal, which is not the order they lie in:
                pages that are wanted again are kept, up to 4 MB.

        Raises:
            Problem: locked, damaged, no permission, newer.
        """
        with self._explained(), closing(self.connect()) as connection:
            connection.execute("PRAGMA query_only=ON")
            if much:
                connection.execute("PRAGMA cache_size=-4096")
            connection.execute("BEGIN")
            self._check(lambda sql: connection.execute(sql).fetchone())
            yield lambda sql, values: connection.execute(sql, values).fetchall()

    def data_version(self) -> int:
        """A number that changes when anybody has written to the store. Cheap: ask every second.

        Raises:
            Problem: locked, damaged, no permission.
        """
        with self._explained(), self._lock:
            if self._is_still():
                return self._changed_at()
            if self._kept is None:
                self._kept = self.connect()
            (version,) = self._kept.execute("PRAGMA data_version").fetchone()
            return int(version)

    def connect(self) -> sqlite3.Connection:
        """A new connection that begins no transaction by itself. Raises `sqlite3.Error`."""
        mode = "mode=ro&immutable=1" if self._is_still() else "mode=rw"
        uri = f"file://{quote_from_bytes(os.fsencode(self.path))}?{mode}"
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _is_still(self) -> bool:
        """Whether to read the file as it lies there: one may not write, and nobody else is at work on it.

        SQLite would want to make a log beside it to read it, and leave one behind that nobody can write to.
        """
        return self.is_read_only and not self._log_size()

    def _log_size(self) -> int | None:
        try:
            return self.path.with_name(self.path.name + "-wal").stat().st_size
        except OSError:
            return None

    def _changed_at(self) -> int:
        try:
            return self.path.stat().st_mtime_ns
        except OSError as error:
            raise failures.file_problem(error, self.path) from error

    def _check(self, first: Callable[[str], Sequence[Any] | None]) -> None:
        """Refuse a store whose schema has changed since it was opened."""
        row = first("SELECT version_num FROM alembic_version")
        if self._schema is not None and (row is None or row[0] != self._schema):
            raise failures.newer(self.path)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            cause = error if isinstance(error, sqlite3.Error) else getattr(error, "orig", None)
            problem = failures.database_problem(cause, self.path)
            if problem is None:
                raise
            raise problem from error

    def _version(self) -> str | None:
        """The store's schema; `None` for a file without anything in it."""
        with closing(self.connect()) as connection:
            try:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                    raise
                (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if tables == 0:
                    return None
                row = None
        if row is None:
            raise failures.foreign(self.path)
        return str(row[0])

    def _make_file(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise failures.no_folder(error, self.path.parent) from error
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise failures.file_problem(error, self.path) from error

    def _make_tables(self) -> None:
        """All tables in one transaction, from the script that the migrations amount to."""
        script = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
        with self._explained(), closing(self.connect()) as connection:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("BEGIN IMMEDIATE")
                if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    for statement in script.split(";\n"):
                        connection.execute(statement)
                    connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
                connection.execute("COMMIT")
            except sqlite3.Error:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise


def _path(location: str | Path) -> Path:
    text = str(location)
    if "://" in text:
        scheme, _, text = text.partition("://")
        if scheme not in ("sqlite", "sqlite+pysqlite") or text[:1] != "/" or text[1:] in ("", ":memory:"):
            raise failures.no_file(without_password(str(location)))
        text = text[1:]
    if not text or "\0" in text:
        raise failures.no_file(text)
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:  # "~somebody" who has no home here
        return Path(text).absolute()


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _is_there(path: Path) -> bool:
    try:
        if path.is_dir():
            raise failures.folder(path)
        if not path.exists():
            return False
        if not path.is_file():
            raise failures.foreign(path)
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
        # SQLite itself would take a file shorter than a page for an empty database, and overwrite it.
        if header not in (b"", _HEADER):
            raise failures.foreign(path)
    except OSError as error:
        raise failures.file_problem(error, path) from error
    return True
