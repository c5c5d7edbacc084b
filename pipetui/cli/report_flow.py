"""The flow of the pipeline as a section of a page."""

from datetime import date
from typing import Final

from pipetui.exchange.exporting.report.page import Bar, Bars, Section
from pipetui.language import _, format, pgettext
from pipetui.trends.flow import BARS, ENTRIES, EXITS, Flow
from pipetui.trends.wording import bar as bar_told

_KINDS: Final = {"won": "won", "other": "range"}
"""Bars that are drawn as neither come nor gone."""


def flow_section(its: Flow, today: date, currency: str) -> Section:
    """The waterfall between two days; bars of no deal are left out."""

    def short(minor: int, *, signed: bool = False) -> str:
        return format.short_money(minor, currency, signed=signed)

    def level(name: str, amount: int, n: int) -> Bar:
        return Bar(name, 0, amount, f"{short(amount)} ({n})", "commit")

    bars = [level(pgettext("flow", "start"), its.start, len(its.start_deals))]
    at = its.start
    for bar in BARS:
        amount = its.amount(bar) * (-1 if bar in EXITS else 1)
        if n := len(its.deals(bar)):
            kind = _KINDS.get(bar) or ("good" if bar in ENTRIES else "bad")
            bars.append(Bar(bar_told(bar), at, at + amount, f"{short(amount, signed=True)} ({n})", kind))
        at += amount
    bars.append(level(pgettext("flow", "end"), its.end, len(its.end_deals)))
    days = " – ".join(format.short_date(day, today) for day in (its.since, its.until))
    name = " · ".join((_("Flow of the pipeline"), days))
    return Section(title=name, chart=Bars(name, bars))
