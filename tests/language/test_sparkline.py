"""Shares as bars: the scale is the row's own, and a gap is a gap."""

import pytest

from pipetui.language.sparkline import sparkline


@pytest.mark.parametrize(
    ("shares", "bars", "plain"),
    [
        ([], "", ""),
        ([None, None], "  ", "  "),
        ([0.5], "▁", "_"),
        ([0.2, 0.2, 0.2], "▁▁▁", "___"),
        ([0.0, 1.0], "▁█", "_#"),
        ([0.0, 0.125, 0.25, 0.5, 0.874, 0.876, 1.0], "▁▂▃▅▇██", "_.:=*##"),
        ([1.0, None, 0.0], "█ ▁", "# _"),
        ([0.50, 0.51], "▁▂", "_."),  # a point is one step, not the whole scale
        ([0.50, 0.58], "▁█", "_#"),
    ],
)
def test_bars(shares: list[float | None], bars: str, plain: str) -> None:
    assert sparkline(shares) == bars
    assert sparkline(shares, plain=True) == plain
