"""How far forecasts were off: bias, WAPE, MAPE; and how often the range held what came.

Source: R. J. Hyndman, A. B. Koehler, "Another look at measures of forecast accuracy", International Journal
of Forecasting 22 (2006).
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

ENOUGH_PERIODS: Final = 4
"""With fewer periods that have ended nothing is said, as for `pace`."""


class Hit(NamedTuple):
    """One period: what was forecast and what was won, in minor units."""

    period: str
    forecast: int
    actual: int


class Accuracy(NamedTuple):
    """Over some periods; figures are `None` if they are refused, and `reason` says why."""

    n: int
    bias: float | None = None
    """Σ(F − A) ÷ ΣA: above 0 too much was promised."""
    wape: float | None = None
    """Σ|F − A| ÷ ΣA."""
    mape: float | None = None
    """Mean of |F − A| ÷ A over the periods in which something was won; `None` if there was none."""
    reason: str | None = None
    """`few_periods` or `nothing_won`."""
    hits: tuple[Hit, ...] = ()


def accuracy(hits: Iterable[Hit], enough: int = ENOUGH_PERIODS) -> Accuracy:
    """Bias, WAPE and MAPE of forecasts of periods that have ended."""
    found = tuple(hits)
    if len(found) < enough:
        return Accuracy(len(found), reason="few_periods", hits=found)
    whole = sum(hit.actual for hit in found)
    if whole <= 0:
        return Accuracy(len(found), reason="nothing_won", hits=found)
    shares = [abs(hit.forecast - hit.actual) / hit.actual for hit in found if hit.actual]
    return Accuracy(
        len(found),
        bias=sum(hit.forecast - hit.actual for hit in found) / whole,
        wape=sum(abs(hit.forecast - hit.actual) for hit in found) / whole,
        mape=sum(shares) / len(shares) if shares else None,
        hits=found,
    )


class Calibration(NamedTuple):
    """How often the actual fell inside P10–P90; 80 % of the time would be right."""

    n: int
    inside: int
    below: int
    """Less was won than P10."""
    above: int
    rate: float | None = None
    reason: str | None = None
    """`few_periods`."""


def calibration(ranges: Iterable[tuple[int, int, int]], enough: int = ENOUGH_PERIODS) -> Calibration:
    """Of (P10, P90, actual) of each period that has ended; the bounds are inside."""
    found = list(ranges)
    below = sum(actual < p10 for p10, _p90, actual in found)
    above = sum(actual > p90 for _p10, p90, actual in found)
    inside, n = len(found) - below - above, len(found)
    if n < enough:
        return Calibration(n, inside, below, above, reason="few_periods")
    return Calibration(n, inside, below, above, inside / n)
