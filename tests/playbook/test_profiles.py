"""Profiles by which deals are qualified: chosen by a pipeline, required by its stages, shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipetui.deals.qualification import ITEMS
from pipetui.language import use
from pipetui.language.builtin import PROFILES, shown
from pipetui.playbook.loading import Mistaken, default_text, load
from pipetui.playbook.models import Playbook
from pipetui.playbook.profiles import builtin, profile_of
from pipetui.playbook.showing import show

SALES = """\
[[pipelines]]
name = "Sales"
qualification = "meddpicc"

[[pipelines.stages]]
name = "First"
probability = 0.5
requires = { metrics = 1, economic_buyer = 2, sponsor = 1 }
exit = [
    { text = "Known", item = "identify_pain", level = 2 },
    { text = "Compared", item = "competition" },
]
"""
OWN = """
[[profiles]]
name = "Our Way"
items = [
    { id = "pain", title = "CFO's pain", question = "What hurts?", same_as = "need" },
    { id = "security_review", title = "security review" },
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "team.toml"


def loaded(file: Path, text: str) -> Playbook:
    file.write_text(text, encoding="utf-8")
    return load(file)


def mistakes(file: Path, text: str) -> list[str]:
    with pytest.raises(Mistaken) as caught:
        loaded(file, text)
    return [sentence.removeprefix(f"{file}, ") for sentence in caught.value.mistakes]


def test_what_comes_with_pipetui() -> None:
    found = {profile.name: [item.id for item in profile.items] for profile in builtin()}
    assert found == {
        "standard": list(ITEMS),
        "MEDDPICC": [
            "metrics", "economic_buyer", "decision_criteria", "decision_process",
            "paper_process", "identify_pain", "champion", "competition",
        ],
        "BANT": ["budget", "authority", "need", "timeline"],
        "SPICED": ["situation", "pain", "impact", "critical_event", "decision"],
    }  # fmt: skip
    assert all(item.question.endswith("?") for profile in builtin() for item in profile.items)


def test_an_answer_to_an_item_is_one_to_its_standard_item() -> None:
    keys = {profile.name: profile.keys for profile in builtin()}
    assert keys["standard"] == ITEMS
    assert keys["MEDDPICC"] == (
        "metrics", "decision_makers", "decision_criteria", "decision_process",
        "paper_process", "need", "sponsor", "competition",
    )  # fmt: skip
    assert keys["BANT"] == ("budget", "decision_makers", "need", "timeline")
    assert keys["SPICED"] == ("situation", "need", "impact", "timeline", "decision_makers")


def test_a_pipeline_that_names_none_has_the_six_and_the_sponsor(file: Path) -> None:
    playbook = loaded(file, SALES.partition("requires")[0].replace('qualification = "meddpicc"\n', ""))
    assert profile_of(playbook, playbook.pipelines[0]).keys == ITEMS
    assert profile_of(load(None), None).keys == ITEMS


def test_what_stages_require_is_kept_under_the_names_of_the_levels(file: Path) -> None:
    (pipeline,) = loaded(file, SALES).pipelines
    (stage,) = pipeline.stages
    assert stage.requires == {"metrics": 1, "decision_makers": 2, "sponsor": 1}
    assert [criterion.item for criterion in stage.exit] == ["need", "competition"]


def test_a_team_has_its_own(file: Path) -> None:
    text = SALES.replace("meddpicc", "our way").replace("metrics", "security_review")
    text = text.replace("economic_buyer = 2, sponsor = 1", "pain = 2")
    playbook = loaded(file, text.split("exit")[0] + OWN)
    first, second = profile_of(playbook, playbook.pipelines[0]).items
    assert (first.key, first.label, first.question) == ("need", "CFO's pain", "What hurts?")
    assert (second.key, second.label, second.question) == ("security_review", "Security review", "")
    assert playbook.pipelines[0].stages[0].requires == {"security_review": 1, "need": 2}


def test_a_team_may_change_a_built_in_one(file: Path) -> None:
    own = OWN.replace("Our Way", "standard").replace("security_review", "risk")
    playbook = loaded(
        file, SALES.partition("qualification")[0] + 'stages = [{ name = "A", probability = 1 }]\n' + own
    )
    assert profile_of(playbook, playbook.pipelines[0]).keys == ("need", "risk")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            '"meddpicc"',
            '"medpic"',
            "line 3, pipelines.qualification: “medpic” is not known here; did you mean “meddpicc”? "
            "Allowed are standard, meddpicc, bant, spiced.",
        ),
        (
            '"meddpicc"',
            '"unknown"',
            "line 3, pipelines.qualification: “unknown” is not known here; allowed are standard, meddpicc, "
            "bant, spiced.",
        ),
        ('"meddpicc"', "3", "line 3, pipelines.qualification: it takes a text in quotes."),
        (
            "metrics = 1",
            "risk = 1",
            "line 8, pipelines.stages.requires.risk: “risk” is not known here; allowed are metrics, "
            "economic_buyer, decision_criteria, decision_process, paper_process, identify_pain, champion, "
            "competition.",
        ),
        (
            "metrics = 1",
            "metric = 1",
            "line 8, pipelines.stages.requires.metric: “metric” is not known here; did you mean “metrics”? "
            "Allowed are metrics, economic_buyer, decision_criteria, decision_process, paper_process, "
            "identify_pain, champion, competition.",
        ),
        (
            "metrics = 1",
            "metrics = 4",
            "line 8, pipelines.stages.requires.metrics: 4 is too much; at most 3.",
        ),
        (
            "metrics = 1",
            "decision_makers = 1",
            "line 8, pipelines.stages.requires.economic_buyer: “economic_buyer” stands there twice.",
        ),
        (
            '"competition"',
            '"risk"',
            "line 11, pipelines.stages.exit.item: “risk” is not known here; allowed are metrics, "
            "economic_buyer, decision_criteria, decision_process, paper_process, identify_pain, champion, "
            "competition.",
        ),
        (
            "[[pipelines]]",
            '[[profiles]]\nname = "Own"\nitems = [{ id = "A-b", title = "A" }]\n[[pipelines]]',
            "line 3, profiles.items.id: an id is small letters, digits and _, beginning with a letter: "
            "paper_process.",
        ),
        (
            "[[pipelines]]",
            '[[profiles]]\nname = "Own"\nitems = [{ id = "a", title = "A", same_as = "sum" }]\n[[pipelines]]',
            "line 3, profiles.items.same_as: “sum” is not known here; allowed are need, decision_makers, "
            "budget, timeline, risk, next_step, sponsor.",
        ),
        (
            "[[pipelines]]",
            '[[profiles]]\nname = "Own"\nitems = [{ id = "a" }]\n[[pipelines]]',
            "line 3, profiles.items.title: it is missing, and has no default.",
        ),
        (
            "[[pipelines]]",
            '[[profiles]]\nname = "Own"\nitems = []\n[[pipelines]]',
            "line 3, profiles.items: it must not be empty.",
        ),
        (
            "[[pipelines]]",
            '[[profiles]]\nname = "Own"\nitems = [{ id = "need", title = "A" },\n'
            '{ id = "b", title = "B", same_as = "need" }]\n[[pipelines]]',
            "line 1, profiles: “need” stands there twice.",
        ),
        (
            "[[pipelines]]",
            '[[profiles]]\nname = "Own"\nitems = [{ id = "a", title = "A", ask = "B" }]\n[[pipelines]]',
            "line 3, profiles.items.ask: “ask” is not known here; allowed are id, title, question, same_as.",
        ),
    ],
)
def test_one_mistake(file: Path, before: str, after: str, told: str) -> None:
    assert mistakes(file, SALES.replace(before, after, 1)) == [told]


