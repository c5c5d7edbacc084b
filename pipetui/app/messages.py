"""How work off the event loop ends: one typed message each."""

from textual.message import Message

from pipetui.app.session import Session
from pipetui.pipeline.pipeline import Pipeline


class Loaded(Message):
    """The store was read."""

    def __init__(self, session: Session, pipeline: Pipeline) -> None:
        super().__init__()
        self.session = session
        self.pipeline = pipeline


class Progress(Message):
    """Long work goes on."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class Failed(Message):
    """Work ended in a problem that the user can do something about."""

    def __init__(self, problem: str, fatal: bool = False) -> None:
        super().__init__()
        self.problem = problem
        self.fatal = fatal
        """Whether there is nothing to show."""
