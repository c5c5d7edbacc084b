"""`pipetui report`: the dashboard and the trends as one page; figures by hand from the deals."""

from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipetui import language
from pipetui.cli.commands import build
from pipetui.deals.edits import SetQuota
from pipetui.store.engine import Store
from pipetui.store.writing import apply
from tests.app.making import PLAYBOOK, firm
from tests.exchange.test_report_page import Checked

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The firm of the app's tests, with a quota of 120,000 for the quarter."""
    path = firm(tmp_path_factory.mktemp("firm"))
    with Store.open(path) as opened:
        edits = [SetQuota("2026-Q4", 12_000_000, "", "")]
        apply(opened, edits, by="claire", at=datetime(2026, 11, 20, 10), playbook=PLAYBOOK)
    return path


def report(store: Path, *arguments: str, lang: str = "en") -> Result:
    language.use(lang)
    before = ["--db", str(store), "--today", str(TODAY), "--lang", lang]
    return CliRunner().invoke(build(lambda *_a, **_k: None), [*before, "report", *arguments])


def test_the_dashboard_answers_first(store: Path) -> None:
    result = report(store, "dashboard")
    assert result.exit_code == 0, result.output
    text = result.stdout
    # won 10, commit 46 + 41, quota 120; the average won in a year is (10 + 99) ÷ 2; 53 of 92 days
    assert text.startswith("# Dashboard · Q4 2026 · everybody")
    assert "**BEHIND −€23k**" in text
    assert "8% of the quota won · 58% of the time gone" in text
    assert "−€23k: landing short of the quota, by less than an average deal" in text
    assert "## Landing · €97k" in text
    assert "## Coverage · 1.7×" in text  # 191 ÷ (120 − 10)
    assert "too little data for a diagnosis" in text
    of_one = report(store, "dashboard", "--owner", "marc petit", "--period", "2027-Q1").stdout
    assert of_one.startswith("# Dashboard · Q1 2027 · Marc Petit")
    assert "No quota: nobody can tell whether that is enough." in of_one


@pytest.mark.parametrize("what", ["dashboard", "trends"])
def test_the_page_is_one_file(store: Path, tmp_path: Path, what: str) -> None:
    path = tmp_path / f"{what}.html"
    result = report(store, what, "-o", str(path), lang="fr")
    assert result.exit_code == 0, result.output
    html = path.read_text(encoding="utf-8")
    assert '<html lang="fr">' in html
    assert "svg" in Checked(html).seen
    assert report(store, what, "-o", str(store)).exit_code == 1  # never over the store itself
    assert report(store, what, "--format", "md").stdout.startswith("# ")


def test_thin_data_are_said_to_be_thin(store: Path) -> None:
    text = report(store, "trends", "--from", "2026-01-01").stdout
    # two won (Archives, Last summer), one lost (Badgeuse)
    assert "not enough: 3 of 20" in text
    assert "not enough: 2 of 5 wins" in text
    assert "| Q3 2026 | 1 | 0 | — | €99k |" in text
    assert "| Q4 2026 to 22 Nov | 1 | 1 | — | €10k |" in text
    result = report(store, "trends", "--from", "2026-02-01", "--to", "2026-01-01")
    assert result.exit_code == 2
