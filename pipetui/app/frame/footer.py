"""The last row: what the keys do here, from the command table."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from pipetui.app.board.cells import width_of
from pipetui.app.commands import EVERYWHERE, Command, of_place
from pipetui.app.kept import keeps_lines
from pipetui.app.keymap import key_of
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


@keeps_lines
class Footer(Widget):
    """As many commands of the place as fit; help and quit always do."""

    DEFAULT_CSS = """
    Footer {
        height: 1; width: 1fr; dock: bottom;
        background: $footer-background; color: $footer-description-foreground;
    }
    """
    COMPONENT_CLASSES = {"footer--key"}  # noqa: RUF012 - Textual's own way

    app: "PipetuiApp"

    def __init__(self, place: str, *, elsewhere: Collection[str] = ()) -> None:
        """`elsewhere` are the ids of commands that the place names in another part of the screen."""
        super().__init__()
        self._place = place
        self._elsewhere = elsewhere

    def render(self) -> Content:
        """The row."""
        everywhere = [command for command in of_place(EVERYWHERE) if command.footer]
        always = [command for command in everywhere if command.id in ("app.help", "app.quit")]
        wanted = [
            command
            for command in of_place(self._place)
            if command.footer and command.id not in self._elsewhere
        ]
        wanted += [command for command in everywhere if command not in always]
        room = self.size.width - sum(self._width(command) for command in always)
        shown: list[Command] = []
        for command in wanted:
            if self._width(command) <= room:
                room -= self._width(command)
                shown.append(command)
        key = self.get_visual_style("footer--key")
        parts: list[Content | str] = []
        for command in [*shown, *always]:
            parts += [Content.styled(f" {self._key(command)}", key), f" {_(command.short or command.title)} "]
        return Content.assemble(*parts)

    def _key(self, command: Command) -> str:
        return key_of(command, self.app.keymap_in_use)

    def _width(self, command: Command) -> int:
        return width_of(self._key(command)) + width_of(_(command.short or command.title)) + 3
