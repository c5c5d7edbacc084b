"""`pipetui minutes`: two calls on a quarter, and what became of the second; sums are those of the store."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipetui import language
from pipetui.cli.commands import build
from pipetui.deals.category import Category
from pipetui.deals.edits import (
    BeginCall,
    Change,
    Classify,
    Close,
    Reopen,
    Say,
    SetNumber,
    SetQuota,
    Undertake,
)
from pipetui.deals.said import Said
from pipetui.store.calls import read_call
from pipetui.store.engine import Store
from tests.cli.conftest import HOSTILE, Cli
from tests.cli.test_calls import Team

FIRST, SECOND, LATER = date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 20)
EVIL = "=1+1 <script>alert('x')</script> [/] | a*b \x1b]0;owned\x07"


class Quarter(Team):
    """The six deals of 100 of the fourth quarter of `Team`: Ana's and Ben's, due on the 20th of December."""

    def say(self, day: date, call_id: int, name: str, side: Any, category: Category, said: Said) -> None:
        opened, deal = read_call(self.store, call_id), self.deal(f"2026-Q4 {name}")
        assert opened is not None
        seen = opened.lines[deal.id].id if deal.id in opened.lines else 0
        self.do(day, Classify(deal.id, deal.version, call_id, seen, side, category, said))

    def set(self, day: date, name: str, field: str, value: Any) -> None:
        deal = self.deal(name)
        self.do(day, Change(deal.id, deal.version, field, value))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The store, and the ids of the two calls.

    First: all six are commits. Then Ana 1 is won, Ana 2 lost, Ben 0 pushed out, Ben 1 raised to 140. Second:
    Ana 0 is commit for the rep and best case for the manager, Ben 1 commit, and nobody comes to Ben 2, which
    was commit. Later: Ben 1 is lost, and its next step, set in the call, changes.
    """
    path = tmp_path_factory.mktemp("minutes") / "calls.db"
    with Store.open(path) as store:
        team = Quarter(store)
        team.do(FIRST, SetQuota("2026-Q4", 500_00))
        first = team.call(
            FIRST, "2026-Q4", 550_00, [f"2026-Q4 {who} {n}" for who in ("Ana", "Ben") for n in range(3)]
        )
        team.close(date(2026, 11, 12), "2026-Q4 Ana 1")
        team.close(date(2026, 11, 13), "2026-Q4 Ana 2", kind="lost")
        team.set(date(2026, 11, 14), "2026-Q4 Ben 0", "close_date", date(2027, 2, 1))
        team.set(date(2026, 11, 14), "2026-Q4 Ben 1", "amount", 140_00)
        team.set(date(2026, 11, 14), "2026-Q4 Ben 2", "next_step", "call them")
        call = team.do(SECOND, BeginCall("2026-Q4"))
        assert call is not None
        team.say(SECOND, call, "Ana 0", "rep", Category.COMMIT, Said(reason="Their CFO said yes"))
        condition = Said("Their CFO said yes", EVIL, "Legal signs", date(2026, 11, 30), "Nora")
        team.say(SECOND, call, "Ana 0", "manager", Category.BEST_CASE, condition)
        team.say(SECOND, call, "Ben 1", "rep", Category.COMMIT, Said(note="Two\nlines"))
        team.set(SECOND, "2026-Q4 Ben 1", "next_step", "Send the annex")
        team.set(SECOND, "2026-Q4 Ben 1", "next_step_date", date(2026, 11, 19))
        its = team.deal("2026-Q4 Ben 1").id
        team.do(SECOND, Undertake(its, "commitment", "return the order", "their CFO", date(2026, 11, 24)))
        elsewhere = team.deal("2026-Q3 Ana 0").id
        team.do(SECOND, Undertake(elsewhere, "action", "not of this call", "Ana", date(2026, 11, 24)))
        team.do(SECOND, SetNumber(call, 0, 320_00, "Legal is slow"))
        second = team.freeze(SECOND, call)
        team.set(LATER, "2026-Q4 Ben 1", "next_step", "something else")
        team.close(LATER, "2026-Q4 Ben 1", kind="lost")
    return path, first, second


def run(path: Path, *arguments: str, today: date = LATER) -> Result:
    options = ["--db", str(path), "--today", str(today), "minutes", *arguments]
    return CliRunner().invoke(build(lambda *_a, **_k: None), options)


