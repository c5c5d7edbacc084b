"""Cards in little room: the worst flag is always there, and so is a sign for those that are not."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.strip import Strip

from pipetui import language
from pipetui.app.board.cards import ZOOMS, CardPainter, Paint
from pipetui.app.marks import letter
from pipetui.deals.category import LETTERS, Category
from pipetui.deals.deal import Deal
from pipetui.signals.flag import SEVERITIES, Flag, Severity
from tests.signals.making import TODAY, deal

STYLE = Style()
PAINT = Paint(STYLE, STYLE, STYLE, STYLE, STYLE, STYLE, dict.fromkeys(Severity, STYLE))
ALL = tuple(Flag(name, severity, 1) for name, severity in SEVERITIES.items())
LONG = deal(
    name="Registre sécurité", account="Plastiques Roux", owner="Claire Dubois", amount=124_500_00,
    close_date=date(2025, 11, 22), stage_since=date(2025, 11, 22), rep_category=Category.OMITTED,
)  # fmt: skip


def card(it: Deal, flags: tuple[Flag, ...], width: int, zoom: int = 3) -> list[str]:
    painter = CardPainter(width, zoom, TODAY, (PAINT, PAINT), Strip.blank(width))
    return [strip.text for strip in painter.lines(it, flags, selected=False)]


def marks(row: str) -> tuple[list[str], bool]:
    """The letters of the flags at the end of a row, and whether there are more."""
    found = re.search(r"[▲●·]\S*$", row.rstrip())
    assert found, row
    return re.findall(r"[A-Z]", found[0]), found[0].endswith("+")


@pytest.mark.parametrize("speech", ["en", "fr"])
@pytest.mark.parametrize("zoom", [1, 3])
@pytest.mark.parametrize("count", range(1, len(ALL) + 1))
@pytest.mark.parametrize("width", [18, 22, 24, 26, 30, 40])
def test_flags_that_do_not_fit_are_not_forgotten(width: int, count: int, zoom: int, speech: str) -> None:
    language.use(speech)
    flags = ALL[:count]
    shown, more = marks(card(LONG, flags, width, zoom)[-1])
    assert shown == [letter(flag.name) for flag in flags][: len(shown)]  # the worst first
    assert shown
    assert more is (len(shown) < count)


def test_all_flags_are_there_where_there_is_room() -> None:
    assert card(LONG, ALL, 60)[-1].rstrip().endswith("▲SOG●ILNWPATD·XU")
    assert card(LONG, ALL[:2], 24, zoom=1)[-1].rstrip().endswith("▲SO")


@given(
    width=st.integers(16, 60),
    zoom=st.sampled_from(ZOOMS),
    flags=st.lists(st.sampled_from(ALL), unique=True).map(lambda flags: tuple(sorted(flags, key=ALL.index))),
    amount=st.none() | st.integers(0, 10**11),
)
def test_a_card_is_as_wide_as_its_column(
    width: int, zoom: int, flags: tuple[Flag, ...], amount: int | None
) -> None:
    painter = CardPainter(width, zoom, TODAY, (PAINT, PAINT), Strip.blank(width))
    for selected in (False, True):
        lines = painter.lines(LONG._replace(amount=amount), flags, selected=selected)
        assert {strip.cell_length for strip in lines} == {width}
        assert len(lines) == zoom


def test_the_date_keeps_its_distance_from_the_flags() -> None:
    language.use("fr")
    it = deal(name="x", amount=8_900_00, close_date=date(2026, 12, 3))
    assert card(it, ALL, 22)[-1].split() == ["8,9", "k€", "dans", "11", "j", "▲D+"]


@pytest.mark.parametrize(
    ("close", "width", "shown"),
    [
        (date(2027, 1, 29), 21, "€11k 29 Jan ▲"),
        (date(2027, 1, 29), 40, "€11k 29 Jan 2027 ▲"),
        (date(2027, 11, 29), 21, "€11k 29 Nov 20…"),  # a year ahead it would be another day
    ],
)
def test_next_january_needs_no_year_where_room_is_little(close: date, width: int, shown: str) -> None:
    row = card(deal(amount=11_000_00, close_date=close), ALL[2:5], width)[-1]
    assert " ".join(row.split()).startswith(shown)


def test_no_category_is_written_like_a_flag() -> None:
    for speech in ("en", "fr"):
        language.use(speech)
        assert not set(LETTERS.values()) & {letter(flag) for flag in SEVERITIES}
    first, _second, facts = card(LONG, ALL[:2], 24)
    assert first.rstrip().endswith(" o")  # omitted, in the English the letter of overdue is O
    assert "O" not in first
    assert "o" not in facts
