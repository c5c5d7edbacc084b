"""`pipetui calls`: a year of quarters, each with a call; every figure by hand."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipetui.cli.commands import build
from pipetui.deals.category import Category
from pipetui.deals.edits import BeginCall, Change, Classify, Close, Edit, Freeze, Reopen, SetNumber
from pipetui.pipeline.looking import look
from pipetui.pipeline.outlook import begin
from pipetui.pipeline.outlook_calls import packed, snapshot_of
from pipetui.playbook.loading import load
from pipetui.store.batches import batch
from pipetui.store.calls import read_call
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.writing import apply
from tests.cli.conftest import Cli

BOOK = load(None)
QUARTERS = [("2026-Q1", 2), ("2026-Q2", 5), ("2026-Q3", 8), ("2026-Q4", 11)]
"""Name, and its second month, in which its call is held on the 10th: before its middle."""


class Team:
    """Somebody who works through a year, day by day."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with batch(
            store, kind="import", by="crm", at=datetime(2026, 1, 2), as_of=datetime(2026, 1, 2)
        ) as writer:
            source = writer.source_id("crm", preset="generic", signature="x", mapping={"name": "Name"})
            self.stages = {
                kind: writer.stage_id("Sales", name, kind=kind, position=place, probability=p)
                for name, kind, place, p in [
                    ("Demo", "open", 1, 0.5),
                    ("Won", "won", 2, 1),
                    ("Lost", "lost", 3, 0),
                ]  # type: ignore[arg-type]
            }
            deals = [
                {"name": f"{quarter} {owner} {n}", "owner": owner, "amount": 100_00, "currency": "EUR",
                 "stage_id": self.stages["open"], "close_date": date(2026, month + 1, 20)}
                for quarter, month in QUARTERS for owner in ("Ana", "Ben") for n in range(3)
            ]  # fmt: skip
            writer.create([NewDeal(source, str(n), str(n), state) for n, state in enumerate(deals)])

    def do(self, day: date, *edits: Edit) -> int | None:
        at = datetime.combine(day, datetime.min.time()).replace(hour=9)
        return apply(self.store, edits, by="nora", at=at, playbook=BOOK).call_id

    def deal(self, name: str) -> Any:
        return next(deal for deal in read_board(self.store).deals if deal.name == name)

    def call(self, day: date, quarter: str, number: int, commits: Sequence[str]) -> str:
        """Hold a call and freeze it; its snapshot's id."""
        call_id = self.do(day, BeginCall(quarter))
        assert call_id is not None
        for name in commits:
            deal = self.deal(name)
            self.do(day, Classify(deal.id, deal.version, call_id, 0, "rep", Category.COMMIT))
        self.do(day, SetNumber(call_id, 0, number))
        return self.freeze(day, call_id)

    def freeze(self, day: date, call_id: int) -> str:
        pipeline, opened = look(self.store, BOOK, day), read_call(self.store, call_id)
        assert opened is not None
        period = begin(self.store, pipeline, _period(opened.call.period))
        at = datetime.combine(day, datetime.min.time()).replace(hour=10)
        snapshot = snapshot_of(opened, period, pipeline, at=at, by="nora")
        self.do(day, Freeze(call_id, packed(snapshot)))
        return snapshot.id

    def close(self, day: date, *names: str, kind: str = "won") -> None:
        for name in names:
            deal = self.deal(name)
            self.do(day, Close(deal.id, deal.version, self.stages[kind], day, "Price", "because"))


