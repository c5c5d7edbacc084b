"""The one place where the date and time are read, so that tests and `--today` can set them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall time of the team: calendar days in one configured timezone (`None`: the machine's)."""

    zone: "ZoneInfo | None" = None
    fixed: date | None = None
    """`--today`: this day instead of the real one; the time of day goes on."""

    def now(self) -> datetime:
        """Naive wall time, to the second."""
        real = datetime.now(self.zone).replace(tzinfo=None, microsecond=0)
        return real if self.fixed is None else datetime.combine(self.fixed, real.time())

    def today(self) -> date:
        """Today's calendar day."""
        return self.fixed or datetime.now(self.zone).date()

    def local(self, moment: datetime) -> datetime:
        """A moment with a zone as naive wall time of the team; one without is wall time already."""
        if moment.tzinfo is None:
            return moment
        return moment.astimezone(self.zone).replace(tzinfo=None)
