"""The installed command in a real terminal: it opens, is worked with, and leaves the terminal as it was."""

import os
import re
import signal
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.deals.qualification import ITEMS
from pipetui.deals.text import clean
from pipetui.playbook.loading import load
from pipetui.store.batches import batch
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store

from .harness import Terminal, terminal

NOW = datetime(2026, 11, 22, 9)
FIELDS = ("amount", "close_date", "last_activity", "next_step", "next_step_date", *ITEMS)
DEALS = [
    ("Portail fournisseurs", "Nordimat", date(2026, 12, 1)),
    ("Refonte intranet", "Groupe Vauban", date(2026, 12, 2)),
    ("Audit [/] \x1b]0;owned\x07 [@click=app.quit]x[/]", "Cofilux", date(2026, 12, 3)),
]


def command() -> list[str]:
    """The console script beside this interpreter; a checkout that is not installed has only the module."""
    script = Path(sys.executable).with_name("pipetui")
    return [str(script)] if script.exists() else [sys.executable, "-m", "pipetui"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "deals.db"
    first = load(None).pipelines[0].stages[0]
    with Store.open(path) as opened, batch(opened, kind="import", by="test", at=NOW, as_of=NOW) as writer:
        stage = writer.stage_id("Sales", first.name, kind="open", position=0, probability=0.1)
        source = writer.source_id(
            "test", preset="generic", signature="test", mapping={field: field for field in FIELDS}
        )
        writer.create(
            [
                NewDeal(
                    source,
                    clean(name),
                    clean(name),
                    {"name": clean(name), "account": account, "stage_id": stage, "close_date": close},
                )
                for name, account, close in DEALS
            ]
        )
    return path


def under_cursor(lines: list[str]) -> str:
    """The first line of the card that has the cursor's bar."""
    return next((line for line in lines if line.startswith("▌")), "")


def wait_for_cursor(screen: Terminal, text: str) -> None:
    screen.wait_until(lambda lines: text in under_cursor(lines), f"the cursor on “{text}”")


def open_board(screen: Terminal, card: str = "Portail") -> None:
    """From the dashboard, on which a store opens for the first time, to the board."""
    screen.wait_for("Landing")
    screen.send("2")
    wait_for_cursor(screen, card)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_move_open_a_deal_and_quit(store: Path, columns: int, rows: int) -> None:
    with terminal([*command(), "--db", store], columns=columns, rows=rows) as screen:
        open_board(screen)
        screen.send("j")
        wait_for_cursor(screen, "Refonte")
        screen.send("k")
        wait_for_cursor(screen, "Portail")
        screen.send("j", "enter")
        screen.wait_until(lambda lines: "Refonte intranet" in lines[0], "the deal view")
        assert "Groupe Vauban" in screen.text
        screen.send("escape")
        screen.wait_until(lambda lines: "2 Board" in lines[0], "the board")
        wait_for_cursor(screen, "Refonte")
        screen.send("q")
        ending = screen.finish()
    assert ending.exit_code == 0, screen.text
    assert ending.leftovers == ()


def test_ctrl_c_asks_once(store: Path) -> None:
    with terminal([*command(), "--db", store], columns=80, rows=24) as screen:
        open_board(screen)
        screen.send("ctrl+c")
        screen.wait_for("ctrl+c")
        assert screen.closed_at is None
        screen.send("ctrl+c")
        ending = screen.finish()
    assert ending.exit_code == 0, screen.text
    assert ending.leftovers == ()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGHUP])
def test_a_line_that_drops_loses_no_place(store: Path, how: signal.Signals, own_world: Path) -> None:
    """Nor does a kill, half a second after the last key."""
    kept = own_world / "state" / "pipetui" / "app.json"
    with terminal([*command(), "--db", store], columns=80, rows=24) as screen:
        open_board(screen)
        screen.send("z", "j")
        wait_for_cursor(screen, "Refonte")
        if how is signal.SIGKILL:
            screen.wait_until(
                lambda _lines: kept.exists() and '"deal": 2' in kept.read_text(), "the place in the file"
            )
        os.kill(screen.pid, how)
        screen.finish()
    with terminal([*command(), "--db", store], columns=80, rows=24) as screen:
        wait_for_cursor(screen, "Refonte")
        screen.send("q")
        assert screen.finish().exit_code == 0


def test_a_name_from_outside_does_nothing_to_the_terminal(store: Path) -> None:
    with terminal([*command(), "--db", store], columns=120, rows=24) as screen:
        open_board(screen)
        screen.send("G")
        wait_for_cursor(screen, "Audit [/]")
        screen.send("enter")
        screen.wait_until(
            lambda lines: "Audit [/]" in lines[0] and "[@click=app.quit]x[/]" in lines[0], "the name"
        )
        screen.send("escape")  # a key sent at once after it would be alt+key
        screen.wait_until(lambda lines: "2 Board" in lines[0], "the board")
        wait_for_cursor(screen, "Audit [/]")
        screen.send("q")
        ending = screen.finish()
    commands = set(re.findall(rb"\x1b\](\d+)", screen.output))
    assert commands <= {b"22"}, "Textual sets the mouse pointer's shape, and nobody sets anything else"
    assert ending.exit_code == 0, screen.text
    assert ending.leftovers == ()


def test_a_file_that_is_no_store_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("my notes\n" * 100)
    with terminal([*command(), "--db", path], columns=200, rows=24) as screen:
        screen.wait_for("is not a pipetui store")
        screen.send("q")
        ending = screen.finish()
    assert ending.leftovers == ()
    assert "Traceback" not in screen.text
    assert path.read_text() == "my notes\n" * 100


def test_the_demo_opens_on_deals_of_its_own() -> None:
    for _start in range(2):
        with terminal([*command(), "demo"], columns=120, rows=40) as screen:
            screen.wait_until(
                lambda lines: any("€" in line for line in lines) and under_cursor(lines), "a card"
            )
            screen.send("q")
            ending = screen.finish()
        assert ending.exit_code == 0, screen.text
        assert ending.leftovers == ()


BROKEN = """
from pipetui.app.app import PipetuiApp
def broken(*_):
    raise LookupError("[/] nobody foresaw this")
PipetuiApp._begun = broken
from pipetui.__main__ import main
main()
"""


def test_a_mistake_that_ends_the_app_is_one_sentence(store: Path, own_world: Path) -> None:
    with terminal([sys.executable, "-c", BROKEN, "--db", str(store)]) as screen:
        ending = screen.finish()
        assert ending.exit_code == 1
        said = " ".join(screen.text.split())
        log = own_world / "state" / "pipetui" / "pipetui.log"
        assert "Something went wrong that should not have." in said
        assert "Traceback" not in said
        assert "LookupError" not in said
        assert "LookupError: [/] nobody foresaw this" in log.read_text(encoding="utf-8")
