"""The playbook that comes with pipetui."""

import subprocess
import sys
import tomllib
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from pipetui.deals.qualification import ITEMS
from pipetui.language import use
from pipetui.language.builtin import TEXTS, shown
from pipetui.playbook.loading import default_text, load
from pipetui.playbook.models import Playbook


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load(None)


def test_six_stages_then_won_and_lost(playbook: Playbook) -> None:
    (pipeline,) = playbook.pipelines
    assert [stage.name for stage in pipeline.stages] == [
        "Qualification", "Discovery", "Demo", "Proposal", "Negotiation", "Closing", "Won", "Lost",
    ]  # fmt: skip
    assert [stage.kind for stage in pipeline.stages] == ["open"] * 6 + ["won", "lost"]


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("qualification", "Qualification"),
        ("DÉCOUVERTE", "Discovery"),
        ("Decouverte", "Discovery"),
        ("Démonstration", "Demo"),
        ("Démo", "Demo"),
        ("Proposal/Price Quote", "Proposal"),
        ("Proposition commerciale", "Proposal"),
        ("Devis envoyé", "Proposal"),
        ("Negotiation/Review", "Negotiation"),
        ("Négociation", "Negotiation"),
        ("Signature", "Closing"),
        ("Conclusion", "Closing"),
        ("Closed Won", "Won"),
        ("closedwon", "Won"),
        ("closed_won", "Won"),
        ("Fermé gagné", "Won"),
        ("Gagnée", "Won"),
        ("Closed Lost", "Lost"),
        ("Perdue", "Lost"),
    ],
)
def test_the_names_that_crms_give_the_same_stage(playbook: Playbook, written: str, stage: str) -> None:
    found = playbook.stage(written)
    assert found is not None
    assert found.name == stage


@pytest.mark.parametrize(
    "written",
    [
        "Prospecting", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis",
        "appointmentscheduled", "contractsent", "Contact made", "Prospection",
    ],
)  # fmt: skip
def test_stages_that_only_resemble_one_stay_their_own(playbook: Playbook, written: str) -> None:
    assert playbook.stage(written) is None


def test_more_is_asked_the_further_a_deal_is(playbook: Playbook) -> None:
    stages = playbook.pipelines[0].stages[:6]
    for earlier, later in pairwise(stages):
        assert earlier.probability < later.probability
        assert all(later.requires.get(item, 0) >= level for item, level in earlier.requires.items())
    assert [stage.requires_amount for stage in stages] == [False] + [True] * 5
    assert [bool(stage.requires.get("sponsor")) for stage in stages] == [False] * 3 + [True] * 3


def test_what_a_stage_requires_was_asked_before_it(playbook: Playbook) -> None:
    """Whoever passes the exit criteria of one stage is not weakly qualified in the next."""
    stages = playbook.pipelines[0].stages[:6]
    asked = dict.fromkeys(ITEMS, 0)
    for stage, following in pairwise(stages):
        for criterion in stage.exit:
            if criterion.item:
                asked[criterion.item] = max(asked[criterion.item], criterion.level)
        assert all(asked[item] >= level for item, level in following.requires.items())


def test_every_text_can_be_read_in_french(playbook: Playbook) -> None:
    stages = playbook.pipelines[0].stages
    written = {stage.name for stage in stages} | {
        criterion.text for stage in stages for criterion in stage.exit
    }
    written |= {*playbook.close_reasons.won, *playbook.close_reasons.lost}
    assert written == TEXTS
    use("fr")
    assert shown("Discovery") == "Découverte"
    assert shown("No budget") == "Pas de budget"


def test_what_a_team_wrote_itself_is_not_translated() -> None:
    use("fr")
    assert shown("Close") == "Close"


def test_the_file_explains_itself() -> None:
    lines = default_text().splitlines()
    assert sum(line.startswith("#") for line in lines) > 30
    assert max(map(len, lines)) <= 120


def leaves(value: object, path: str = "") -> dict[str, tuple[type, object]]:
    """Every single value of a playbook by its place, with its type: 1 and 1.0 differ when they are shown."""
    if is_dataclass(value):
        inner = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
    elif isinstance(value, dict):
        inner = value
    elif isinstance(value, tuple):
        inner = dict(enumerate(value))
    else:
        return {path: (type(value), value)}
    found = {path: (type(value), len(inner))}
    for key, part in inner.items():
        found |= leaves(part, f"{path}.{key}")
    return found


def test_it_is_what_validating_its_file_gives(playbook: Playbook) -> None:
    validated = TypeAdapter(Playbook).validate_python(tomllib.loads(default_text()))
    assert leaves(playbook) == leaves(validated)
    assert len(leaves(playbook)) > 200
    assert playbook == validated


def test_only_it_is_the_built_in_one(playbook: Playbook, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(default_text(), encoding="utf-8")
    assert playbook.builtin
    assert not load(copy).builtin
    assert load(copy) == playbook


def test_nobody_waits_for_pydantic_to_load_it() -> None:
    code = (
        "import sys\n"
        "from pipetui.playbook.loading import load\n"
        "assert load(None).builtin\n"
        "assert not {'pydantic', 'pydantic_core', 'annotated_types'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
