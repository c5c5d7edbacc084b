"""Dates and moments as exports write them; the order of day and month is voted by the whole column."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from pipetui.deals.clock import Clock
from pipetui.deals.text import fold

Order = Literal["dmy", "mdy"]

_TIME = (
    r"(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
    r"(?:\s*\(?(?P<zone>Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)\)?)?"
)
_TAIL = rf"(?:(?:,?\s+|T|,?\s+(?:at|à|um|a las|o|в|alle|às|-|–)\s+){_TIME})?"
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TAIL}")
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-/. ])(?P<second_>\d{1,2})(?P=mark)"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:\s*(?:г|r)\.?)?{_TAIL}"
)
_YEAR = r"(?P<year>\d{4}|\d{2})(?:\s*(?:г|r)\.?)?"
_DAY_NAME = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)??(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s\-/.]+(?:de\s+)?(?P<name>[^\W\d_]+)\.?"
    rf",?[\s\-/.]+(?:de\s+)?{_YEAR}{_TAIL}"
)
_NAME_DAY = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)??(?P<name>[^\W\d_]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TAIL}"
)
_QUARTER = re.compile(
    r"(?:[qtkк]|кв\.?|kw\.?)\s?(?P<quarter>[1-4])[\s/\-']*(?:fy\s?)?(?P<year>20\d{2}|\d{2})"
    r"|(?P<year_>20\d{2})[\s/\-]*(?:[qtkк]|кв\.?|kw\.?)\s?(?P<quarter_>[1-4])"
    r"|(?P<ordinal>[1-4]|iv|iii|ii|i)\s?-?(?:er|eme|e|o|и)?\s?"
    r"(?:trimestre|trim|t|quarter|квартал|кв|kwartal|kw)\.?[\s/\-']*(?:de\s)?(?P<year__>20\d{2}|\d{2})(?:\s?[гr]\.?)?"
)
"""A quarter; that of a fiscal year counts as the calendar's."""
_HALF = re.compile(r"[sh]\s?(?P<half>[12])[\s/\-']*(?P<year>20\d{2}|\d{2})")
_YEAR_ALONE = re.compile(r"20[2-4]\d")
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NOTED = re.compile(r"\s+\([^()\d]+\)$")
_MONTH_YEAR = re.compile(
    r"(?:(?P<name>[^\W\d_]+)\.?|(?P<month>\d{1,2}))[\s/.\-]+(?:de\s+)?(?P<year>20\d{2}"
    r"|(?<=[^\W\d_][-/ .])\d{2}|(?<=[^\W\d_]\.[-/ ])\d{2})(?:\s*[гr]\.?)?"
)
_END_OF = re.compile(r"^(?:end(?: of)?|fin(?: de)?|finales de|a finales de|koniec|konec|конец|ende|fine)\s+")
_YEAR_MONTH = re.compile(r"(?P<year>20\d{2})[\s/.\-](?P<month>\d{1,2})")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_SHORT_ISO = re.compile(r"\d{4}-\d\d-\d\d")

_MONTHS = (
    "january jan janvier janv enero ene januar janner gennaio gen janeiro января январь янв stycznia"
    " styczeń sty i",
    "february feb fevrier fevr fev febrero februar febbraio fevereiro февраля февраль фев февр lutego"
    " luty lut ii",
    "march mar mars marzo marz mrz março марта март мар marca marzec iii",
    "april apr avril avr abril abr aprile апреля апрель апр kwietnia kwiecień kwi iv",
    "may mai mayo maggio mag maio мая май maja maj v",
    "june jun juin junio juni giugno giu junho июня июнь июн czerwca czerwiec cze vi",
    "july jul juillet juil julio juli luglio lug julho июля июль июл lipca lipiec lip vii",
    "august aug aout agosto ago августа август авг sierpnia sierpień sie viii",
    "september sep sept septembre septiembre settembre set setembro сентября сентябрь сен сент września"
    " wrzesień wrz ix",
    "october oct octobre octubre oktober okt ottobre ott outubro out октября октябрь окт października"
    " październik paź x",
    "november nov novembre noviembre novembro ноября ноябрь ноя нояб listopada listopad lis xi",
    "december dec decembre diciembre dic dezember dez dicembre dezembro декабря декабрь дек grudnia"
    " grudzień gru xii",
)
_MONTH = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_EXCEL_EPOCH = datetime(1899, 12, 30)
_NEVER = 2200
"""CRMs and pipelines write 9999-12-31 for "no end"; a deal's date in that year is none."""


class _Nothing:
    """A date that stands for no date at all, such as 0000-00-00 or 9999-12-31."""


NOTHING = _Nothing()


@dataclass(slots=True)
class Votes:
    """How many values of a column can only be read day first, only month first, or both ways."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    example: str = ""
    """A value that reads both ways."""

    @property
    def order(self) -> Order | None:
        """The order that the values decide; `None` if they do not."""
        if self.day_first == self.month_first:
            return None
        return "dmy" if self.day_first > self.month_first else "mdy"


def vote(values: Iterable[str]) -> Votes:
    """The votes of a column's values for the order of day and month."""
    votes = Votes()
    for text in values:
        if len(text) < 6 or text[:4].isdigit():
            continue
        match = _NUMERIC.fullmatch(text)
        if match is None:
            continue
        first, second = int(match["first"]), int(match["second_"])
        if match["mark"] in ". " and second <= 12:
            votes.day_first += first > 12
        elif first > 12 >= second:
            votes.day_first += 1
        elif second > 12 >= first:
            votes.month_first += 1
        elif first != second and first <= 12:
            votes.either += 1
            votes.example = votes.example or text
    return votes


