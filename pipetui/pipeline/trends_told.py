"""What the periods of the trends are called, on the screen and on paper."""

from pipetui.forecast.periods import Period
from pipetui.language import _
from pipetui.language.format import period, short_date
from pipetui.pipeline.trends import Trends
from pipetui.trends.spans import Span


def in_part(trends: Trends) -> str:
    """The periods that the window cuts; "" if it cuts none."""
    told = {period(span.name): period_told(span, trends) for span in trends.periods}
    return ", ".join(its for name, its in told.items() if its != name)


def period_told(span: Span, trends: Trends) -> str:
    """A period by its name; one that the window cuts, from or up to which day: "Q4 2025 from 20 Nov"."""
    name = period(span.name)
    whole = Period.parse(span.name, trends.pipeline.playbook.fiscal_year_start)
    if span.start > whole.start:
        return _("%(period)s from %(day)s") % {"period": name, "day": short_date(span.start, span.end)}
    if span.end < whole.end:
        return _("%(period)s to %(day)s") % {"period": name, "day": short_date(span.end, span.end)}
    return name
