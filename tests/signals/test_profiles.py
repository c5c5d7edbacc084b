"""The rules by the profile of the pipeline."""

from typing import Any

import pytest

from pipetui.deals.category import Category
from pipetui.playbook.loading import load
from pipetui.playbook.models import Playbook
from pipetui.signals.context import Context, build
from pipetui.signals.explaining import explain
from pipetui.signals.hygiene import hygiene
from pipetui.signals.rules import flags_by_deal, flags_of, no_sponsor, weak
from tests.signals.making import ALL_FIELDS, QUARTER, STAGES, TODAY, days, deal

BOOK = """\
[[pipelines]]
name = "Sales"
qualification = "meddpicc"
stages = [
    { name = "Qualification", probability = 0.1 },
    { name = "Demo", probability = 0.4, requires = { metrics = 2, economic_buyer = 1, champion = 1 }, exit = [
        { text = "Papers", item = "paper_process", level = 1 }] },
    { name = "Negotiation", probability = 0.75 },
    { name = "Won", kind = "won", probability = 1 },
    { name = "Lost", kind = "lost", probability = 0 },
]
"""


@pytest.fixture
def known(tmp_path: Any) -> Context:
    file = tmp_path / "team.toml"
    file.write_text(BOOK, encoding="utf-8")
    book: Playbook = load(file)
    return build(book, STAGES, {"crm": ALL_FIELDS}, None, TODAY, quarter=QUARTER)


@pytest.mark.parametrize(
    ("levels", "missing"),
    [
        ("0000000", ("metrics", "decision_makers", "sponsor")),
        ("0000000 metrics=1", ("metrics", "decision_makers", "sponsor")),
        ("0000000 metrics=2", ("decision_makers", "sponsor")),
        ("0100001 metrics=2", None),
        ("3333333 competition=3", ("metrics",)),
        ("0100001 metrics=3 situation=1", None),
    ],
)
def test_weak_is_decided_by_the_items_of_the_profile(
    known: Context, levels: str, missing: tuple[str, ...] | None
) -> None:
    assert weak(deal(levels=levels), known) == missing


def test_a_champion_is_a_sponsor(known: Context) -> None:
    assert no_sponsor(deal(levels="0000000"), known) is None  # the CRM knows none
    here = frozenset({"levels"})
    assert no_sponsor(deal(levels="0000000", set_here=here), known) == ("sponsor",)
    assert no_sponsor(deal(levels="0000001", set_here=here), known) is None
    assert no_sponsor(deal(levels="0000000", set_here=here, stage_id=1), known) is None


def evidence(known: Context, **given: Any) -> tuple[str, str, str]:
    one = deal(**given)
    (flag,) = [flag for flag in flags_of(one, known) if flag.name == "weak"]
    said = explain(flag, one, known)
    return said.evidence_text, said.threshold_text, said.fix


def test_the_evidence_speaks_the_words_of_the_profile(known: Context) -> None:
    assert evidence(known, levels="0000001 metrics=1") == (
        "metrics: stated by us · economic buyer: unknown",
        "Demo requires metrics: confirmed by the buyer · economic buyer: stated by us",
        "Find out with the buyer: metrics, economic buyer.",
    )


def test_the_data_name_what_the_levels_are_kept_under(known: Context) -> None:
    one = deal(levels="0000001 metrics=1")
    (flag,) = [flag for flag in flags_of(one, known) if flag.name == "weak"]
    said = explain(flag, one, known)
    assert said.evidence_values["levels"] == {"metrics": 1, "decision_makers": 0}
    assert said.threshold_values["levels"] == {"metrics": 2, "decision_makers": 1}


def test_a_doubtful_commit_names_them_too(known: Context) -> None:
    one = deal(levels="0100001", crm_category=Category.COMMIT, close_date=days(5), amount=1_00)
    (flag,) = [flag for flag in flags_of(one, known) if flag.name == "gate"]
    assert "weakly qualified: metrics" in explain(flag, one, known).evidence_text


def test_hygiene_asks_for_them(known: Context) -> None:
    good = {"next_step": "call", "next_step_date": days(1)}
    deals = [
        deal(id=1, levels="0100001 metrics=2", **good),
        deal(id=2, levels="0100001 metrics=1", **good),
        deal(id=3, levels="3333333", **good),
    ]
    assert hygiene(deals, flags_by_deal(deals, known), known, load(None).conversion).score == 1 / 3


def test_a_deal_that_goes_to_another_pipeline_keeps_its_answers(known: Context) -> None:
    """The levels of what another profile asks for do no harm and are not asked for."""
    assert weak(deal(levels="0100001 impact=1 metrics=2"), known) is None
