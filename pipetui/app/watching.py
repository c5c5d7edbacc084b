"""Once a second: has another terminal written to the store, has a new day begun, do the hands rest?

While they rest, what the store's past teaches is learned: it may take a while, and wanted at once it is not.
"""

import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from pipetui.app.messages import Loaded
from pipetui.deals.errors import Problem

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

SECONDS = 1.0
"""How often the store is asked whether it has changed."""
LOOKS_BETWEEN_LESSONS = 60
"""Looks after which one learns again from a store that goes on changing."""


class Watch:
    """Looks at the store on behalf of an app. One look at a time; a store out of sight is told once."""

    def __init__(self, app: "PipetuiApp") -> None:
        self._app = app
        self._looking = self._lost_sight = self._is_warm = False
        self._keys = self._keys_before = 0
        self._looks_since_lesson = LOOKS_BETWEEN_LESSONS

    def key(self) -> None:
        """A key was pressed: what is heavy waits for hands that rest."""
        self._keys += 1

    def look(self) -> None:
        """Read the store anew if it, or the day, is another; cheap if not."""
        session, pipeline = self._app.session, self._app.pipeline
        if pipeline is None or self._looking or session.is_alone:
            return
        resting, self._keys_before = self._keys == self._keys_before, self._keys
        if resting and not self._is_warm:
            self._is_warm = True
            self._app.run_job(self._warm_up)
        self._looks_since_lesson += 1
        learning = False
        with suppress(Problem):  # the job below meets it again, and tells it
            if not session.is_touched() and pipeline.today == session.today and not self._lost_sight:
                learning = resting and not pipeline.is_learned
                if not learning or self._looks_since_lesson < LOOKS_BETWEEN_LESSONS:
                    return
                self._looks_since_lesson = 0
        self._looking = True

        def read() -> None:
            try:
                if learning:
                    self._app.post_message(Loaded(session, session.learn()))
                elif session.is_stale(pipeline):
                    self._app.post_message(Loaded(session, session.load()))
                self._lost_sight = False
            except Problem:
                if not self._lost_sight:  # said once, not every second
                    self._lost_sight = True
                    raise
            finally:
                self._looking = False

        self._app.run_job(read)

    def _warm_up(self) -> None:
        """Import what the first edit, deal view, forecast, trend and import need while somebody reads."""
        import pipetui.app.deal.screen
        import pipetui.app.forecast.place
        import pipetui.app.importing.screen
        import pipetui.app.trends.place
        import pipetui.app.trends.views.diagnosis
        import pipetui.pipeline.outlook_past
        import pipetui.pipeline.trends_past
        import pipetui.store.undoing
        import pipetui.store.writing  # noqa: F401

        self._app.call_later(self._app.warm_up)
        gc.freeze()  # it stays: looking through all of it for garbage would hold up some key for 40 ms
