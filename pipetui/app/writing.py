"""Writing what a screen shows into a file that the user names."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipetui.app.dialogs.listing import shown
from pipetui.app.dialogs.write import WriteDialog
from pipetui.deals.errors import Problem
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


async def write_into_a_file(app: "PipetuiApp", title: str, name: str, data: bytes) -> None:
    """Ask for the name of a new file, beginning with one that is free, and write it.

    Args:
        app: where it is asked and told.
        title: what is asked.
        name: the name to begin with; a number is added where there is such a file.
        data: what is written.
    """
    text = await app.push_screen_wait(WriteDialog(title, _free(name), _refused))
    if text is None:
        return
    path = Path(text).expanduser().absolute()

    def write() -> None:
        from pipetui.exchange.exporting.files import write_file

        write_file(path, data)

    try:
        await app.off_the_loop(write)
    except Problem as problem:
        app.say(str(problem), severity="error")
    else:
        app.say(_("Written to %(file)s.") % {"file": shown(path)})


def _free(name: str) -> str:
    """A name that no file here has yet."""
    wanted, number = Path(name), 1
    while Path(name).exists():
        number += 1
        name = f"{wanted.stem}-{number}{wanted.suffix}"
    return name


def _refused(text: str) -> str:
    try:
        taken = bool(text) and Path(text).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return _("This is no name for a file.")
    return _("There is such a file already: choose another name.") if taken else ""