def read(path: Path, *arguments: str, today: date = LATER) -> str:
    result = run(path, *arguments, today=today)
    assert result.exit_code == 0, result.output
    return result.stdout


def table(path: Path, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(path, *arguments, "--format", "csv"))))


def figures(path: Path, *arguments: str) -> dict[str, dict[str, str]]:
    return {row["What"]: row for row in table(path, *arguments) if row["Part"] == "Figures"}


def section(text: str, title: str) -> list[str]:
    """The lines of a Markdown section, from its title to the next."""
    lines = text.splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith(f"## {title}"))
    rest = lines[begin + 1 :]
    end = next((n for n, line in enumerate(rest) if line.startswith("## ")), len(rest))
    return [line for line in rest[:end] if line]


def test_the_header_by_hand(held: tuple[Path, str, str]) -> None:
    text = read(held[0])
    assert text.startswith("# Forecast call · Q4 2026 · everybody\n")
    assert "Frozen on Tuesday 17 Nov 2026 at 10:00 by nora" in text
    assert f"call {held[2]}, revision 1" in text
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    found = {row[0].strip("*+= "): [cell.strip("* |") for cell in row[1:]] for row in rows}
    assert found["won"] == ["€100.00", "€100.00", "€0.00", "+€100.00"]
    assert found["commit"] == ["€240.00", "€340.00", "€600.00", "−€360.00"]
    assert found["landing"] == ["€340.00", "€440.00", "€600.00", "−€260.00"]
    assert found["best case"] == ["€100.00", "€0.00", "€0.00", "+€100.00"]
    assert found["quota"] == ["€500.00", "", "€500.00", "€0.00"]
    assert found["gap of the landing"] == ["−€160.00", "−€60.00", "€100.00", "−€260.00"]
    assert found["the manager's number"] == ["€320.00", "", "€550.00", "−€230.00"]
    # open 340 of what is left, 500 − 100
    assert "coverage 0.9×" in text


def test_sums_are_those_of_the_store(held: tuple[Path, str, str]) -> None:
    """Of the frozen document, and of the deals as they were, by sqlite3 alone."""
    path, _first, second = held
    with closing(sqlite3.connect(path)) as connection:
        ((entries,),) = connection.execute(
            "SELECT entries FROM call_revision WHERE snapshot_id = ?", (second,)
        ).fetchall()
        ((won,),) = connection.execute(
            "SELECT sum(amount) FROM deal WHERE status = 'won' "
            "AND closed_on BETWEEN '2026-10-01' AND '2026-12-31'"
        ).fetchall()
    sums: dict[str, int] = {}
    for its in json.loads(entries):
        name = "won" if its["state"] == "won" else its["manager"] or its["rep"] or its["crm"]
        sums[name] = sums.get(name, 0) + its["worth"]
    assert sums["won"] == won
    rows, told = table(path), figures(path)
    for name, words in (("won", "won"), ("commit", "commit"), ("best_case", "best case")):
        deals = [row for row in rows if row["Part"] == "Deal" and row["What"].lower() == words]
        assert sum(float(row["Worth"]) for row in deals) * 100 == sums[name]
        assert float(told[words]["Amount"]) * 100 == sums[name]


def test_what_has_changed_explains_the_landing(held: tuple[Path, str, str]) -> None:
    lines = section(read(held[0]), "Since the last call, of Tuesday 10 Nov 2026")
    assert len(lines) == 5
    by_deal = {line.split("**")[1]: line for line in lines}
    assert by_deal["2026-Q4 Ana 2"].endswith("lost since · **−€100.00**")
    assert by_deal["2026-Q4 Ben 0"].endswith("pushed out to 1 Feb 2027 · **−€100.00**")
    assert by_deal["2026-Q4 Ben 1"].endswith("raised from €100 to €140 · **+€40.00**")
    assert by_deal["2026-Q4 Ana 1"].endswith("won since")
    assert by_deal["2026-Q4 Ana 0"].endswith("down from commit to best case · **−€100.00**")
    rows = table(held[0])
    told = sum(float(row["Change"]) for row in rows if row["Part"] == "Since the last call")
    assert told == float(figures(held[0])["landing"]["Change"]) == -260


