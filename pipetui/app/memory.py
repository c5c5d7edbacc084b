"""What the app remembers between two starts: theme, card size, order. Losing it loses nothing."""

import json
import os
from pathlib import Path
from typing import Any


class Memory:
    """A few small values in one JSON file of the pipeline folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            values = {}
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}

    def text(self, key: str, default: str) -> str:
        """A remembered text."""
        value = self._values.get(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        """A remembered whole number."""
        value = self._values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def remember(self, **values: str | int) -> None:
        """Keep values; a folder that cannot be written is no reason to bother anybody."""
        self._values.update(values)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._path.with_suffix(f".{os.getpid()}")
            draft.write_text(json.dumps(self._values), encoding="utf-8")
            draft.replace(self._path)
        except OSError:
            return
