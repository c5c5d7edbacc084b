"""A forecast call on the sample data in a real terminal: 25 deals, a kill in the middle, a frozen number."""

import csv
import json
import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipetui.store import paths

from .harness import Terminal, terminal
from .test_app import command
from .test_mouse import click

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

    def answer(self, place: int) -> None:
        """Whatever the form wants, line by line, as quick hands type it."""
        lines = self.screen.lines
        has_condition = any("│ Condition " in line for line in lines)
        if any("│ Why " in line for line in lines):
            self.screen.type(f"because {place}")
            if has_condition:
                self.screen.send("tab")
        if has_condition:
            self.screen.type(f"condition {place}\t+2w")
        self.screen.send("enter")


def without_toast(screen: Terminal) -> None:
    """A click takes away what is said once of the sample data: it covers which deal it is."""
    screen.wait_for("until it is set here", timeout=90)
    click(screen, (screen.columns // 2, 1))
    screen.wait_until(lambda lines: "Board" in "".join(lines[:2]) and "█" not in lines[0], "no toast")


SUMS = """
SELECT CASE WHEN status = 'won' THEN 'won'
    ELSE COALESCE(manager_category, rep_category, crm_category, 'unclassified') END, SUM(amount)
FROM deal
WHERE NOT archived AND missing_since IS NULL AND currency = 'EUR' AND (
    status = 'won' AND COALESCE(closed_on, close_date) BETWEEN '2026-10-01' AND '2026-12-31 23:59'
    OR status = 'open' AND resume_on IS NULL AND close_date BETWEEN '2026-10-01' AND '2026-12-31 23:59')
GROUP BY 1"""
"""What the deals of the quarter say, by sqlite3 alone: category → cents."""


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute(sql))


def euros(cell: str) -> int:
    """An amount of a CSV file, in cents."""
    return round(float(cell or 0) * 100)


def test_a_whole_call_over_a_kill(own_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own_world)
    env = {"PIPETUI_TODAY": TODAY, "PIPETUI_LANG": "en"}
    start = [*command(), "demo"]
    with terminal(start, env=env, columns=112, rows=30) as screen:
        without_toast(screen)
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
        draft = paths.state_dir() / "app.json"
        screen.wait_until(lambda _lines: "half an ans" in draft.read_text(), "the draft in the file")
        os.kill(screen.pid, signal.SIGKILL)
        screen.finish()
    undisputed = caller.undisputed
    with terminal(start, env=env, columns=112, rows=30) as screen:
        screen.wait_for("half an ans", timeout=90)
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
        screen.send("k", "enter")
        screen.wait_for("what will the period end with?")
        screen.type("1200k")
        screen.send("enter")
        screen.wait_until(
            lambda lines: (
                any("manager's number" in line and "€1,200,000.00" in line for line in lines)
                and not any("enter take it" in line for line in lines)
            ),
            "the number on its page",
        )
        screen.send("space", "enter")
        screen.wait_for("freeze it")
        screen.send("enter")
        screen.wait_for("enter writes the minutes")
        screen.send("enter")
        screen.wait_for("Write the minutes as")
        screen.send("down", "down", "enter")
        screen.wait_for("Write the minutes into")
        screen.send("enter")
        screen.wait_for("Written to")
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
    assert {entry["deal_id"] for entry in deals} >= set(said)
    sums = dict(ask(path, SUMS))
    with Path(f"minutes-2026-Q4-{TODAY}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {row["What"]: euros(row["Amount"]) for row in rows if row["Part"] == "Figures"}
    assert told["the manager's number"] == frozen["number"]
    assert told["landing"] == sums["won"] + sums["commit"]
    in_minutes = [row for row in rows if row["Part"] == "Deal"]
    for category, words in (("won", "won"), ("commit", "commit"), ("best_case", "best case")):
        assert told[words] == sums[category], category
        assert (
            sum(euros(row["Worth"]) for row in in_minutes if row["What"].lower() == words) == sums[category]
        )
    assert told.get("upside", 0) == sums.get("upside", 0)
    assert told.get("unclassified", 0) == sums.get("unclassified", 0)
    assert {row["Rep's reason"] for row in in_minutes} >= {str(line[2]) for line in said.values()}
    assert {row["Condition"] for row in in_minutes} >= {str(line[3]) for line in said.values()}
    assert [row["Note"] for row in in_minutes if row["Note"]] == ["half an answer"]