def test_what_was_said_of_a_deal(held: tuple[Path, str, str]) -> None:
    text = read(held[0])
    best_case = section(text, "Best case · €100.00 · 1 deal")
    assert best_case[0].startswith("- **2026-Q4 Ana 0** · Ana · €100.00 · 20 Dec · Demo · rep: commit")
    assert best_case[0].endswith("manager: **best case**")
    assert "    - Rep's reason: Their CFO said yes" in best_case
    assert "    - Condition: Legal signs · by 30 Nov · Nora" in best_case
    commit = section(text, "Commit · €240.00 · 2 deals")
    assert "    - Note: Two lines" in commit


def test_next_steps_and_promises_are_those_of_the_call(held: tuple[Path, str, str]) -> None:
    """Not those that were there before it, of other deals, or written since."""
    text = read(held[0])
    assert section(text, "Actions") == [
        "### Ana",
        "- [ ] Monday 30 Nov: condition: Legal signs (Nora) — 2026-Q4 Ana 0",
        "### Ben",
        "- [ ] Thursday 19 Nov: Send the annex — 2026-Q4 Ben 1",
        "- [ ] Tuesday 24 Nov: the buyer: return the order (their CFO) — 2026-Q4 Ben 1",
    ]
    assert "Next step: Send the annex · 19 Nov" in text
    assert "something else" not in text


def test_deals_not_reached(held: tuple[Path, str, str]) -> None:
    assert section(read(held[0]), "Not reached") == ["- **2026-Q4 Ben 2** · Ben · €100.00 · commit"]
    rows = [row for row in table(held[0]) if row["Part"] == "Not reached"]
    assert [row["Deal"] for row in rows] == ["2026-Q4 Ben 2"]


def test_what_no_longer_matches(held: tuple[Path, str, str]) -> None:
    text = read(held[0])
    lines = section(text, "What no longer matches on Friday 20 Nov 2026, landing −€140.00")
    assert lines == ["- **2026-Q4 Ben 1** · Ben: lost since · **−€140.00**"]
    assert "no longer matches" not in read(held[0], today=date(2027, 1, 4)).lower()


def test_the_first_call_by_the_beginning_of_its_id(held: tuple[Path, str, str]) -> None:
    text = read(held[0], held[1][:6].upper())
    assert f"call {held[1]}, revision 1" in text
    assert "It is the first call on this period." in text
    assert "## Commit · €600.00 · 6 deals" in text


def test_text_from_outside_is_only_text(held: tuple[Path, str, str]) -> None:
    markdown = read(held[0])
    assert "\\<script\\>alert('x')\\</script\\> \\[/\\] \\| a\\*b" in markdown
    (row,) = [row for row in table(held[0]) if row["Manager's reason"]]
    assert row["Manager's reason"].startswith("'=1+1 <script>")
    page = read(held[0], "--format", "html")
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page
    for text in (markdown, page):
        assert "\x1b" not in text
        assert "\x07" not in text


