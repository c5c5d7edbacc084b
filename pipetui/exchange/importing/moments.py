"""The moment that an export speaks of."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.exchange.importing import dates
from pipetui.exchange.importing.files import Piece
from pipetui.language import _

_YEAR_FIRST: Final = re.compile(r"(?<!\d)(20\d\d)([-_. ]?)(\d\d)\2(\d\d)(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d\d)[-_. ](\d\d)[-_. ](20\d\d)(?!\d)")
_TITLE: Final = re.compile(
    r"\b(?:as of|updated(?: on)?|exported(?: on| at)?|generated(?: on| at)?|run (?:on|date)"
    r"|(?:situation|état|arrêté[es]*|portefeuille|pipe(?:line)?) au|en date du|mis à jour le|exportée? le"
    r"|générée? le|éditée? le|a fecha de|(?:situación|corte) al|actualizado(?: el)?|exportado el|generado el"
    r"|по состоянию на|отч[её]т на|обновлено|выгружено|дата выгрузки"
    r"|stan na(?: dzień)?|na dzień|aktualizacja|wygenerowano|data eksportu|stand|stand vom)\s*:?\s+"
    r"(\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})\b",
    re.IGNORECASE,
)
"""What a report's title says before its date; any other date in a title may be a filter."""


class AsOf(NamedTuple):
    """When an export was made, and how that is known."""

    at: datetime
    reason: str


def as_of(piece: Piece, titles: Iterable[str], given: date | None, clock: Clock) -> AsOf:
    """The day given, else that of title or file name, else when it was written; never later than today."""
    if given is not None:
        return AsOf(_moment(given, clock), _("as given"))
    titled = _titled(titles, clock)
    if titled is not None and titled <= clock.today():
        return AsOf(_moment(titled, clock), _("the date above the header"))
    named = _named(piece.stem)
    if named is not None and named <= clock.today():
        return AsOf(_moment(named, clock), _("the date in the file's name"))
    if piece.written is not None:
        written = clock.local(piece.written)
        if written < clock.now():
            return AsOf(written, _("when the file was written"))
    return AsOf(clock.now(), _("now"))


def _titled(titles: Iterable[str], clock: Clock) -> date | None:
    """The one day that titles call the report's; a day that reads both ways is none."""
    found: set[date] = set()
    for title in titles:
        for match in _TITLE.finditer(title):
            days = {dates.parse_day(match[1], order, clock) for order in ("dmy", "mdy")}
            day = days.pop()
            if days or not isinstance(day, date):
                return None
            found.add(day)
    return found.pop() if len(found) == 1 else None


def _named(stem: str) -> date | None:
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (3, 2, 1))):
        for match in pattern.finditer(stem):
            try:
                return date(*(int(match[group]) for group in order))
            except ValueError:
                continue
    return None


def _moment(day: date, clock: Clock) -> datetime:
    """Today means now: an edit made earlier today came before it."""
    return clock.now() if day >= clock.today() else datetime.combine(day, time())
