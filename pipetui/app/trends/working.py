"""The views are worked out in a thread, the one that is looked at first; each is shown when it is there."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.message import Message

from pipetui.app.trends.shown import View, ViewName
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.trends.facts import Facts, Read
    from pipetui.app.trends.views.flow import Between
    from pipetui.pipeline.trends import Choice
    from pipetui.store.engine import Store

ORDER: Final[tuple[ViewName, ...]] = (
    "diagnosis",
    "velocity",
    "conversion",
    "stays",
    "results",
    "flow",
    "ages",
    "ahead",
    "losses",
    "accuracy",
)


class Ready(Message):
    """A view was worked out."""

    def __init__(self, number: int, view: View, read: "Read", found: int) -> None:
        super().__init__()
        self.number = number
        """Which question it answers."""
        self.view = view
        self.read = read
        """What it rests on: another choice need not read it again."""
        self.found = found
        """How many deals it is about."""


class Work(NamedTuple):
    """What is to be worked out."""

    number: int
    pipeline: Pipeline
    choice: "Choice"
    known: "Read | None"
    """What was read already."""
    between: "Between | None"
    """The days of the flow that were chosen."""

    def do(
        self,
        store: "Store",
        tell: Callable[[Ready], object],
        looked_at: Callable[[], ViewName],
        is_wanted: Callable[[int], bool],
    ) -> None:
        """Work out view by view.

        Args:
            store: where the past is.
            tell: takes each of them.
            looked_at: the view that one is at: it comes next.
            is_wanted: whether nothing else was asked for meanwhile.

        Raises:
            Problem: the store cannot be read.
        """
        from pipetui.app.trends.facts import Facts

        if not is_wanted(self.number):
            return
        read = self.known
        if read is None or not read.past.is_of(self.pipeline):
            read = _read(store, self.pipeline)
        facts, views = Facts(store, self.pipeline, read, self.choice), _views(self.between)
        left = list(ORDER)
        while left and is_wanted(self.number):
            at = looked_at()
            name = at if at in left else left[0]
            left.remove(name)
            view = views[name](facts)
            if any(cut.lines is not None for cut in view.cuts):
                import plotext  # noqa: F401 - here, so that the first chart does not wait for it
            tell(Ready(self.number, view, read, len(facts.trends.deals)))


def _read(store: "Store", pipeline: Pipeline) -> "Read":
    from pipetui.app.trends.facts import Read
    from pipetui.pipeline.trends_past import read_past
    from pipetui.store.calls import read_frozen

    past = read_past(store, pipeline)
    return Read(past, tuple(its.snapshot for its in read_frozen(store)))


def _views(between: "Between | None") -> Mapping[ViewName, "Callable[[Facts], View]"]:
    from pipetui.app.trends.views.accuracy import accuracy
    from pipetui.app.trends.views.ages import ages
    from pipetui.app.trends.views.ahead import ahead
    from pipetui.app.trends.views.conversion import conversion
    from pipetui.app.trends.views.diagnosis import diagnosis
    from pipetui.app.trends.views.flow import flow
    from pipetui.app.trends.views.losses import losses
    from pipetui.app.trends.views.results import results
    from pipetui.app.trends.views.stays import stays
    from pipetui.app.trends.views.velocity import velocity

    return {
        "diagnosis": diagnosis,
        "velocity": velocity,
        "conversion": conversion,
        "stays": stays,
        "results": results,
        "flow": lambda facts: flow(facts, between),
        "ages": ages,
        "ahead": ahead,
        "losses": losses,
        "accuracy": accuracy,
    }
