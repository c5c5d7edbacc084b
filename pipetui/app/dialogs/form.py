"""A few lines to fill in, each read back as it is typed."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from pipetui.app.board.cells import cut, width_of
from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.flow import SEPARATOR
from pipetui.language import _

LEAST = 12
"""Cells that a line with a reading beside it keeps where it stands in the place of a value."""
READING = 26
"""Cells that the reading gets there."""
Answer = tuple[str, ...]
"""What was typed, line by line."""


class Read(NamedTuple):
    """How a line is understood."""

    said: str = ""
    """Shown beside the line."""
    problem: str = ""
    """Why it cannot be taken; "" if it can."""


class Line(NamedTuple):
    """One line of a form."""

    label: str
    text: str = ""
    """What stands in it at first."""
    read: Callable[[str], Read] = lambda _text: Read()
    hint: str = ""
    """Shown while nothing stands in it."""
    width: int = 0
    """Cells of the line, where what is read stands beside it; 0: as wide as the dialog."""


Check = Callable[[Answer], tuple[int, str] | None]
"""What is wrong with the lines together, each by itself being right: (which one, a sentence)."""


class FormDialog(Dialog[Answer]):
    """Lines below each other; enter takes them all, tab goes from one to the next."""

    def __init__(
        self,
        title: str,
        lines: Sequence[Line],
        *,
        check: Check = lambda _answer: None,
        notice: str = "",
    ) -> None:
        keys = _("enter take it · esc never mind")
        if len(lines) > 1:
            keys = _("tab next line · enter take it · esc never mind")
        super().__init__(title, keys, notice=notice)
        self._lines = lines
        self._check = check

    def compose_body(self) -> ComposeResult:
        """Label, line, what was understood."""
        wide = max(width_of(line.label) for line in self._lines) + 2
        for number, line in enumerate(self._lines):
            with Horizontal(classes="line"):
                text, width = line.label, line.width
                if self.place is not None:
                    wide = self.place.indent
                    text = text if number else self.place.label
                    width = width and max(LEAST, min(width, self.place.width - wide - READING))
                if text:
                    label = Static(cut(text, wide - 1), classes="label", markup=False)
                    label.styles.width = wide
                    yield label
                box = Box(line.text, placeholder=line.hint, id=f"line-{number}")
                if width:
                    box.styles.width = width
                yield box
                if width:
                    yield Static(self._said(line, line.text), id=f"said-{number}", classes="said")
        problem = Static("", classes="problem", markup=False)
        problem.display = self.place is None
        yield problem

    @property
    def keys_in_place(self) -> str:
        """How to go on to the next line, if there is one."""
        saves = super().keys_in_place
        return _("tab next line") + SEPARATOR + saves if len(self._lines) > 1 else saves

    @staticmethod
    def _said(line: Line, text: str) -> Content:
        read = line.read(text)
        if read.problem and text.strip():
            return Content.styled(f"✗ {read.said}".rstrip(), "$flag-high")
        return Content.styled(read.said, "" if text.strip() else "$muted")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        number = int((event.input.id or "line-0").removeprefix("line-"))
        if self._lines[number].width:
            said = self._said(self._lines[number], event.value)
            self.query_one(f"#said-{number}", Static).update(said, layout=False)
        self._complain("")

    def _complain(self, problem: str) -> None:
        said = self.query_one(".problem", Static)
        said.update(problem)
        said.display = self.place is None or bool(problem)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        answer = tuple(self.query_one(f"#line-{at}", Input).value.strip() for at in range(len(self._lines)))
        wrong: tuple[int, str] | None = None
        for number, (line, text) in enumerate(zip(self._lines, answer, strict=True)):
            if problem := line.read(text).problem:
                wrong = number, problem
                break
        wrong = wrong or self._check(answer)
        if wrong is None:
            self.dismiss(answer)
        else:
            self._complain(wrong[1])
            self.query_one(f"#line-{wrong[0]}", Input).focus()
