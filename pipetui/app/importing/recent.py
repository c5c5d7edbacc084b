"""What is remembered of imports between two starts: folders, files, and answers. Losing it loses nothing."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipetui.app.dialogs.files import Places

if TYPE_CHECKING:
    from pipetui.app.memory import Memory

KEPT: Final = 5


class Recent:
    """Folders and files that were imported from, the newest first."""

    def __init__(self, memory: "Memory") -> None:
        self._memory = memory

    def files(self) -> Places:
        """Where the choice of files begins, and what it offers besides."""
        folder = self._memory.text("folder", "")
        begin = Path(folder) if folder else None
        return Places(begin, self._paths("recent folders"), self._paths("recent files"))

    def chosen(self, paths: Sequence[Path]) -> None:
        """Remember files and the folder they are in."""
        folder = paths[0].parent
        self._memory.remember(
            **{
                "folder": str(folder),
                "recent folders": _first([folder, *self._paths("recent folders")]),
                "recent files": _first([*paths[:KEPT], *self._paths("recent files")]),
            }
        )

    def answers(self, signature: str) -> str:
        """What was answered about exports with such a header; "" if nothing was."""
        return self._memory.text(_key(signature), "")

    def answered(self, signature: str, told: str) -> None:
        """Remember what was answered."""
        if told != self.answers(signature) and told.strip(" -"):
            self._memory.remember(**{_key(signature): told})

    def _paths(self, name: str) -> list[Path]:
        try:
            found = json.loads(self._memory.text(name, "[]"))
        except ValueError:
            return []
        return [Path(text) for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _first(paths: Iterable[Path]) -> str:
    """The first few different ones, as text."""
    return json.dumps(list(dict.fromkeys(map(str, paths)))[:KEPT])


def _key(signature: str) -> str:
    digest = hashlib.sha256(signature.encode()).hexdigest()[:12]
    return f"read {digest}"