def _period(name: str) -> Any:
    from pipetui.forecast.periods import Period

    return Period.parse(name)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Every quarter both commit to three deals of 100. Ana wins all; Ben wins one, loses one, one slips."""
    path = tmp_path_factory.mktemp("year") / "year.db"
    with Store.open(path) as store:
        team, ids = Team(store), []
        for (quarter, month), number in zip(QUARTERS, (500_00, 600_00, 300_00, 400_00), strict=True):
            commits = [f"{quarter} {owner} {n}" for owner in ("Ana", "Ben") for n in range(3)]
            # Ana keeps her third deal out of the last commit, and wins it all the same.
            commits = [name for name in commits if name != "2026-Q4 Ana 2"]
            ids.append(team.call(date(2026, month, 10), quarter, number, commits))
            end = date(2026, month + 1, 18)
            team.close(end, *(f"{quarter} Ana {n}" for n in range(3)), f"{quarter} Ben 0")
            team.close(end, f"{quarter} Ben 1", kind="lost")
            late = team.deal(f"{quarter} Ben 2")
            team.do(end, Change(late.id, late.version, "close_date", date(2027, 6, 1)))
    return path, ids


def run(path: Path, *arguments: str, today: str = "2027-01-15") -> str:
    options = ["--db", str(path), "--today", today, "--lang", "en"]
    result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, "calls", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(path: Path, today: str = "2027-01-15") -> Any:
    return json.loads(run(path, "--json", today=today))


def test_the_calls_with_what_left_them(year: tuple[Path, list[str]]) -> None:
    path, ids = year
    calls = told(path)["calls"]
    assert [its["id"] for its in calls] == ids
    first = calls[0]
    assert tuple(first) == (
        *("id", "period", "scope", "revision", "frozen_at", "currency", "quota", "won", "commit"),
        *("best_case", "upside", "number", "matches", "left"),
    )
    assert (first["period"], first["revision"], first["frozen_at"]) == ("2026-Q1", 1, "2026-02-10T10:00:00")
    assert (first["won"], first["commit"], first["number"], first["quota"]) == (0, 600, 500, None)
    assert first["matches"] is False
    left = {
        its["name"]: ([change["what"] for change in its["changes"]], its["landing"]) for its in first["left"]
    }
    assert left == {
        **{f"2026-Q1 Ana {n}": (["won"], 0) for n in range(3)},
        "2026-Q1 Ben 0": (["won"], 0),
        "2026-Q1 Ben 1": (["lost"], -100),
        "2026-Q1 Ben 2": (["pushed_out"], -100),
    }


def test_accuracy_by_hand(year: tuple[Path, list[str]]) -> None:
    """F 500, 600, 300, 400 against A 400 each: bias 200/1600, WAPE 400/1600.

    All calls were held between the start and the middle.
    """
    path, _ids = year
    accuracy = {its.pop("horizon"): its for its in told(path)["accuracy"]}
    assert accuracy == {
        "m_1": {"bias": None, "wape": None, "n": 0, "reason": "few_periods"},
        "start": {"bias": None, "wape": None, "n": 0, "reason": "few_periods"},
        "mid": {"bias": 0.125, "wape": 0.25, "n": 4, "reason": None},
    }


def test_thin_data_is_refused(year: tuple[Path, list[str]]) -> None:
    path, _ids = year
    its = told(path, today="2026-12-31")  # the last quarter has not ended
    assert its["accuracy"][2] == {
        "horizon": "mid",
        "bias": None,
        "wape": None,
        "n": 3,
        "reason": "few_periods",
    }
    early = told(path, today="2026-04-01")["by_owner"]
    assert [(its["owner"], its["commit_conversion"], its["n"], its["reason"]) for its in early] == [
        ("Ana", None, 3, "few_commits"),
        ("Ben", None, 3, "few_commits"),
    ]


def test_what_became_of_the_commits(year: tuple[Path, list[str]]) -> None:
    path, _ids = year
    keys = ("owner", "commit_conversion", "n", "reason", "slipped", "lost", "open", "from_outside")
    assert told(path)["by_owner"] == [
        dict(zip(keys, ("Ana", 1.0, 11, None, 0, 0, 0, 1), strict=True)),
        dict(zip(keys, ("Ben", 4 / 12, 12, None, 4, 4, 0, 0), strict=True)),
    ]


def test_what_people_read(year: tuple[Path, list[str]]) -> None:
    text = run(year[0])
    assert "bias +12.5%, off by 25.0% (WAPE) over 4 periods" in text
    assert "a month before: not enough: 0 of 4 periods that have ended" in text
    assert "100% sandbagging" in text
    assert "33% loose" in text
    assert "no longer matches" not in text  # all periods are over
    text = run(year[0], today="2026-03-25")
    assert "2026-Q1 · everybody no longer matches, landing −€200" in text
    assert "pushed out to 1 Jun 2027" in text


def test_a_reopened_call_is_one_call(tmp_path: Path) -> None:
    path = tmp_path / "calls.db"
    with Store.open(path) as store:
        team = Team(store)
        first = team.call(date(2026, 2, 10), "2026-Q1", 100_00, ["2026-Q1 Ana 0"])
        assert told(path, today="2026-02-10")["calls"][0]["matches"] is True
        assert "Q1 · everybody is going on" not in run(path, today="2026-02-10")
        team.do(date(2026, 2, 11), Reopen(1, 1))
        assert "2026-Q1 · everybody is going on, begun by nora." in run(path, today="2026-02-11")
        deal = team.deal("2026-Q1 Ana 0")
        seen = read_call(store, 1)
        assert seen is not None
        line = seen.lines[deal.id].id
        team.do(date(2026, 2, 11), Classify(deal.id, deal.version, 1, line, "manager", Category.UPSIDE))
        second = team.freeze(date(2026, 2, 11), 1)
    (its,) = told(path, today="2026-02-11")["calls"]
    assert first != second
    assert (its["id"], its["revision"], its["commit"], its["upside"]) == (second, 2, 0, 100)
    assert (its["matches"], its["left"]) == (True, [])


def test_without_any_call(cli: Cli) -> None:
    assert cli("calls").stdout == "No forecast call was frozen yet.\n"
    empty = json.loads(cli("calls", "--json").stdout)
    assert (empty["calls"], empty["by_owner"]) == ([], [])
    assert [its["reason"] for its in empty["accuracy"]] == ["few_periods"] * 3
