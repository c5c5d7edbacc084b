"""The value that a share of the others does not exceed."""

from collections.abc import Iterable
from math import floor


def quantile(values: Iterable[float], q: float) -> float:
    """The linear quantile (type 7) of values that are there in full; `ValueError` without any.

    Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50
    (1996), definition 7: what lies at (n − 1) × q between the sorted values, counted from 0.

    Args:
        values: in any order.
        q: 0–1.
    """
    found = sorted(values)
    if not found:
        raise ValueError("no values")
    place = (len(found) - 1) * q
    index = floor(place)
    if index + 1 == len(found):
        return float(found[-1])
    return found[index] + (place - index) * (found[index + 1] - found[index])
