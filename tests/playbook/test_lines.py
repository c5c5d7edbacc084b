"""Where keys stand in a TOML file."""

import pytest

from pipetui.playbook.lines import line_of, lines_of

TEXT = '''\
# comment with = and [
title = "one = [two]" # three

[a]
b.c = 1
"quoted key" = """
several
# lines "of" text"""
d = [
    1, # first
    [2, 3],
    { x = 0.5, y = { z = 'q' } },
]
e = 1979-05-27 07:32:00

[[t]]
n = 1
[[t.u]]
m = 1
[[t.u]]
m = 2
[t.v]
k = "a"
[[t]]
n = 2
[[t.u]]
m = 3
[x.y.z]
w = -inf
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a",), 4),
        (("a", "b", "c"), 5),
        (("a", "quoted key"), 6),
        (("a", "d"), 9),
        (("a", "d", 0), 10),
        (("a", "d", 1, 1), 11),
        (("a", "d", 2, "y", "z"), 12),
        (("a", "e"), 14),
        (("t", 0), 16),
        (("t", 0, "u", 0, "m"), 19),
        (("t", 0, "u", 1, "m"), 21),
        (("t", 0, "v", "k"), 23),
        (("t", 1, "n"), 25),
        (("t", 1, "u", 0, "m"), 27),
        (("x", "y", "z", "w"), 29),
        (("t", 1, "missing"), 24),
        (("nowhere", 3), 1),
    ],
)
def test_lines(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(lines_of(TEXT), path) == line
