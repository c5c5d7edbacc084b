"""Makes the README's pictures from the sample data: python docs/make_screenshots.py.

They are real screens of the running app, on a fixed day, in a store of their own.
"""

import asyncio
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipetui import language
from pipetui.app.start import make_app
from pipetui.cli.context import Globals

FOLDER = Path(__file__).parent / "screenshots"
TODAY = date(2026, 11, 19)


class Shot(NamedTuple):
    """A picture: its name, how the app is set, and the keys pressed before it is taken."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = (120, 36)
    theme: str = "harbour"
    lang: str = "en"


CALL = (
    *("4", "c", "enter", "t", "space", "c"),
    *("c", *"The CFO signs", "enter", "c", "c", "c"),
    *("n", *"The CFO approved the budget by mail on Thursday", "enter"),
)
"""A call on everybody's quarter: five deals classified, one of them with a reason, a note on the sixth."""

SHOTS = (
    Shot("board", ("l", "l", "j", "space")),
    Shot("board-fr", ("l", "j", "j"), theme="newsprint", lang="fr"),
    Shot("deal", ("l", "l", "l", "l", "j", "enter")),
    Shot("cleanup", ("3", "j")),
    Shot("forecast", ("4",)),
    Shot("dashboard", ("1",), size=(120, 40)),
    Shot("trends", ("6", "j", "j"), size=(120, 40), theme="newsprint"),
    Shot("board-80x24", ("slash", *"flag:stalled", "enter", "z", "z"), size=(80, 24), theme="bistro"),
    Shot("call", CALL),
)


async def take(shot: Shot) -> None:
    """Run the app, press the keys, keep the screen as SVG."""
    language.use(shot.lang)
    settings = Globals.resolve(today=TODAY, language=shot.lang)
    app = make_app(settings, demo=True, theme=shot.theme)
    async with app.run_test(size=shot.size) as pilot:
        await app.workers.wait_for_complete()
        while app.pipeline is None or not app.pipeline.is_learned:  # the past is learned while hands rest
            await pilot.pause(0.05)
        app.clear_notifications()
        for key in shot.keys:
            await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        app.save_screenshot(str(FOLDER / f"{shot.name}.svg"))


def main() -> None:
    """All pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        for shot in SHOTS:
            os.environ["XDG_STATE_HOME"] = f"{home}/{shot.name}"  # a start goes on where the last ended
            asyncio.run(take(shot))
            print(shot.name)


if __name__ == "__main__":
    main()
