"""The app on sample data, in a store of its own."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from pipetui.app.session import Launch
from pipetui.store import paths

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store


class DemoLaunch:
    """A launch like another one, but on the sample data; the user's own store is never touched."""

    def __init__(self, launch: Launch, progress: Callable[[float], None]) -> None:
        self.clock = launch.clock
        self.user = launch.user
        self.location = str(paths.demo_store())
        self._progress = progress

    def store(self) -> "Store":
        """The demo's store, built anew if its week is over."""
        from pipetui.exchange.demo import open_demo

        return open_demo(self.clock, self._progress)

    @cached_property
    def playbook(self) -> "Playbook":
        """The sample firm's playbook."""
        from pipetui.exchange import demo

        return demo.playbook(self.clock)
