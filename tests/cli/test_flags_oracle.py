"""`pipetui flags --json` against the same flags, worked out with pandas by the definitions.

Nothing here knows the rules: stalled, overdue, late action, no next step and unpriced are written down anew.
"""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipetui.cli.commands import build

ROOT = Path(__file__).parents[2]
EXPORTS = sorted((ROOT / "sample_data" / "exports").glob("*.csv"))[-9:]
MASHMATRIX = ROOT / "tests" / "data" / "salesforce_mashmatrix" / "Opportunity.csv"
PLACEHOLDERS = {
    "",
    "n/a",
    "na",
    "tbd",
    "?",
    "??",
    "???",
    "-",
    "–",
    "x",
    "...",
    "…",
    "à définir",
    "voir plus tard",
}

SAMPLE_STAGES = {
    "Qualification": (30, False),
    "Découverte": (45, False),
    "Démo": (20, True),
    "Proposition": (45, True),
    "Négociation": (15, True),
    "Closing": (0, True),
}
"""Stage → days without a move until it is stalled (0: never), whether an amount is asked for there."""
MASHMATRIX_STAGES = {
    **dict.fromkeys(("Prospecting", "Qualification", "Needs Analysis"), (30, False)),
    **dict.fromkeys(
        ("Value Proposition", "Id. Decision Makers", "Perception Analysis", "Proposal/Price Quote"),
        (14, True),
    ),
    "Negotiation/Review": (7, True),
}
COMPARED = {"stalled", "overdue", "late_action", "no_next_step", "unpriced"}

Flags = set[tuple[str, str]]
"""(the CRM's id of a deal, flag)."""


def playbook(folder: Path, stages: dict[str, tuple[int, bool]], won: str, lost: str) -> Path:
    parts = ['[[pipelines]]\nname = "Sales"\n']
    for name, (days, amount) in stages.items():
        parts.append(
            f'[[pipelines.stages]]\nname = "{name}"\nprobability = 0.5\nstale_after_days = {days}\n'
            f"requires_amount = {str(amount).lower()}\n"
        )
    for name, kind, probability in ((won, "won", 1), (lost, "lost", 0)):
        parts.append(f'[[pipelines.stages]]\nname = "{name}"\nkind = "{kind}"\nprobability = {probability}\n')
    path = folder / "playbook.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def told(folder: Path, book: Path, today: date, *files: Path) -> Flags:
    """What the command says."""

    def run(*arguments: str) -> Any:
        options = ["--db", str(folder / "deals.db"), "--playbook", str(book), "--today", str(today)]
        result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, *arguments, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    if not (folder / "deals.db").exists():
        run("import", *map(str, files))
    stages = run("board")["stages"]
    ids = {deal["id"]: deal["external_id"] for stage in stages for deal in stage["deals"]}
    found = run("flags")["flags"]
    return {(ids[flag["deal"]], flag["flag"]) for flag in found if flag["flag"] in COMPARED}


def is_placeholder(step: pd.Series) -> pd.Series:
    return step.fillna("").str.strip().str.lower().isin(PLACEHOLDERS)


def judged(
    deals: pd.DataFrame, stages: dict[str, tuple[int, bool]], today: date, *, dated_steps: bool
) -> Flags:
    """The definitions, over open deals with the columns id, stage, amount, close, step, due and moved."""
    now = pd.Timestamp(today)
    limit = deals["stage"].map({name: days for name, (days, _amount) in stages.items()})
    priced = deals["stage"].map({name: amount for name, (_days, amount) in stages.items()})
    without = is_placeholder(deals["step"]) | dated_steps
    raised = {
        "stalled": deals["moved"].notna() & (limit > 0) & ((now - deals["moved"]).dt.days >= limit),
        "overdue": deals["close"] < now,
        "late_action": deals["due"] < now,
        "no_next_step": deals["due"].isna() & without,
        "unpriced": deals["amount"].isna() & priced,
    }
    return {(id_, flag) for flag, which in raised.items() for id_ in deals["id"][which.astype(bool)]}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


def weeks() -> list[tuple[date, pd.DataFrame]]:
    """Each export with the day of its name."""
    names = {
        "ID de l'opportunité": "id",
        "Étape": "stage",
        "Montant": "amount",
        "Date de clôture": "close",
        "Prochaine étape": "step",
        "Date de la prochaine étape": "due",
        "Dernier changement d'étape": "changed",
    }
    found = []
    for path in EXPORTS:
        raw = pd.read_csv(
            path, sep=";", decimal=",", dtype={"ID de l'opportunité": str}, encoding="utf-8-sig"
        )
        deals = raw.rename(columns=names)[list(names.values())]
        for column in ("close", "due", "changed"):
            deals[column] = pd.to_datetime(deals[column], format="%d/%m/%Y")
        found.append((date.fromisoformat(path.stem[-10:]), deals))
    return found


def expected_of_sample(today: date) -> Flags:
    """A move is a stage change, an amount change or a close date brought forward, seen between two exports;
    else the newest export's last stage change stands in."""
    exports = weeks()
    moved: dict[str, pd.Timestamp] = {}
    for (_day, before), (day, after) in pairwise(exports):
        both = before.merge(after, on="id", suffixes=("_old", "_new"))
        same_amount = (both["amount_old"] == both["amount_new"]) | (
            both["amount_old"].isna() & both["amount_new"].isna()
        )
        is_move = (
            (both["stage_old"] != both["stage_new"]) | ~same_amount | (both["close_new"] < both["close_old"])
        )
        moved.update(dict.fromkeys(both["id"][is_move], pd.Timestamp(day)))
    newest = exports[-1][1]
    deals = newest[newest["stage"].isin(list(SAMPLE_STAGES))].copy()
    deals["moved"] = pd.to_datetime(deals["id"].map(moved)).fillna(deals["changed"])
    return judged(deals, SAMPLE_STAGES, today, dated_steps=True)


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 22), date(2027, 1, 4)])
def test_nine_weeks_of_the_sample(sample: Path, today: date) -> None:
    book = playbook(sample, SAMPLE_STAGES, "Gagnée", "Perdue")
    expected = expected_of_sample(today)
    assert {flag for _id, flag in expected} == COMPARED
    assert told(sample, book, today, *EXPORTS) == expected


@pytest.mark.parametrize(
    "today", [date(2017, 8, 4), date(2021, 7, 11), date(2021, 7, 12), date(2026, 11, 22)]
)
def test_an_export_of_a_real_organisation(tmp_path: Path, today: date) -> None:
    """It tells neither a last stage change nor the date of a next step: nothing is stalled or late."""
    raw = pd.read_csv(MASHMATRIX, dtype=str, encoding="utf-8-sig")
    deals = raw[~raw["StageName"].isin(["Closed Won", "Closed Lost"])].rename(
        columns={"Id": "id", "StageName": "stage", "NextStep": "step"}
    )
    deals["amount"] = pd.to_numeric(deals["Amount"])
    deals["close"] = pd.to_datetime(deals["CloseDate"])
    deals["due"] = deals["moved"] = pd.Series(pd.NaT, index=deals.index)
    expected = judged(deals, MASHMATRIX_STAGES, today, dated_steps=False)
    book = playbook(tmp_path, MASHMATRIX_STAGES, "Closed Won", "Closed Lost")
    assert told(tmp_path, book, today, MASHMATRIX) == expected