def parse_moment(text: str, order: Order, clock: Clock) -> datetime | _Nothing | None:
    """The moment that a text means, as naive wall time of the team; `None` if it is no date.

    A value that fits one order only is read so, whatever the column's order.
    """
    try:
        if len(text) == 19 and text[4] == text[7] == "-" and text[13] == text[16] == ":":
            return _checked(datetime.fromisoformat(text))
        return _parse(text, order, clock)
    except (ValueError, OverflowError):
        return NOTHING if re.match(r"0000[-/]00|00[-/]00[-/]0000|9999", text) else None


def parse_day(text: str, order: Order, clock: Clock) -> date | _Nothing | None:
    """The calendar day that a text means; see `parse_moment`."""
    if len(text) == 10 and _SHORT_ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return NOTHING if text.startswith("0000-00") else None
        return day if 1900 <= day.year < _NEVER else NOTHING if day.year >= _NEVER else None
    moment = parse_moment(text, order, clock)
    return moment.date() if isinstance(moment, datetime) else moment


def parse_month(text: str) -> date | None:
    """The last day of the month or quarter that a text names without a day; `None` if it names neither."""
    folded = _END_OF.sub("", fold(text))
    if match := _QUARTER.fullmatch(folded):
        quarter = match["quarter"] or match["quarter_"] or match["ordinal"]
        year = match["year"] or match["year_"] or match["year__"]
        return _last_day(int(year) % 100 + 2000, 3 * (_ORDINALS.get(quarter) or int(quarter)))
    if match := _YEAR_MONTH.fullmatch(folded):
        return _last_day(int(match["year"]), int(match["month"]))
    if match := _MONTH_YEAR.fullmatch(folded):
        month = _MONTH.get(match["name"], 0) if match["name"] else int(match["month"])
        return _last_day(int(match["year"]) % 100 + 2000, month)
    return None


def parse_span(text: str) -> date | None:
    """The last day of the month, quarter, half or year that a text names; `None` if it names none."""
    folded = _END_OF.sub("", fold(text))
    if match := _HALF.fullmatch(folded):
        return _last_day(int(match["year"]) % 100 + 2000, 6 * int(match["half"]))
    return _last_day(int(folded), 12) if _YEAR_ALONE.fullmatch(folded) else parse_month(text)


def _last_day(year: int, month: int) -> date | None:
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _parse(text: str, order: Order, clock: Clock) -> datetime | _Nothing | None:
    if match := _ISO.fullmatch(text):
        return _moment(match, int(match["month"]), int(match["day"]), clock)
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match["first"]), int(match["second_"])
        day_first = order == "dmy" if match["mark"] in "/-" else True
        if first > 12 or (second <= 12 and day_first):
            first, second = second, first
        return _moment(match, first, second, clock)
    for pattern in (_DAY_NAME, _NAME_DAY):
        match = pattern.fullmatch(text)
        if match and (month := _MONTH.get(fold(match["name"]).rstrip("."))):
            return _moment(match, month, int(match["day"]), clock)
    if (bare := _NOTED.sub("", text)) != text:
        return _parse(bare, order, clock)
    return _unmarked(text, clock)


def _unmarked(text: str, clock: Clock) -> datetime | None:
    """A date in digits alone: 20261122, Excel's days since 1899, seconds or milliseconds since 1970."""
    if match := _COMPACT.fullmatch(text):
        return datetime(int(match["year"]), int(match["month"]), int(match["day"]))
    if _SERIAL.fullmatch(text):
        return (_EXCEL_EPOCH + timedelta(days=float(text.replace(",", ".")))).replace(microsecond=0)
    if _EPOCH.fullmatch(text):
        return clock.local(datetime.fromtimestamp(int(text[:10]), UTC))
    return None


def _moment(match: re.Match[str], month: int, day: int, clock: Clock) -> datetime | _Nothing | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    half = (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    moment = datetime(year, month, day, hour, minute, second)
    zone = match["zone"]
    if zone and isinstance(_checked(moment), datetime):
        offset = _offset(zone)
        if offset is not None:
            moment = clock.local(moment.replace(tzinfo=offset))
    return _checked(moment)


def _offset(zone: str) -> timezone | None:
    """The offset a zone names; other abbreviations (CET, EST) are ambiguous and read as wall time."""
    if zone in ("Z", "UTC", "GMT"):
        return UTC
    zone = zone.removeprefix("UTC").removeprefix("GMT")
    if zone[:1] not in ("+", "-"):
        return None
    hours, _mark, minute = zone[1:].partition(":") if ":" in zone else (zone[1:3], "", zone[3:5])
    minutes = int(hours) * 60 + int(minute or 0)
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _checked(moment: datetime) -> datetime | _Nothing | None:
    if moment.year >= _NEVER:
        return NOTHING
    return moment if moment.year >= 1900 else None
