"""The mouse as a terminal sends it: click, double click, wheel, drag; left alone where nobody wants it."""

import re
from pathlib import Path

import pytest

from .harness import Terminal, terminal
from .test_app import command, open_board, store, under_cursor, wait_for_cursor

__all__ = ["store"]

TRACKING = re.compile(rb"\x1b\[\?(?:9|100[0-356]|101[56])(?:;\d+)*h")
"""Asking the terminal to report clicks, moves or the wheel, in any of their encodings."""
LEFT, DRAG, WHEEL_UP, WHEEL_DOWN = 0, 32, 64, 65


def point(screen: Terminal, text: str) -> tuple[int, int]:
    """Column and row of a text on the board, counted from 1 as terminals do; toasts stand above it."""
    for row, line in enumerate(screen.lines, start=1):
        if row > 2 and text in line:
            return line.index(text) + 2, row
    raise AssertionError(f"no {text} in\n{screen.text}")


def mouse(screen: Terminal, button: int, at: tuple[int, int], *, up: bool = False) -> None:
    screen.type(f"\x1b[<{button};{at[0]};{at[1]}{'m' if up else 'M'}")


def click(screen: Terminal, at: tuple[int, int], times: int = 1) -> None:
    for _time in range(times):
        mouse(screen, LEFT, at)
        mouse(screen, LEFT, at, up=True)


def drag(screen: Terminal, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Down, along the way cell by cell, up."""
    mouse(screen, LEFT, start)
    step = 1 if end[0] > start[0] else -1
    for column in range(start[0], end[0], step):
        mouse(screen, DRAG, (column, start[1]))
    mouse(screen, DRAG, end)
    mouse(screen, LEFT, end, up=True)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_click_wheel_and_double_click(store: Path, columns: int, rows: int) -> None:
    with terminal([*command(), "--db", store], columns=columns, rows=rows) as screen:
        open_board(screen)
        assert TRACKING.search(screen.output)
        click(screen, point(screen, "Refonte"))
        wait_for_cursor(screen, "Refonte")
        mouse(screen, WHEEL_DOWN, point(screen, "Refonte"))
        wait_for_cursor(screen, "Audit")
        mouse(screen, WHEEL_UP, point(screen, "Audit"))
        wait_for_cursor(screen, "Refonte")
        click(screen, point(screen, "Portail"), times=2)
        screen.wait_until(lambda lines: "Portail fournisseurs" in lines[0], "the deal view")
        screen.send("q")
        ending = screen.finish()
    assert ending.exit_code == 0, screen.text
    assert ending.leftovers == ()


def test_a_card_is_dragged_to_another_column(store: Path) -> None:
    with terminal([*command(), "--db", store], columns=120, rows=40) as screen:
        open_board(screen)
        drag(screen, point(screen, "Refonte"), point(screen, "Discovery"))
        screen.wait_for("Refonte intranet is not ready to leave Qualification")
        screen.type("the fair is near")
        screen.send("enter")
        screen.wait_for("Refonte intranet: Qualification → Discovery")
        drag(screen, point(screen, "▌Refonte"), point(screen, "Qualification"))
        screen.wait_for("Discovery → Qualification")
        screen.send("q")
        ending = screen.finish()
    assert ending.exit_code == 0, screen.text
    assert ending.leftovers == ()


def test_a_card_let_go_where_it_was_or_beside_the_columns_stays(store: Path) -> None:
    with terminal([*command(), "--db", store], columns=120, rows=40) as screen:
        open_board(screen)
        column, row = point(screen, "Refonte")
        drag(screen, (column, row), (column + 3, row + 5))
        drag(screen, point(screen, "Refonte"), (119, 6))
        screen.send("j", "k")
        screen.wait_until(lambda lines: bool(under_cursor(lines)), "the cursor")
        assert "not ready" not in screen.text
        assert "→" not in screen.text
        screen.send("q")
        assert screen.finish().exit_code == 0


@pytest.mark.parametrize("arguments", [["--no-mouse"], ["--no-mouse", "demo"], ["demo", "--no-mouse"]])
def test_without_the_mouse_the_terminal_keeps_it(store: Path, arguments: list[str]) -> None:
    with terminal([*command(), "--db", store, *arguments], columns=80, rows=24) as screen:
        open_board(screen, "Gestion" if "demo" in arguments else "Portail")
        screen.send("j", "enter")
        screen.wait_until(lambda lines: "▌" not in "".join(lines), "the deal view")
        screen.send("q")
        ending = screen.finish()
    assert ending.exit_code == 0, screen.text
    assert not TRACKING.search(screen.output)


def test_the_config_may_leave_the_mouse_to_the_terminal_too(store: Path, own_world: Path) -> None:
    config = own_world / "config" / "pipetui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("mouse = false\n")
    with terminal([*command(), "--db", store], columns=80, rows=24) as screen:
        open_board(screen)
        screen.send("q")
        assert screen.finish().exit_code == 0
    assert not TRACKING.search(screen.output)