def test_several_mistakes_stand_in_the_order_of_the_file(file: Path) -> None:
    told = mistakes(file, SALES.replace("metrics = 1", "risk = 1").replace('"competition"', '"budget"'))
    assert [sentence.split(":")[0] for sentence in told] == [
        "line 8, pipelines.stages.requires.risk",
        "line 11, pipelines.stages.exit.item",
    ]


@pytest.mark.parametrize("text", [SALES, SALES.replace("[[pipelines]]", f"{OWN}\n[[pipelines]]", 1)])
def test_what_is_shown_is_what_is_in_force(file: Path, text: str) -> None:
    playbook = loaded(file, text)
    told = show(playbook)
    assert 'qualification = "meddpicc"' in told
    assert 'id = "paper_process"' in told
    again = loaded(file, told)
    assert again.pipelines == playbook.pipelines
    assert profile_of(again, again.pipelines[0]) == profile_of(playbook, playbook.pipelines[0])
    assert show(again) == told


def test_the_standard_profile_needs_no_writing_out() -> None:
    assert "profiles" not in show(load(None))


def test_the_example_in_the_default_playbook_can_be_used(file: Path) -> None:
    head, example = default_text().split("# [[profiles]]")
    playbook = loaded(file, head + "[[profiles]]" + example.replace("\n# ", "\n").replace("\n#\n", "\n\n"))
    assert playbook.profiles


def test_every_text_can_be_read_in_french() -> None:
    written = {
        text for profile in builtin() for item in profile.items for text in (item.title, item.question)
    }
    assert written == PROFILES
    use("fr")
    assert shown("pain") == "douleur"


def test_a_pipeline_can_change_its_profile_and_change_back(file: Path) -> None:
    """Nothing but what is asked for depends on the choice."""
    playbook = loaded(file, SALES)
    other = replace(playbook.pipelines[0], qualification="bant")
    assert profile_of(replace(playbook, pipelines=(other,)), other).keys == (
        "budget", "decision_makers", "need", "timeline",
    )  # fmt: skip
