"""A step that is a list: a headline, exceptions below it, rows, all of the row under the cursor."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from pipetui.app.flow import Flow
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.rejects import Leftover
from pipetui.app.importing.rows import Heading
from pipetui.app.importing.step import Step, T
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.language import _


class ListStep(Step[T]):
    """The answer first, then the exceptions, then the rest."""

    def __init__(
        self,
        title: str,
        at: int | None,
        *,
        answer: str,
        exceptions: Sequence[Content] = (),
        problem: str = "",
        is_done: bool = False,
    ) -> None:
        """`problem` is said until the cursor moves; `is_done` puts a tick before the answer."""
        super().__init__(title, at)
        self._answer = answer
        self._exceptions = exceptions
        self._problem = problem
        self._is_done = is_done
        self._sections: list[int] = []

    def compose_body(self) -> ComposeResult:
        """Headline, exceptions, list, detail."""
        yield Static(self._headline(self._answer, is_done=self._is_done), id="headline")
        yield Static(Flow(self._exceptions), id="exceptions")
        yield Lines()
        yield Static("", id="detail")

    def _headline(self, answer: str, *, is_done: bool) -> Flow:
        first, *others = answer.split(" · ")
        tick = Content.styled("✓ ", "$good") if is_done else Content("")
        parts = [Content.assemble(tick, Content.styled(first, "bold"))]
        return Flow([*parts, *(Content.styled(other, "bold") for other in others)])

    def tell_answer(self, answer: str) -> None:
        """Another headline."""
        self.query_one("#headline", Static).update(self._headline(answer, is_done=self._is_done))

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one("#exceptions").display = bool(self._exceptions)
        self.query_one(Lines).focus()
        self.show(self.rows())

    def rows(self) -> list[Row]:
        """What is listed."""
        return []

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """List these rows."""
        self._sections = [at for at, row in enumerate(rows) if isinstance(row, Heading) and row.text]
        self.query_one(Lines).show(rows, cursor)

    @on(Lines.Moved)
    def _tell(self) -> None:
        if self._problem:
            self.complain(self._problem)
            self._problem = ""
        else:
            self._say(Flow.of(getattr(self.query_one(Lines).current, "detail", "")))

    @property
    def rejects(self) -> Leftover | None:
        """The rejected rows that can be written into a file."""
        return None

    @work
    async def action_write_rejects(self) -> None:
        """Write the rows that could not be read into a file, to be mended and imported."""
        rejects = self.rejects
        if rejects is None:
            self.complain(_("There is no rejected row to write."))
            return
        try:
            path = await self.app.off_the_loop(rejects.write)
        except Problem as problem:
            self.complain(str(problem))
        else:
            said = _("Written to %(file)s: mend the rows there and import that file.")
            self._say(Content.styled(said % {"file": clean(str(path), 400)}, "$good"))

    def complain(self, problem: str) -> None:
        """Say what went wrong where the details stand."""
        self._say(Content.styled(problem, "$flag-high"))

    def _say(self, said: Content | Flow) -> None:
        self.query_one("#detail", Static).update(said)

    def action_section(self, step: int) -> None:
        """The next or previous heading; from the last one on to the first."""
        if not self._sections:
            return
        lines = self.query_one(Lines)
        mine = max((n for n, at in enumerate(self._sections) if at < lines.cursor), default=0)
        lines.go_to(self._sections[(mine + step) % len(self._sections)])
