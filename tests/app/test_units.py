"""The parts of the board that know no screen."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipetui.app.board.cells import cut, ends, pad, width_of
from pipetui.app.board.view import BoardView, Column
from pipetui.app.commands import COMMANDS, EVERYWHERE, of_place, written
from pipetui.app.memory import Memory
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.text import clean
from pipetui.forecast.totals import totals

from .making import PLAYBOOK

BLANK = dict.fromkeys(Deal._fields)
NOTHING = totals([], {}, PLAYBOOK.conversion, frozenset())


def a_deal(id_: int) -> Deal:
    return Deal(**{**BLANK, "id": id_, "version": 1, "name": f"Deal {id_}"})  # type: ignore[arg-type]


def column(stage: int, ids: list[int], cursor: int = 0, offset: int = 0) -> Column:
    return Column(
        Stage(stage, "Sales", f"Stage {stage}", "open", stage, 0.5),
        f"Stage {stage}",
        [a_deal(id_) for id_ in ids],
        NOTHING,
        cursor,
        offset,
    )


# Scrolling ----------------------------------------------------------------------------------------------

steps = st.lists(st.one_of(st.integers(-40, 60), st.sampled_from([-1, 1])), max_size=30)


@given(size=st.integers(0, 50), pages=st.lists(st.integers(-3, 30), min_size=1, max_size=5), walk=steps)
def test_the_cursor_never_leaves_its_cards_nor_its_window(
    size: int, pages: list[int], walk: list[int]
) -> None:
    it = column(1, list(range(size)))
    for number, step in enumerate(walk or [0]):
        page = max(1, pages[number % len(pages)])
        it.to(it.cursor + step)
        it.scroll(pages[number % len(pages)])
        assert 0 <= it.cursor < max(1, size)
        assert it.offset <= it.cursor < it.offset + page
        assert 0 <= it.offset <= max(0, size - page)  # no empty rows below while there are cards above


@given(count=st.integers(1, 12), fitting=st.integers(0, 14), walk=st.lists(st.integers(0, 11), max_size=20))
def test_the_current_column_is_always_in_the_window(count: int, fitting: int, walk: list[int]) -> None:
    view = BoardView([column(number, []) for number in range(count)])
    for number in walk:
        view.current = min(number, count - 1)
        view.scroll(fitting)
        assert view.first <= view.current < view.first + max(1, fitting)
        assert 0 <= view.first <= max(0, count - max(1, fitting))


def test_a_window_moves_no_more_than_it_must() -> None:
    it = column(1, list(range(20)))
    for index, offset in [(3, 0), (4, 0), (5, 1), (6, 2), (5, 2), (2, 2), (1, 1), (19, 15), (0, 0)]:
        it.to(index)
        it.scroll(5)
        assert it.offset == offset


def test_an_empty_board_has_no_deal() -> None:
    view = BoardView()
    assert view.column is None
    assert view.deal is None
    assert not view.find(1)
    view.inherit(BoardView([column(1, [1])]))
    assert view.deal is None


ids = st.lists(st.integers(1, 30), unique=True, max_size=12)


@given(old=st.lists(ids, min_size=1, max_size=4), new=st.lists(ids, max_size=4), data=st.data())
def test_a_new_view_keeps_the_cursor_on_its_deal(
    old: list[list[int]], new: list[list[int]], data: st.DataObject
) -> None:
    before = BoardView([column(number, deals) for number, deals in enumerate(old)])
    before.current = data.draw(st.integers(0, len(old) - 1))
    for it in before.columns:
        it.cursor = data.draw(st.integers(0, max(0, len(it.deals) - 1)))
    after = BoardView([column(number, deals) for number, deals in enumerate(new)])
    after.inherit(before)
    for it in after.columns:
        assert 0 <= it.cursor <= max(0, len(it.deals) - 1)
        here = next((old_one for old_one in before.columns if old_one.stage.id == it.stage.id), None)
        if here and here.current and here.current.id in [deal.id for deal in it.deals]:
            assert it.current
            assert it.current.id == here.current.id
    assert 0 <= after.current <= max(0, len(after.columns) - 1)


@given(st.lists(ids, max_size=4), st.integers(1, 30))
def test_finding_a_deal(stages: list[list[int]], wanted: int) -> None:
    view = BoardView([column(number, deals) for number, deals in enumerate(stages)])
    assert view.find(wanted) == any(wanted in deals for deals in stages)
    if any(wanted in deals for deals in stages):
        assert view.deal
        assert view.deal.id == wanted


# Cells --------------------------------------------------------------------------------------------------

shown_text = st.text(max_size=40).map(clean)
"""Whatever people write, as it comes to the board."""


@given(shown_text, st.integers(-2, 30))
@example("日本語", 4)
@example("日本語", 3)
@example("日本語", 1)
@example("a日", 2)
@example("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3)
def test_cut_and_pad_keep_to_their_width(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= max(0, width)
    assert cell_len(pad(text, width)) == max(0, width)
    if cell_len(text) <= width:
        assert cut(text, width) == text
    elif width > 0:
        assert cut(text, width).endswith("…")


@given(shown_text, shown_text, st.integers(0, 40), st.integers(0, 3))
def test_two_ends_of_a_line_fill_it(left: str, right: str, width: int, gap: int) -> None:
    start, end = ends(left, right, width, gap)
    if width >= gap:
        assert cell_len(start + end) == width
    if cell_len(left) + cell_len(right) + gap <= width:
        assert start.startswith(left)
        assert end == right


@given(shown_text)
def test_width_is_that_of_the_terminal(text: str) -> None:
    assert width_of(text) == cell_len(text)


# Memory -------------------------------------------------------------------------------------------------


def test_what_is_remembered_is_there_next_time(tmp_path: Path) -> None:
    path = tmp_path / "state" / "app.json"
    Memory(path).remember(theme="bistro é", zoom=5)
    again = Memory(path)
    assert again.text("theme", "x") == "bistro é"
    assert again.number("zoom", 3) == 5
    assert again.text("zoom", "x") == "x"  # of another kind
    assert again.number("theme", 3) == 3
    assert [entry.name for entry in path.parent.iterdir()] == ["app.json"]


def test_remembering_one_thing_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    Memory(path).remember(theme="bistro")
    Memory(path).remember(zoom=5)
    assert json.loads(path.read_text()) == {"theme": "bistro", "zoom": 5}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"theme": true, "zoom": true}', b"null"]
)
def test_a_spoilt_memory_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "app.json"
    path.write_bytes(content)
    memory = Memory(path)
    assert memory.text("theme", "harbour") == "harbour"
    assert memory.number("zoom", 3) == 3
    memory.remember(zoom=1)
    assert Memory(path).number("zoom", 3) == 1


def test_a_folder_that_cannot_be_written_bothers_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    Memory(blocked / "app.json").remember(theme="bistro")
    assert blocked.read_text() == ""


# Commands -----------------------------------------------------------------------------------------------

PLACES = sorted({command.place for command in COMMANDS} - {EVERYWHERE})
UNSENDABLE = {"ctrl+j", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket"}
DIGITS = dict(zip("123456", ["&", "é", '"', "'", "(", "-"], strict=True))


def test_every_command_has_an_id_of_its_own() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert all(command.keys and command.title and command.group for command in COMMANDS)


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_a_place(place: str) -> None:
    mine = [key for command in of_place(place) for key in command.keys]
    assert len(set(mine)) == len(mine)
    everywhere = [key for command in of_place(EVERYWHERE) for key in command.keys]
    assert len(set(everywhere)) == len(everywhere)


def test_a_place_takes_a_key_of_everywhere_only_to_go_back() -> None:
    everywhere = {key for command in of_place(EVERYWHERE) for key in command.keys}
    for place in PLACES:
        for command in of_place(place):
            shadowed = everywhere.intersection(command.keys)
            assert not shadowed or command.id in ("deal.close_view", "welcome.import"), (command.id, shadowed)


def test_a_terminal_can_send_every_key() -> None:
    assert not UNSENDABLE & {key for command in COMMANDS for key in command.keys}


def test_the_digit_row_belongs_to_the_places() -> None:
    row = {*DIGITS, *DIGITS.values()}
    for command in COMMANDS:
        taken = {written(key) for key in command.keys} & row
        if command.id.startswith("place."):
            (digit,) = taken & set(DIGITS)
            assert taken == {digit, DIGITS[digit]}
        else:
            assert not taken, command.id


def test_undo_is_ctrl_z_everywhere() -> None:
    keys = {command.id: command.keys for command in of_place(EVERYWHERE)}
    assert "ctrl+z" in keys["app.undo"]
    assert "ctrl+y" in keys["app.redo"]
