"""A page of figures: text stays text, charts hold what they are made of, nothing is fetched."""

import re
from html.parser import HTMLParser
from math import inf, nan

import pytest

from pipetui.exchange.exporting.report.drawing import drawing
from pipetui.exchange.exporting.report.page import (
    Bar,
    Bars,
    Card,
    Line,
    Lines,
    Page,
    Saying,
    Section,
    Stack,
    Stacks,
    Table,
)
from pipetui.exchange.exporting.report.writing import content

EVIL = '<script>alert("x")</script> [/] | a*b \x1b]0;owned\x07 \u202e'
LOOSE = {"meta", "br", "path", "rect", "circle", "polyline"}


class Checked(HTMLParser):
    """Reads a page and complains about what is not closed, or comes from elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not {"src", "href", "onload"} & {name for name, _value in attrs}
        if tag not in LOOSE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(**parts: object) -> Page:
    return Page(title=EVIL, lines=[EVIL], **parts)  # type: ignore[arg-type]


FULL = page(
    answer=("BEHIND", "−€23k", "high", "high"),
    answer_lines=[EVIL],
    cards=[Card(EVIL, "7", "medium", [EVIL], [(EVIL, EVIL)])],
    sections=[
        Section(
            title=EVIL,
            sayings=[Saying(EVIL, EVIL, EVIL)],
            chart=Bars(EVIL, [Bar(EVIL, 0, 5, EVIL)], (4, EVIL)),
            table=Table(["", EVIL], [[EVIL, EVIL]]),
            notes=[EVIL],
        )
    ],
)


def test_text_from_outside_is_only_text() -> None:
    html, markdown = (content(FULL, form).decode() for form in ("html", "md"))  # type: ignore[arg-type]
    assert "script" not in Checked(html).seen
    assert "&lt;script&gt;" in html
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", html)
    assert not re.search(r"(?<!\\)<script", markdown)
    assert r"a\*b" in markdown
    for needed in ("prefers-color-scheme: dark", "@media print", "default-src 'none'"):
        assert needed in html
    assert "url(" not in html


def test_bars_are_as_long_as_what_they_tell() -> None:
    drawn = drawing(Bars("Flow", [Bar("start", 0, 400, "400"), Bar("lost", 300, 400, "−100", "bad")]))
    whole, lost = (
        (float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)" y="\d+" width="([\d.]+)"', drawn)
    )
    assert lost[1] == pytest.approx(whole[1] / 4, abs=0.2)
    assert lost[0] + lost[1] == pytest.approx(whole[0] + whole[1], abs=0.2)  # it floats at the end
    assert 'class="bad"' in drawn


def test_a_line_breaks_at_what_is_not_known() -> None:
    points = [
        (0.0, 1.0),
        (1.0, 2.0),
        (2.0, nan),
        (3.0, inf),
        (4.0, None),
        (5.0, 3.0),
        (6.0, 1.0),
        (7.0, None),
        (8.0, 2.0),
    ]
    drawn = drawing(Lines("Velocity", [Line("", points)], [(0.0, "Jan"), (8.0, "Nov")], str))
    assert drawn.count("<polyline") == 2
    assert drawn.count("<circle") == 1
    assert "nan" not in drawn
    assert "inf" not in drawn
    assert ">Jan<" in drawn
    stairs = drawing(Lines("Days", [Line("", [(0.0, 1.0), (5.0, 0.5)], steps=True)], [], str))
    ((first, corner, last),) = (its.split() for its in re.findall(r'points="([^"]+)"', stairs))
    assert first.split(",")[1] == corner.split(",")[1]
    assert corner.split(",")[0] == last.split(",")[0]


@pytest.mark.parametrize(
    "chart",
    [
        Lines("", [], [], str),
        Lines("", [Line("", [(1.0, nan)])], [], str),
        Bars("", [Bar("", 0, 0, "0")]),
        Stacks("", ["a"], [Stack("", [0])], str),
    ],
)
def test_there_is_no_chart_of_nothing(chart: Lines | Bars | Stacks) -> None:
    assert drawing(chart) == ""
    assert "<figure" not in content(page(sections=[Section(title="", chart=chart)]), "html").decode()


def test_what_is_no_number_is_left_out_of_a_chart() -> None:
    bars = [Bar("a", 0, nan, "a"), Bar("b", 0, inf, "b"), Bar("c", 0, 5, "c"), Bar("d", -inf, 5, "d")]
    drawn = drawing(Bars("", bars, (nan, "limit")))
    assert drawn.count("<rect") == 1
    stacks = [Stack("a", [nan, 1.0]), Stack("b", [inf, 3.0]), Stack("c", [-2.0, 2.0])]
    columns = drawing(Stacks("", ["one", "two"], stacks, str))
    assert columns.count("<rect") == 3 + 2  # and the legend's
    lines = drawing(Lines("", [Line("", [(1.0, 2.0), (2.0, inf), (nan, 3.0)])], [(nan, "x")], str))
    for svg in (drawn, columns, lines):
        assert not re.search(r"\b(nan|inf)\b", svg)


def test_many_points_make_a_small_page() -> None:
    points = [(float(n), float(n % 97)) for n in range(100_000)]
    assert len(drawing(Lines("", [Line("", points)], [], str))) < 200_000
