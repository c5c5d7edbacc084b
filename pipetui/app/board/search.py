"""Which deals the board shows, in which order: worked out once a pipeline, order and filter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipetui.app.board.arranging import Arranged, Wanted, arrange
from pipetui.deals.deal import Deal
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.sorting import ordered

if TYPE_CHECKING:
    from pipetui.query.parsing import Query
    from pipetui.query.prepared import Prepared


class Search:
    """Keeps the deals in their order, and what was found last: a filter that goes on searches only that."""

    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None
        self._order = ""
        self._deals: list[Deal] = []
        self._last: tuple[Query, list[Prepared]] | None = None

    def find(self, pipeline: Pipeline, query: "Query | None", order: str) -> Sequence[Deal]:
        """The deals that a query finds, all without one, in an order."""
        if pipeline is not self._pipeline or order != self._order:
            self._deals = ordered(pipeline.deals.values(), order, pipeline.known)
            self._pipeline, self._order, self._last = pipeline, order, None
        if query is None:
            self._last = None
            return self._deals
        from pipetui.query.parsing import extends

        if self._last is not None and extends(self._last[0], query):
            rows = self._last[1]
        else:
            rows = [pipeline.rows[deal.id] for deal in self._deals]
        found = query.select(rows)
        self._last = (query, found)
        return [row.deal for row in found]


class Arranger:
    """The board as it is wanted; of a large pipeline worked out before it is shown, off the event loop."""

    def __init__(self) -> None:
        self._search = Search()
        self._before: tuple[Pipeline, Wanted, Search, Arranged] | None = None

    def work_out(self, pipeline: Pipeline, wanted: Wanted) -> None:
        """Have an answer ready for `arrange`. May run in a thread: it shares nothing with those before."""
        search = Search()
        found = search.find(pipeline, wanted.query, wanted.order)
        self._before = pipeline, wanted, search, arrange(pipeline, wanted, found)

    def arrange(self, pipeline: Pipeline, wanted: Wanted) -> Arranged:
        """The board's columns, new each time."""
        before, self._before = self._before, None
        if before is not None and before[0] is pipeline and before[1] == wanted:
            self._search = before[2]
            return before[3]
        return arrange(pipeline, wanted, self._search.find(pipeline, wanted.query, wanted.order))
