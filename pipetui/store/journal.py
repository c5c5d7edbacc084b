"""The log of what nobody foresaw: for whoever is asked to mend it, readable by its owner alone."""

import os
import traceback

from pipetui import __version__
from pipetui.deals.clock import Clock
from pipetui.store.paths import state_dir


def note(error: BaseException) -> str | None:
    """Append the traceback to the log; its path, or `None` if even that cannot be done."""
    path = state_dir() / "pipetui.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as file:
            file.write(f"{Clock().now()} pipetui {__version__}\n")
            file.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return str(path)
