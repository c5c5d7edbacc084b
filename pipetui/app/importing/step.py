"""A step of an import: what stands on the screen until it is answered."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from pipetui.app.board.cells import cut, width_of
from pipetui.app.frame.footer import Footer
from pipetui.language import N_, _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

T = TypeVar("T")

WAY = (N_("files"), N_("reading"), N_("comparison"), N_("what changed"))
"""The steps of an import."""


class Step(Vertical, Generic[T]):
    """Title, body, footer; ends with an answer, `None` for "back"."""

    PLACE: ClassVar[str] = ""
    """The place whose keys it has."""

    app: "PipetuiApp"

    def __init__(self, title: str, at: int | None = None) -> None:
        """`at` is its number on the way; `None` if it stands beside it."""
        super().__init__()
        self._title_text = title
        self._at = at
        self.answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()

    def compose(self) -> ComposeResult:
        """The frame around what a step adds."""
        yield Static("", id="title")
        yield from self.compose_body()
        yield Footer(self.PLACE)

    def compose_body(self) -> ComposeResult:
        """What is particular to a step."""
        yield from ()

    def on_resize(self) -> None:
        """The title is cut to the width, so that the way stays in sight."""
        self.query_one("#title", Static).update(self._title_line(self.size.width))

    def _title_line(self, width: int) -> Content:
        way = self._way() if self._at is not None else Content("")
        room = width - way.cell_length - 3
        title = cut(self._title_text, room)
        return Content.assemble(
            " ", Content.styled(title, "bold"), " " * (room - width_of(title) + 1), way, " "
        )

    def _way(self) -> Content:
        parts: list[Content | str] = []
        for number, name in enumerate(WAY):
            parts += [Content.styled(" › ", "$muted")] if parts else []
            style = "bold underline $foreground" if number == self._at else "$muted"
            parts.append(Content.styled(_(name), style))
        return Content.assemble(*parts)

    def finish(self, answer: T | None) -> None:
        """End with an answer."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.finish(None)
