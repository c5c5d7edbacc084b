"""Keys that quick hands type while a dialog still opens: they are its, not the board's."""

from textual import on
from textual.events import Event, Key
from textual.message import Message
from textual.widgets import Input

from pipetui.app.jobs import JobsApp
from pipetui.app.messages import CanType

LOST = 0.1
"""Seconds after which a key that was sent has done what it does, though its widget may be gone by now."""

TO_ANOTHER_LINE = frozenset({"tab", "shift+tab"})
"""What is typed after them is for a line that has the focus only once they have done what they do."""


class TypeAhead:
    """Keeps keys back from the moment on that something is asked until it is there to be answered.

    Then they are sent one after the other, each once the one before has done what it does: that may be to ask
    something else, and the rest waits for that.
    """

    def __init__(self) -> None:
        self._held: list[Key] | None = None
        self._is_asking = False
        self._sent: Key | None = None

    @property
    def is_holding(self) -> bool:
        """Whether keys are kept back."""
        return self._held is not None

    def hold(self) -> None:
        """Keep the keys from now on."""
        self._is_asking = True
        if self._held is None:
            self._held = []

    def takes(self, event: Key) -> bool:
        """Whether a key is kept back."""
        if (
            self._held is None or event is self._sent
        ):  # which comes by once more, from the widget it was sent to
            return False
        self._held.append(event)
        return True

    def answer(self) -> Key | None:
        """What was asked can be answered, or is done with: the first key kept back, to be sent anew."""
        self._is_asking = False
        return self.after(self._sent)

    def after(self, sent: Key | None) -> Key | None:
        """The key after one that was sent and has done what it does; `None` if none is to be sent now.

        One that has been to a widget and back may have come later than the next one; as typed they stand.
        """
        if self._held is None or self._is_asking or sent is not self._sent:
            return None
        if not self._held:
            self._held = self._sent = None
            return None
        first = min(self._held, key=lambda event: event.time)
        self._held.remove(first)
        self._sent = Key(first.key, first.character)
        return self._sent


class Sent(Message):
    """A key that was kept back was sent, and has done what it does."""

    def __init__(self, key: Key, *, again: bool) -> None:
        super().__init__()
        self.key = key
        self.again = again
        """Whether it goes round once more."""


class TypingApp(JobsApp):
    """An app that loses no key while it opens a dialog, or writes what was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = TypeAhead()

    async def on_event(self, event: Event) -> None:
        """Keep a key back, if that is its turn, and all that follow one that goes on to another line."""
        if not isinstance(event, Key):
            await super().on_event(event)
        elif not self.ahead.takes(event):
            if event.key in TO_ANOTHER_LINE and isinstance(self.focused, Input):
                self.ahead.hold()
                self.ahead.takes(event)
                await self._send(self.ahead.answer())
            else:
                await super().on_event(event)

    @on(CanType)
    async def _catch_up(self) -> None:
        """What was typed while a dialog opened, or while it was found that none does."""
        await self._send(self.ahead.answer())

    @on(Sent)
    async def _send_on(self, event: Sent) -> None:
        if event.again:  # what the key led to, such as a box that was submitted, comes by in between
            (self.focused or self.screen).post_message(Sent(event.key, again=False))
        else:
            await self._send(self.ahead.after(event.key))

    async def _send(self, key: Key | None) -> None:
        """Send a key that was kept back. What follows it takes the same way, so it arrives after it."""
        if key is not None:
            await super().on_event(key)
            (self.focused or self.screen).post_message(Sent(key, again=True))
            self.set_timer(LOST, lambda: self.post_message(Sent(key, again=False)))
