"""Once a second: has another terminal written to the store, has a new day begun, do the hands rest?"""

import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from pipetui.app.messages import Loaded
from pipetui.deals.errors import Problem

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

SECONDS = 1.0
"""How often the store is asked whether it has changed."""


class Watch:
    """Looks at the store on behalf of an app. One look at a time; a store out of sight is told once."""

    def __init__(self, app: "PipetuiApp") -> None:
        self._app = app
        self._looking = self._lost_sight = self._is_warm = False
        self._keys = self._keys_before = 0

    def key(self) -> None:
        """A key was pressed: what is heavy waits for hands that rest."""
        self._keys += 1

    def look(self) -> None:
        """Read the store anew if it, or the day, is another; cheap if not."""
        session, pipeline = self._app.session, self._app.pipeline
        if pipeline is None or self._looking:
            return
        if not self._is_warm and self._keys == self._keys_before:
            self._is_warm = True
            self._app.run_job(_warm_up)
        self._keys_before = self._keys
        with suppress(Problem):  # the job below meets it again, and tells it
            if not session.is_touched() and pipeline.today == session.today and not self._lost_sight:
                return
        self._looking = True

        def read() -> None:
            try:
                if session.is_stale(pipeline):
                    self._app.post_message(Loaded(session, session.load()))
                self._lost_sight = False
            except Problem:
                if not self._lost_sight:  # said once, not every second
                    self._lost_sight = True
                    raise
            finally:
                self._looking = False

        self._app.run_job(read)


def _warm_up() -> None:
    """Import what the first edit needs, while somebody still reads the board."""
    import pipetui.store.undoing
    import pipetui.store.writing  # noqa: F401

    gc.freeze()  # it stays: looking through all of it for garbage would hold up some key for 40 ms
