"""The styles that the columns of a board share, and the cards painted in them."""

from datetime import date

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from pipetui.app.board.cards import CardPainter, Paint
from pipetui.signals.flag import Severity

COMPONENTS = {
    "column--title", "column--figures", "column--rule", "column--current-rule", "column--thumb",
    "card--name", "card--text", "card--muted", "card--money", "card--late",
    "card--high", "card--medium", "card--low", "card--bar", "card--cursor",
}  # fmt: skip
"""The component classes of the widget that the styles are asked of."""


class Palette:
    """Styles looked up once a theme; cards painted once, whichever column they stand in.

    One for all columns of a board: component classes for each would cost more than all else at the start.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}
        self._painters: dict[int, CardPainter] = {}

    def forget(self) -> None:
        """Another theme: look everything up anew."""
        self._styles.clear()
        self._painters.clear()

    def forget_cards(self) -> None:
        """Other deals, another size: paint all cards anew."""
        self._painters.clear()

    def style(self, component: str) -> Style:
        """The style of a component class."""
        style = self._styles.get(component)
        if style is None:
            style = self._styles[component] = self._widget.get_component_rich_style(component)
        return style

    def blank(self, width: int) -> Strip:
        """An empty line."""
        style = self._styles.get("")
        if style is None:
            style = self._styles[""] = self._widget.rich_style
        return Strip.blank(width, style)

    def painter(self, width: int, zoom: int, today: date) -> CardPainter:
        """Who paints the cards of a width; zoom and day are the same for all until they are forgotten."""
        painter = self._painters.get(width)
        if painter is None:
            paints = (self._paint(cursor=False), self._paint(cursor=True))
            painter = self._painters[width] = CardPainter(width, zoom, today, paints, self.blank(width))
        return painter

    def _paint(self, *, cursor: bool) -> Paint:
        background = Style(bgcolor=self.style("card--cursor").bgcolor)
        extra = self._widget.get_component_styles("card--cursor").text_style

        def style(name: str) -> Style:
            plain = self.style(f"card--{name}")
            if not cursor:
                return plain
            if extra.reverse:  # colours would become blocks of colour behind the text
                return Style(bold=plain.bold) + extra
            return plain + background + extra

        return Paint(
            name=style("name"),
            text=style("text"),
            muted=style("muted"),
            money=style("money"),
            bar=style("bar"),
            late=style("late"),
            flags={severity: style(severity.value) for severity in Severity},
        )
