"""What is asked about window and filters: which field, which value of it, which days."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from pipetui.app.dates import in_words
from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.forecast import phrases
from pipetui.app.questions import DAY
from pipetui.app.trends.choosing import LENGTHS, Choosing, written
from pipetui.app.trends.narrowed import (
    FIELDS,
    UNPRICED,
    Band,
    Narrowed,
    bands,
    value_of,
    worth_in,
)
from pipetui.deals.deal import Deal
from pipetui.deals.money import to_major
from pipetui.forecast.periods import Period, before, quarter
from pipetui.language import _, format, ngettext, pgettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.typed import read_amount, read_day

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

ALL: Final = "all"
OTHER: Final = "other"
"""Another value, which is typed."""
_AMOUNT: Final = 14
"""Cells of a line for an amount."""


def fields(choosing: Choosing, pipeline: Pipeline, whose: str, days: str) -> Pick:
    """What the deals are to be narrowed down by, each with what it is now; `whose` and `days` are told."""
    its, deals = choosing.narrowed, pipeline.deals.values()
    choices = [Choice("scope", _("whose"), whose)]
    for field, name in FIELDS.items():
        value = getattr(its, field)
        found = {*map(value_of(field, pipeline), deals)}
        if value is not None or (any(found) and (field != "pipeline" or len(found) > 1)):
            choices.append(
                Choice(field, _(name), _all() if value is None else value or pgettext("segment", "unknown"))
            )
    band = _all() if its.band is None else its.band.told(pipeline.currency)
    choices += [Choice("band", _("amount"), band), Choice("window", _("window"), days)]
    if not choosing.is_plain:
        choices.append(Choice(ALL, _("no filter"), _("everybody’s deals, the last 12 months")))
    return Pick(_("Which deals"), choices, is_short=True, in_columns=True)


def _all() -> str:
    return pgettext("deals", "all")


def values(field: str, now: Narrowed, pipeline: Pipeline) -> Pick:
    """What a field holds, and how many deals each."""
    counts = Counter(map(value_of(field, pipeline), pipeline.deals.values()))
    names = sorted(counts, key=lambda name: (not name, name.casefold()))
    choices = [Choice(ALL, _all(), phrases.deals(sum(counts.values())))]
    choices += [
        Choice(f"={name}", name or pgettext("segment", "unknown"), phrases.deals(counts[name]))
        for name in names
    ]
    chosen = getattr(now, field)
    title = {"segment": _("Which segment"), "lead_source": _("Which lead source")}.get(field)
    return Pick(
        title or _("Which pipeline"),
        choices,
        current=ALL if chosen is None else f"={chosen}",
        in_columns=True,
    )


def amounts(now: Narrowed, pipeline: Pipeline) -> Pick:
    """Bands of amounts, and how many deals each holds."""
    deals = list(pipeline.deals.values())
    offered: Sequence[Band] = bands(deals, pipeline)
    if now.band is not None and now.band not in offered:
        offered = (now.band, *offered)
    choices = [Choice(ALL, _all(), phrases.deals(len(deals)))]
    choices += [
        Choice(band.noted, band.told(pipeline.currency), phrases.deals(_count(band, deals, pipeline)))
        for band in offered
    ]
    choices.append(Choice(OTHER, _("another band …")))
    current = ALL if now.band is None else now.band.noted
    return Pick(_("Which amounts"), choices, current=current, is_short=True, in_columns=True)


def _count(band: Band, deals: Sequence[Deal], pipeline: Pipeline) -> int:
    if band == UNPRICED:
        return sum(deal.amount is None for deal in deals)
    worth = worth_in(pipeline)
    return sum(band.has(amount) for amount in map(worth, deals) if amount is not None)


async def ask_band(app: "PipetuiApp", now: Band | None, pipeline: Pipeline) -> Band | None:
    """A band that is typed; `None` if somebody thought better of it, or typed nothing."""
    currency = pipeline.currency

    def minor(text: str) -> int | None:
        money = read_amount(text, currency)
        if money is None:
            return None
        return pipeline.playbook.conversion.convert(money.minor, money.currency)

    def read(text: str) -> Read:
        if not text.strip():
            return Read(_("no limit"))
        amount = minor(text)
        if amount is None:
            return Read("", _("This is no amount: write it as 12500, 12 500,50 or 250k."))
        return Read(format.money(amount, currency))

    def check(answer: Answer) -> tuple[int, str] | None:
        low, high = (minor(text) for text in answer)
        if low is not None and high is not None and low >= high:
            return 1, _("The upper end is not above the lower one.")
        return None

    def text(amount: int | None) -> str:
        return "" if not amount else f"{to_major(amount, currency):f}".removesuffix(".00")

    def limit(title: str, amount: int | None) -> Line:
        return Line(title, text(amount), read, hint=_("no limit"), width=_AMOUNT)

    lines = [
        limit(pgettext("amount", "From"), now.low if now else None),
        limit(pgettext("amount", "Below"), now.high if now else None),
    ]
    answer = await app.push_screen_wait(FormDialog(_("A band of amounts"), lines, check=check))
    if answer is None:
        return None
    band = Band(*(minor(text) if text else None for text in answer))
    return None if band == UNPRICED else band


def windows(choosing: Choosing, pipeline: Pipeline) -> Pick:
    """How long the window is, or which period it is."""
    today, start = pipeline.today, pipeline.playbook.fiscal_year_start
    now = quarter(today, start)
    year = Period.parse(now.name[:4], start)
    choices = [Choice(str(days), length(days), _("to today")) for days in LENGTHS]
    for its, said in (
        (now, _("this quarter so far")),
        (before(now, start), _("last quarter")),
        (year, _("this year so far")),
        (before(year, start), _("last year")),
    ):
        choices.append(Choice(its.name, format.period(its.name), said))
    choices.append(Choice(OTHER, _("other days …")))
    current = choosing.window or str(choosing.days)
    if current not in {choice.value for choice in choices}:
        current = OTHER
    return Pick(_("The window"), choices, current=current, is_short=True, in_columns=True)


def length(days: int) -> str:
    """A window in words."""
    months = round(days / 30.4)
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


async def ask_days(app: "PipetuiApp", start: date, end: date, pipeline: Pipeline) -> str | None:
    """Two days that are typed, as a window is remembered; `None` if somebody thought better of it."""
    today, first = pipeline.today, pipeline.playbook.fiscal_year_start

    def day(text: str) -> date | None:
        return read_day(text, today, past=True, fiscal_year_start=first)

    def read(text: str) -> Read:
        found = day(text)
        if found is None:
            hint = _("such as -7, mon, 30/09")
            return Read(hint, _("This is no date: write it as 2026-11-30, 30/11, mon or -7."))
        said = in_words(found, today)
        return Read(said, _("This day is still to come.")) if found > today else Read(said)

    def check(answer: Answer) -> tuple[int, str] | None:
        one, other = (day(text) for text in answer)
        if one is not None and other is not None and one > other:
            return 1, _("The last day lies before the first.")
        return None

    lines = [
        Line(_("First day"), start.isoformat(), read, width=DAY),
        Line(_("Last day"), end.isoformat(), read, width=DAY),
    ]
    answer = await app.push_screen_wait(FormDialog(_("The window"), lines, check=check))
    if answer is None:
        return None
    one, other = (day(text) for text in answer)
    return None if one is None or other is None else written(one, other)