class Page(HTMLParser):
    """Collects tags and what they refer to; asserts that what is opened is closed."""

    VOID = frozenset({"meta", "rect", "circle", "path", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_else(held: tuple[Path, str, str]) -> None:
    html = read(held[0], "--format", "html")
    page = Page(html)
    assert "svg" in page.tags
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(page.tags)
    assert not [name for name, _value in page.attributes if name in ("src", "href") or name.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_the_page_draws_what_it_says(held: tuple[Path, str, str]) -> None:
    """Won 100 ⊂ commit 340 ⊂ best case 440, the quota 500: bars in that proportion."""
    page = Page(read(held[0], "--format", "html"))
    widths: dict[str, set[float]] = {}
    names = iter(page.attributes)
    for name, value in names:
        if name == "class" and value in ("won", "commit", "best_case", "upside"):
            its = dict([next(names) for _n in range(4)])
            widths.setdefault(value, set()).add(float(its["width"] or 0))
    (won,), (commit,), (best_case,) = widths["won"], widths["commit"], widths["best_case"]
    assert commit == pytest.approx(2.4 * won, abs=0.3)
    assert best_case == pytest.approx(won, abs=0.3)
    assert "upside" not in widths


def test_french(held: tuple[Path, str, str]) -> None:
    language.use("fr")
    page = read(held[0], "--format", "html")
    assert '<html lang="fr">' in page
    assert "T4 2026" in page
    assert "340,00\u00a0€" in page
    rows = read(held[0], "--format", "csv").splitlines()
    assert any(";340,00;" in row for row in rows)


def test_files_are_written_as_they_are_called(held: tuple[Path, str, str], tmp_path: Path) -> None:
    for name, begin in (("m.html", "<!DOCTYPE html>"), ("m.md", "# Forecast"), ("m.csv", "\ufeffPart,What")):
        assert str(tmp_path / name) in read(held[0], "-o", str(tmp_path / name))
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
    refused = run(held[0], "-o", str(held[0]))
    assert refused.exit_code == 1
    assert "is the store itself" in refused.stderr


def test_what_there_is_not(held: tuple[Path, str, str], cli: Cli) -> None:
    result = run(held[0], "beef")
    assert (result.exit_code, result.stderr) == (
        1,
        "There is no forecast call “beef”; “pipetui calls” lists them.\n",
    )
    none = cli("minutes")
    assert none.exit_code == 1
    assert none.stderr.startswith("No forecast call was held yet")
    assert none.stderr.count("\n") == 1


@pytest.fixture
def going_on(tmp_path: Path) -> Callable[[], tuple[Path, Quarter, int]]:
    def begin() -> tuple[Path, Quarter, int]:
        path = tmp_path / "draft.db"
        team = Quarter(Store.open(path))
        call = team.do(FIRST, BeginCall("2026-Q4", owner="Ana"))
        assert call is not None
        return path, team, call

    return begin


def test_a_call_that_goes_on_is_a_draft(going_on: Callable[[], tuple[Path, Quarter, int]]) -> None:
    path, team, call = going_on()
    team.say(FIRST, call, "Ana 0", "rep", Category.COMMIT, Said())
    text = read(path, today=FIRST)
    assert text.startswith("# Forecast call · Q4 2026 · Ana\n")
    assert "**Draft: the call begun by nora goes on, and nothing is frozen yet (Tuesday 10 Nov 2026" in text
    assert "## Commit · €100.00 · 1 deal" in text
    assert len(section(text, "Not reached")) == 2
    assert "no longer matches" not in text
    assert "revision" not in text
    team.store.close()


def test_a_reopened_call_keeps_what_it_said(going_on: Callable[[], tuple[Path, Quarter, int]]) -> None:
    """What is reached after it was reopened was not reached before."""
    path, team, _call = going_on()
    first = team.call(FIRST, "2026-Q4", 100_00, ["2026-Q4 Ana 0"])
    everybodys = next(its for its in (1, 2, 3) if read_call(team.store, its).call.scope.owner == "")
    team.do(FIRST, Reopen(everybodys, 1))
    ben = team.deal("2026-Q4 Ben 0")
    team.do(FIRST, Say(ben.id, everybodys, 0, reached=True))
    draft = read(path, str(everybodys), today=FIRST)
    second = team.freeze(FIRST, everybodys)
    old, new = read(path, first, today=FIRST), read(path, today=FIRST)
    assert "Draft" in draft
    assert f"replaced by {second}" in old
    assert "2026-Q4 Ben 0" in "".join(section(old, "Not reached"))
    assert "2026-Q4 Ben 0" not in "".join(section(new, "Not reached"))
    assert "It is the first call on this period." in new
    team.store.close()


def test_hostile_names(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    with Store.open(path) as store:
        team = Quarter(store)
        team.set(FIRST, "2026-Q4 Ana 0", "account", "=SUM(A1)")
        team.set(FIRST, "2026-Q4 Ana 0", "owner", "a|b <b>&amp;")
        team.set(FIRST, "2026-Q4 Ana 0", "name", HOSTILE)
        call = team.do(FIRST, BeginCall("2026-Q4"))
        assert call is not None
        team.freeze(FIRST, call)
    page = Page(read(path, "--format", "html", today=FIRST))
    assert not {"script", "b"} & set(page.tags)
    text = read(path, today=FIRST)
    assert "Q3 \\[Renewal\\] \\[/\\]" in text
    assert "a\\|b \\<b\\>\\&amp;" in text
    (row,) = [row for row in table(path) if row["Part"] == "Deal" and row["Account"]]
    assert row["Account"] == "'=SUM(A1)"


def test_a_deal_closed_in_a_call_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "closed.db"
    with Store.open(path) as store:
        team = Quarter(store)
        call = team.do(FIRST, BeginCall("2026-Q4"))
        assert call is not None
        deal = team.deal("2026-Q4 Ana 0")
        team.do(FIRST, Close(deal.id, deal.version, team.stages["won"], FIRST, "Price", "because"))
        team.freeze(FIRST, call)
    assert "## Won · €100.00 · 1 deal" in read(path, today=FIRST)
