"""A forecast call on the sample data in a real terminal: 25 deals, a kill in the middle, a frozen number."""

import json
import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from pipetui.store import paths

from .harness import Terminal, terminal
from .test_app import command

TODAY = "2026-11-19"
DEALS = 25
HALF = 12
KEYS = {"commit": "c", "best case": "b", "upside": "u", "not yet classified": "u"}
_WHERE = re.compile(r"deal (\d+) of (\d+) · ([a-z ]+?)  ")


class Caller:
    """Somebody who puts each deal where it is already, and answers what is asked."""

    def __init__(self, screen: Terminal) -> None:
        self.screen = screen
        self.undisputed: list[int] = []
        """Keys of each deal of which nothing was asked."""
        self.reasons: dict[str, str] = {}

    def where(self) -> tuple[int, str]:
        """Which deal it is, and of which part."""
        found = _WHERE.search(self.screen.lines[0])
        assert found, self.screen.text
        return int(found[1]), found[3]

    def at(self, place: int) -> None:
        self.screen.wait_until(lambda lines: f"deal {place} of" in lines[0], f"deal {place}")

    def classify(self, place: int) -> None:
        """One key, and what it asks for; ends at the next deal."""
        self.at(place)
        _place, part = self.where()
        self.screen.send(KEYS[part])
        self.screen.wait_until(
            lambda lines: (
                f"deal {place + 1} of" in lines[0] or any("enter take it" in line for line in lines)
            ),
            "the next deal, or a question",
        )
        if f"deal {place + 1} of" in self.screen.lines[0]:
            self.undisputed.append(1)
            return
        self.answer(place)
        self.at(place + 1)

    def next_line(self) -> None:
        """The next line of the form; it is there when the frame is."""
        self.screen.send("tab")
        self.screen.pump(2, quiet=0.1)

    def answer(self, place: int) -> None:
        """Whatever the form wants, line by line."""
        lines = self.screen.lines
        if any("│ Why " in line for line in lines):
            self.screen.type(f"because {place}")
            self.screen.wait_for(f"because {place}")
            if any("│ Condition " in line for line in lines):
                self.next_line()
        if any("│ Condition " in line for line in lines):
            self.screen.type(f"condition {place}")
            self.screen.wait_for(f"condition {place}")
            self.next_line()
            self.screen.type("+2w")
            self.screen.wait_for("3 Dec")
        self.screen.send("enter")


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute(sql))


def test_a_whole_call_over_a_kill(own_world: Path) -> None:
    env = {"PIPETUI_TODAY": TODAY, "PIPETUI_LANG": "en"}
    start = [*command(), "demo"]
    with terminal(start, env=env) as screen:
        screen.wait_for("enter open", timeout=90)
        screen.wait_for("€", timeout=90)
        screen.send("4")
        screen.wait_for("P(≥ quota)")
        screen.send("c")
        screen.wait_for("whose?")
        screen.send("enter")
        screen.wait_for("The agenda")
        screen.send("space")
        caller = Caller(screen)
        for place in range(1, HALF + 1):
            caller.classify(place)
        caller.at(HALF + 1)
        screen.send("n")
        screen.wait_for("ctrl+o in your editor")
        screen.type("half an ans")
        screen.wait_for("half an ans")
        draft = paths.state_dir() / "app.json"
        screen.wait_until(lambda _lines: "half an ans" in draft.read_text(), "the draft in the file")
        os.kill(screen.pid, signal.SIGKILL)
        screen.finish()
    undisputed = caller.undisputed
    with terminal(start, env=env) as screen:
        screen.wait_for("half an ans", timeout=30)
        caller = Caller(screen)
        caller.at(HALF + 1)
        screen.type("wer")
        screen.send("enter")
        screen.wait_for("▏half an answer")
        for place in range(HALF + 1, DEALS + 1):
            caller.classify(place)
        undisputed += caller.undisputed
        screen.send("G")
        screen.wait_for("Freeze the call")
        screen.send("k")
        screen.wait_for("the manager's number")
        screen.send("enter")
        screen.wait_for("what will the period end with?")
        screen.type("1200k")
        screen.wait_for("1,200,000.00")
        screen.send("enter")
        screen.wait_until(
            lambda lines: (
                any("manager's number" in line and "€1,200,000.00" in line for line in lines)
                and not any("enter take it" in line for line in lines)
            ),
            "the number on its page",
        )
        screen.send("space")
        screen.wait_for("enter freezes the call")
        screen.send("enter")
        screen.wait_for("freeze it")
        screen.send("enter")
        screen.wait_for("Frozen as")
        screen.send("q")
        assert screen.finish().exit_code == 0
    path = paths.demo_store()
    lines = ask(
        path, "SELECT deal_id, rep, reason, condition, condition_by, note, reached FROM call_line ORDER BY id"
    )
    said = {line[0]: line for line in lines}
    assert sum(bool(line[-1]) for line in said.values()) == DEALS
    assert all(line[3] and line[4] for line in said.values() if line[1] == "best_case")
    assert any(str(line[2]).startswith("because") for line in said.values())
    assert [line[5] for line in said.values() if line[5]] == ["half an answer"]
    assert undisputed
    assert sum(undisputed) / len(undisputed) == 1
    ((head, entries),) = ask(path, "SELECT snapshot, entries FROM call_revision")
    frozen, deals = json.loads(str(head)), json.loads(str(entries))
    assert frozen["number"] == 120_000_000
    totals = dict(
        zip(
            ("won", "commit", "best_case", "upside", "unclassified", "omitted"),
            frozen["totals"],
            strict=False,
        )
    )
    category = "COALESCE(manager_category, rep_category, crm_category, 'unclassified')"
    sums = dict(
        ask(
            path,
            f"SELECT CASE WHEN status = 'won' THEN 'won' ELSE {category} END, SUM(amount) FROM deal "
            "WHERE NOT archived AND missing_since IS NULL AND currency = 'EUR' AND ("
            "status = 'won' AND COALESCE(closed_on, close_date) BETWEEN '2026-10-01' AND '2026-12-31 23:59' "
            "OR status = 'open' AND resume_on IS NULL "
            "AND close_date BETWEEN '2026-10-01' AND '2026-12-31 23:59') GROUP BY 1",
        )
    )
    assert all(entry["currency"] == "EUR" for entry in deals)
    assert {name: amount for name, amount in totals.items() if amount} == {
        name: amount for name, amount in sums.items() if amount
    }
    assert {entry["deal_id"] for entry in deals} >= set(said)
