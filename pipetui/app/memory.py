"""What the app remembers between two starts: theme, where one was in each store. Losing it loses nothing."""

import json
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Self

from pipetui.store.paths import without_password

STORES = 50
"""Stores that are remembered; of more those that were left longest ago are forgotten."""
_LARGEST = 1_000_000
"""Bytes; a larger file is none of ours."""
_LOCK = Lock()
"""One draft at a time in this process."""


class Memory:
    """A few small values in one JSON file of the state folder: the app's own, or those of one store.

    Several may write the same file, in this process and in others: each keeps what it did not set itself.
    """

    def __init__(self, path: Path, store: str = "") -> None:
        self._path = path
        self._store = store
        """The section that is read and written; "" for what concerns every store."""
        self._set: dict[str, str | int] = {}
        self._values = _section(_read(path), store)

    def of_store(self, location: str) -> Self:
        """What is remembered of a store, by its path or URL."""
        is_path = "://" not in location
        return type(self)(
            self._path,
            # Not pathlib's: "~somebody" who has no home here is no reason to fail.
            os.path.abspath(os.path.expanduser(location)) if is_path else without_password(location),  # noqa: PTH100, PTH111
        )

    def text(self, key: str, default: str) -> str:
        """A remembered text."""
        value = self._values.get(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        """A remembered whole number."""
        value = self._values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def note(self, **values: str | int) -> None:
        """Take values; `save` writes them."""
        self._values.update(values)
        self._set = {**self._set, **values}

    def remember(self, **values: str | int) -> None:
        """Take values and write them."""
        self.note(**values)
        self.save()

    def save(self) -> None:
        """Write what was noted, from any thread. A folder that cannot be written bothers nobody."""
        draft = self._path.with_suffix(f".{os.getpid()}")
        with _LOCK:
            everything = _read(self._path)
            part = {**_section(everything, self._store), **self._set}
            if self._store:
                stores = {name: its for name, its in _stores(everything).items() if name != self._store}
                everything["stores"] = dict([*stores.items(), (self._store, part)][-STORES:])
            else:
                everything.update(part)
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                draft.write_text(json.dumps(everything), encoding="utf-8")
                draft.replace(self._path)
            except OSError:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any]:
    """The file's content; nothing if it is not there, not ours, or spoilt."""
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _stores(everything: dict[str, Any]) -> dict[str, Any]:
    stores = everything.get("stores")
    return stores if isinstance(stores, dict) else {}


def _section(everything: dict[str, Any], store: str) -> dict[str, Any]:
    section = _stores(everything).get(store) if store else everything
    return dict(section) if isinstance(section, dict) else {}
