"""Twenty flagged deals are cleaned up in a real terminal, over a line that drops, and all of it is undone."""

import os
import signal
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.deals.qualification import ITEMS
from pipetui.playbook.loading import load
from pipetui.store.batches import batch
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store
from tests.store.making import sync_stages

from .harness import Terminal, terminal
from .test_app import command

NOW = datetime(2026, 11, 22, 9)
FIELDS = ("amount", "close_date", "last_activity", "last_stage_change", "next_step", "next_step_date", *ITEMS)
DEALS = 20
AUDIT = ("batch", "deal_event")
"""What remembers that something was done and undone."""
COUNTED = ("version",)
"""What counts how often a deal was written."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Twenty deals in the second stage, one worth less than the other, all of them stalled."""
    path = tmp_path / "deals.db"
    with Store.open(path) as opened:
        sync_stages(opened, load(None))  # as the first edit would
        with batch(opened, kind="import", by="test", at=NOW, as_of=NOW) as writer:
            ((stage,),) = writer.ledger.run("SELECT id FROM stage WHERE name = 'Discovery'", {})
            source = writer.source_id(
                "test", preset="generic", signature="test", mapping={field: field for field in FIELDS}
            )
            writer.create([NewDeal(source, f"K{n}", f"K{n}", facts(n, stage)) for n in range(DEALS)])
    return path


def facts(number: int, stage_id: int) -> dict[str, str | int | date | None]:
    return {
        "name": f"Deal {number:02}",
        "account": "Nordimat",
        "owner": ("Claire", "Marc")[number % 2],
        "stage_id": stage_id,
        "amount": (100 - number) * 100_000,
        "currency": "EUR",
        "last_stage_change": date(2026, 6, 1),
        "last_activity": date(2026, 11, 20),
        "close_date": date(2026, 12, 20),
        "next_step": "call",
        "next_step_date": date(2026, 11, 26),
        "levels": "2222222",
    }


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but the audit."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if name not in AUDIT and not name.startswith("sqlite_")
        ]
        found = {}
        for name in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            kept = ", ".join(f'"{column}"' for column in columns if column not in COUNTED)
            found[name] = sorted(connection.execute(f"SELECT {kept} FROM {name}"), key=repr)
        return found


class Hands:
    """Somebody who settles the deal on the screen, and counts the keys that are not text."""

    def __init__(self, screen: Terminal) -> None:
        self.screen = screen
        self.keys = 0

    def at(self, number: int) -> None:
        """Wait until a deal is the one to decide about."""
        self.screen.wait_until(
            lambda lines: any(f"▌ Deal {number:02}" in line for line in lines), f"the cursor on {number}"
        )

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.screen.send(*keys)

    def settle(self, number: int) -> None:
        """Each deal in another way; the dialog is there before it is typed into."""
        match number % 5:
            case 0:
                self.press("x")
                self.screen.wait_for("is lost")
                self.press("down", "enter")
            case 1:
                self.press("p")
                self.screen.wait_for("aside")
                self.screen.type("+2m")
                self.press("enter")
            case 2:
                self.press("e")
                self.screen.wait_for("what happens next?")
                self.screen.type("+2w")
                self.press("enter")
            case 3:
                self.press("f")
                self.screen.wait_for("rest: ")
                self.screen.type("+1m")
                self.press("enter")
            case _:
                self.press("H")


def test_twenty_deals_a_dropped_line_and_all_undone(store: Path) -> None:
    before = content(store)
    start = [*command(), "--db", store]
    with terminal(start) as screen:
        screen.wait_for("Deal 00")
        screen.send("3")
        hands = Hands(screen)
        for number in range(9):
            hands.at(number)
            hands.settle(number)
        hands.at(9)
        screen.wait_for("9 of 20")
        os.kill(screen.pid, signal.SIGHUP)
        assert screen.finish().leftovers == ()
    spent = hands.keys
    with terminal(start) as screen:
        hands = Hands(screen)
        hands.at(9)
        screen.wait_for("9 of 20")
        for number in range(9, DEALS):
            hands.at(number)
            hands.settle(number)
        screen.wait_for("20 deals settled, none is left.")
        spent += hands.keys
        assert spent / DEALS <= 3
        assert content(store) != before
        for number in reversed(range(DEALS)):
            screen.send("ctrl+z")
            hands.at(number)
        screen.wait_for("0 of 20")
        screen.send("q")
        assert screen.finish().exit_code == 0
    assert content(store) == before
