"""The smallest Textual app that paints, answers a key and quits: what pipetui's speed is measured against."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static


class Hello(App[None]):
    """One line that counts keys."""

    BINDINGS: ClassVar[list[BindingType]] = [("j,k,h,l", "count", "Count"), ("q", "quit", "Quit")]
    keys = 0

    def compose(self) -> ComposeResult:
        yield Static("Hello 0")

    def action_count(self) -> None:
        self.keys += 1
        self.query_one(Static).update(f"Hello {self.keys}", layout=False)


if __name__ == "__main__":
    Hello().run()
