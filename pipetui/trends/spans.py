"""The days between which something is counted."""

from datetime import date, timedelta
from typing import Final, NamedTuple

TRAILING: Final = 365
"""Days of the window that is meant unless another is named."""


class Span(NamedTuple):
    """Some days, both ends included."""

    name: str
    """A fiscal period's ("2026-Q4", "2026-11"), or "" for any other."""
    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many it has."""
        return (self.end - self.start).days + 1


def trailing(as_of: date, days: int = TRAILING) -> Span:
    """The last so many days, the day itself included."""
    return Span("", as_of - timedelta(days=days - 1), as_of)


def before(span: Span) -> Span:
    """As many days just before."""
    end = span.start - timedelta(days=1)
    return Span("", end - timedelta(days=span.days - 1), end)
