"""A row of shares as a line of bars, a cell each: "▁▂▃▅▅▆"."""

from collections.abc import Sequence
from typing import Final

BARS: Final = "▁▂▃▄▅▆▇█"
PLAIN_BARS: Final = "_.:-=+*#"
"""The same for terminals without Unicode."""
LEAST: Final = 0.08
"""What lies at least between the lowest bar and the highest: a point of a hundred is no leap."""


def sparkline(shares: Sequence[float | None], *, plain: bool = False) -> str:
    """The bars of shares (0–1), the lowest and the highest of them at the ends of the scale.

    Args:
        shares: oldest first; `None` is a gap.
        plain: whether the terminal has no Unicode.
    """
    known = [share for share in shares if share is not None]
    if not known:
        return " " * len(shares)
    low, bars = min(known), PLAIN_BARS if plain else BARS
    span = max(LEAST, max(known) - low)
    return "".join(
        " " if share is None else bars[min(len(bars) - 1, int((share - low) / span * len(bars)))]
        for share in shares
    )
