"""Opening the app: what it needs before its first paint, and nothing else."""

import gc

from pipetui import resources
from pipetui.app import themes
from pipetui.app.app import PipetuiApp
from pipetui.app.memory import Memory
from pipetui.app.session import Launch, Session
from pipetui.language import _
from pipetui.store import paths


def make_app(launch: Launch, *, demo: bool = False) -> PipetuiApp:
    """The app, not yet running."""
    available, problems = themes.load([resources.themes(), paths.config_dir() / "themes"])
    memory = Memory(paths.state_dir() / "app.json")
    return PipetuiApp(Session(launch), memory, available, problems, store_name(launch, demo=demo))


def store_name(launch: Launch, *, demo: bool) -> str:
    """What the header calls the store: its file's name, never a password of its URL."""
    if demo:
        return _("sample data")
    return launch.location.rsplit("/", maxsplit=1)[-1]


def open_app(launch: Launch, *, demo: bool = False, mouse: bool = True) -> None:
    """Run the app until the user quits."""
    app = make_app(launch, demo=demo)
    if demo:
        app.start_with_demo()
    gc.freeze()  # what was loaded to start stays until the end: neither a pause nor quitting need look at it
    app.run(mouse=mouse)
