"""The hygiene of the last weeks in a line."""

from collections.abc import Sequence

from pipetui.language import ngettext
from pipetui.language.format import number
from pipetui.language.sparkline import sparkline
from pipetui.signals.trend import Week, rise


def trend_told(weeks: Sequence[Week], now: float | None, *, plain: bool) -> str:
    """ "▁▂▃▅▅▆  +6 in 12 weeks"; "" where there is no week to compare with.

    Args:
        weeks: oldest first.
        now: the score as it is, 0–1.
        plain: whether the terminal has no Unicode.
    """
    its = rise(weeks, now)
    if its is None:
        return ""
    bars = sparkline([week.score for week in weeks[-its.weeks :]], plain=plain)
    change = ngettext("%(points)s in %(n)d week", "%(points)s in %(n)d weeks", its.weeks)
    return f"{bars}  {change % {'points': number(its.points * 100, signed=True), 'n': its.weeks}}"
