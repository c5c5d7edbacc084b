"""The filter of a board: what was typed, as far as it is understood."""

from typing import TYPE_CHECKING

from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.query.parsing import Query


class Filter:
    """A text as a query. While a word is wrong or unfinished, what was understood before stays in force."""

    def __init__(self) -> None:
        self.query: Query | None = None
        """`None` lets everything pass."""
        self.problem = ""
        """What is wrong with the text; "" if nothing is."""
        self._understood = ""

    def read(self, text: str, pipeline: Pipeline | None) -> None:
        """Another text."""
        from pipetui.query.parsing import QueryError

        try:
            self.query = _parsed(text, pipeline)
        except QueryError as error:
            self.problem = str(error)
            if error.grew_from(self._understood):  # it was taken for a name so far, which nothing is called
                self.query, self._understood = error.rest, error.before
        else:
            self.problem, self._understood = "", text

    def renew(self, pipeline: Pipeline) -> None:
        """Another day: what was said of days is another query."""
        if self.query is not None and self.query.today != pipeline.today:
            self.query = _parsed(self._understood, pipeline)


def _parsed(text: str, pipeline: Pipeline | None) -> "Query | None":
    """The query of a text; raises `QueryError`."""
    from pipetui.query.parsing import parse

    if pipeline is None:
        return None
    names = [stage.name for stage in pipeline.stages.values()]
    query = parse(text, pipeline.today, pipeline.playbook.fiscal_year_start, names)
    return query if query.terms else None
