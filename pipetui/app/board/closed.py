"""Won and lost of the period while their columns are folded away."""

from textual.content import Content
from textual.widget import Widget

from pipetui.app.board.arranging import Arranged
from pipetui.app.kept import keeps_lines


@keeps_lines
class ClosedStub(Widget):
    """A narrow strip at the board's right: how many were won and lost, and the key that opens them."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Content("")

    def show(self, arranged: Arranged | None) -> None:
        """Other counts; `None` while the columns are open."""
        if self.display != (arranged is not None):  # setting it lays out the screen, also to what it is
            self.display = arranged is not None
        if arranged is not None:
            self._text = Content("\n").join(
                [
                    Content.assemble(Content.styled("✓", "$good"), f"{arranged.won.count:>4}"),
                    Content.assemble(Content.styled("✗", "$flag-high"), f"{arranged.lost.count:>4}"),
                    Content.styled("   . ›", "$muted"),
                ]
            )
            self.refresh()

    def render(self) -> Content:
        """Three short lines."""
        return self._text
