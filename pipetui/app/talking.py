"""An app that tells what has happened, one toast at a time."""

from textual.notifications import Notify

from pipetui.app.saying import Sayings, Severity
from pipetui.app.typeahead import TypingApp


class TalkingApp(TypingApp):
    """What the app says of an action, and what it says when nothing else is being said."""

    CSS = """
    ToastRack { dock: top; align: right top; margin: 0; overflow: hidden hidden; }
    Toast {
        background: $panel; color: $foreground; padding: 0 1; margin: 0;
        width: auto; max-width: 100%; max-height: 3;
        &.-information { border-left: thick $success; }
        &.-warning { border-left: thick $warning; }
        &.-error { border-left: thick $error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._sayings = Sayings(self)

    def on_notify(self, _event: Notify) -> None:
        """Called before Textual adds a toast."""
        self._sayings.make_room()

    def say(self, text: str, severity: Severity = "information") -> None:
        """A toast about what has just happened. Its text is never parsed as markup."""
        self._sayings.now(text, severity)

    def take_back(self, text: str) -> None:
        """Take away a toast that holds no longer."""
        self._sayings.take_back(text)

    def say_later(self, text: str, severity: Severity = "information") -> None:
        """A toast that waits until nothing else is being said."""
        self._sayings.later(text, severity)
