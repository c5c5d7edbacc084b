"""What all views are worked out from: the figures, those of the window before, the diagnosis."""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipetui.pipeline.pipeline import Pipeline
from pipetui.pipeline.trends import Trends
from pipetui.pipeline.trends_ahead import diagnosis
from pipetui.pipeline.trends_past import Past
from pipetui.trends.diagnosis.rules import Diagnosis
from pipetui.trends.spans import trailing

if TYPE_CHECKING:
    from pipetui.forecast.calls.snapshot import Snapshot
    from pipetui.pipeline.trends import Choice
    from pipetui.store.engine import Store


class Read(NamedTuple):
    """What was read from the store; it holds until something is written."""

    past: Past
    frozen: "tuple[Snapshot, ...]"
    """The frozen calls, with their deals."""


class Facts:
    """The figures of a choice; each is worked out when a view asks for it. Not on the event loop."""

    def __init__(self, store: "Store", pipeline: Pipeline, read: Read, choice: "Choice") -> None:
        self.store = store
        self.pipeline = pipeline
        self.read = read
        self.trends = Trends(pipeline, read.past, choice)
        self.today = pipeline.today
        self.currency = pipeline.currency

    @cached_property
    def earlier(self) -> Trends:
        """As many days just before."""
        return self.trends.over(self.trends.window_before)

    @cached_property
    def now(self) -> Trends:
        """Those of the last year, where the window is another one: what is said of today rests on them."""
        window = trailing(self.today)
        return self.trends if self.trends.window == window else self.trends.over(window)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What the figures say today."""
        return diagnosis(self.now, self.read.frozen)
