"""A line to write in."""

from textual.events import Key
from textual.widgets import Input


class Box(Input):
    """Keys act in the order in which they are typed.

    Textual sends those that are bound round by way of the app, and letters go straight into the line: who
    types ctrl+u and an amount, fast, would see the amount deleted.
    """

    async def on_key(self, event: Key) -> None:
        """Do at once what a key that is no letter does here, or in the dialog."""
        if not event.is_printable and await self.app._check_bindings(event.key):
            event.stop()
            event.prevent_default()
