"""The moment that an export speaks of."""

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.exchange.importing.reading import STDIN
from pipetui.language import _

_YEAR_FIRST: Final = re.compile(r"(?<!\d)(20\d\d)([-_. ]?)(\d\d)\2(\d\d)(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d\d)[-_. ](\d\d)[-_. ](20\d\d)(?!\d)")


class AsOf(NamedTuple):
    """When an export was made, and how that is known."""

    at: datetime
    reason: str


def as_of(path: Path, given: date | None, clock: Clock) -> AsOf:
    """The day given, else one in the file's name, else when the file was written; never later than today."""
    if given is not None:
        return AsOf(_moment(given, clock), _("as given"))
    named = _named(path.stem)
    if named is not None and named <= clock.today():
        return AsOf(_moment(named, clock), _("the date in the file's name"))
    written = _written(path, clock)
    if written is not None and written < clock.now():
        return AsOf(written, _("when the file was written"))
    return AsOf(clock.now(), _("now"))


def _named(stem: str) -> date | None:
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (3, 2, 1))):
        for match in pattern.finditer(stem):
            try:
                return date(*(int(match[group]) for group in order))
            except ValueError:
                continue
    return None


def _written(path: Path, clock: Clock) -> datetime | None:
    if path == STDIN:
        return None
    try:
        return datetime.fromtimestamp(int(path.stat().st_mtime), clock.zone).replace(tzinfo=None)
    except (OSError, OverflowError, ValueError):
        return None


def _moment(day: date, clock: Clock) -> datetime:
    """Today means now: an edit made earlier today came before it."""
    return clock.now() if day >= clock.today() else datetime.combine(day, time())
