"""A note written in the user's own editor, while the app waits."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from pipetui.app.editing import Editor, name_of_all
from pipetui.deals.deal import Deal
from pipetui.deals.edits import AddNote
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean_lines
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

USUAL: Final = ("nano", "vi")
"""Editors that are looked for where the user names none."""


async def write_note(editor: Editor, deals: Sequence[Deal]) -> None:
    """Write a note on deals outside of the app; what was left empty is none."""
    app = editor.app
    path: Path | None = None
    async with editor.turn:
        try:
            path = written(app, "")
            text = read(path)
            if text:
                said = _("%(deals)s: note kept") % {"deals": name_of_all(deals)}
                await editor.write([AddNote(deal.id, text) for deal in deals], said)
            else:
                app.say(_("Nothing was written: no note."))
        except Problem as problem:
            kept = path is not None and bool(read(path))
            said = str(problem)
            if kept:
                said += " " + _("What you wrote is kept in %(file)s.") % {"file": path}
            app.say(said, severity="error")
            path = None if kept else path
        finally:
            if path is not None:
                path.unlink(missing_ok=True)


def write_on(app: "PipetuiApp", text: str) -> str:
    """Go on with a text outside of the app.

    Raises:
        Problem: there is no editor, or the terminal cannot be given to one.
    """
    path = written(app, text)
    try:
        return read(path)
    finally:
        path.unlink(missing_ok=True)


def written(app: "PipetuiApp", text: str) -> Path:
    """A file of one's own that the user's editor was opened with, and closed.

    Raises:
        Problem: there is no editor, it failed, or the terminal cannot be given to one.
    """
    command = command_of(os.environ)
    handle, name = mkstemp(prefix="pipetui-", suffix=".md")  # for nobody else to read: mode 0600
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with app.suspend():
            code = subprocess.run([*command, name], check=False).returncode
    except SuspendNotSupported:
        path.unlink(missing_ok=True)
        raise Problem(
            _("This terminal cannot be given to an editor; write a short note here instead.")
        ) from None
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Problem(_cannot(command[0], error.strerror or str(error))) from None
    if code:
        path.unlink(missing_ok=True)
        raise Problem(_cannot(command[0], _("it ended with code %(code)d") % {"code": code}))
    return path


def _cannot(name: str, why: str) -> str:
    return _("The editor “%(name)s” did not do: %(why)s. No note was written.") % {"name": name, "why": why}


def read(path: Path) -> str:
    """What stands in a file now, made harmless."""
    try:
        return clean_lines(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def command_of(environ: "os._Environ[str] | dict[str, str]") -> list[str]:
    """The editor that the user has chosen, with its options; else a usual one that is there.

    Raises:
        Problem: there is none.
    """
    chosen = (environ.get("VISUAL") or environ.get("EDITOR") or "").strip()
    if chosen:
        try:
            return shlex.split(chosen)
        except ValueError:
            return [chosen]
    for name in USUAL:
        if found := shutil.which(name, path=environ.get("PATH")):
            return [found]
    raise Problem(_("No editor was found: say which one in the variable EDITOR, such as EDITOR=nano."))
