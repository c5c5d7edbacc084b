"""The very same files once more, known by their content: nobody waits to hear that nothing changes."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipetui import __version__
from pipetui.deals.clock import Clock
from pipetui.exchange.importing.files import STDIN, pieces_of, read_bytes
from pipetui.exchange.importing.moments import as_of
from pipetui.exchange.importing.options import Options

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Run


class Repeat(NamedTuple):
    """An import of files that were imported last, and read the same way."""

    batch: int
    """The import that brought them."""
    told: dict[str, Any]
    """The report of this one, with the keys of the command line's contract."""


def fingerprint(files: Sequence[Path], options: Options, playbook: "Playbook", clock: Clock) -> str:
    """Differs as soon as anything does that an import's result depends on.

    The day does not: what is said as of which day is part of it, and how columns are read is remembered.
    "" where files cannot be read twice.

    Raises:
        Problem: a file cannot be read.
    """
    if STDIN in (*files, *options.history) or not all(path.is_file() or path.is_dir() for path in files):
        return ""
    mark = sha256()
    for part in (__version__, repr(options), repr(playbook), repr(clock.zone)):
        mark.update(part.encode())
    for piece in pieces_of(files).found:
        day = as_of(piece, (), options.as_of, clock).at.date()
        mark.update(f"{piece.name}\n{day}\n".encode())
        mark.update(sha256(piece.read()).digest())
    for path in options.history:
        mark.update(sha256(read_bytes(path)).digest())
    return mark.hexdigest()


def find_repeat(run: "Run", mark: str) -> Repeat | None:
    """The import of that fingerprint, if it is the newest one and nothing was taken back or redone since.

    Edits do not matter: what an export says is compared with what the one before said.
    """
    newest = run(
        "SELECT id, kind, summary FROM batch WHERE kind <> 'edit' ORDER BY id DESC LIMIT 1",
        {},
    )
    if not mark or not newest or newest[0][1] != "import":
        return None
    ((batch, _kind, text),) = newest
    summary = json.loads(text or "{}")
    if summary.get("fingerprint") != mark:
        return None
    told = {**summary["report"], "batch": None, "events": 0}
    told["unchanged"] += told["new"] + told["changed"]
    told.update(dict.fromkeys(("new", "changed", "missing", "back", "conflicts"), 0))
    return Repeat(batch, told)
