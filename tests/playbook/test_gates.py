"""What the playbook asks before a deal leaves its stage."""

from datetime import date

import pytest

from pipetui.deals.deal import Deal
from pipetui.deals.qualification import NOTHING_KNOWN, with_level
from pipetui.playbook.gates import is_met, unmet
from pipetui.playbook.models import Criterion, Stage

NOTHING = dict.fromkeys(Deal._fields) | {
    "id": 1, "version": 1, "source": "", "external_id": "", "name": "Portal", "account": "", "owner": "",
    "team": "", "stage_id": 1, "status": "open", "currency": "EUR", "close_reason": "",
    "next_step": "", "push_count": 0, "segment": "", "lead_source": "", "kind": "",
    "levels": NOTHING_KNOWN, "set_here": frozenset(),
}  # fmt: skip


def deal(**known: object) -> Deal:
    return Deal(**(NOTHING | known))


@pytest.mark.parametrize(
    ("criterion", "known", "met"),
    [
        ({"item": "budget", "level": 2}, {"levels": with_level(NOTHING_KNOWN, "budget", 1)}, False),
        ({"item": "budget", "level": 2}, {"levels": with_level(NOTHING_KNOWN, "budget", 2)}, True),
        ({"item": "need"}, {}, False),
        ({"field": "amount"}, {}, False),
        ({"field": "amount"}, {"amount": 0}, True),
        ({"field": "next_step"}, {"next_step": "tbd"}, False),
        ({"field": "next_step"}, {"next_step": "Send the offer"}, True),
        ({"field": "next_step_date"}, {"next_step_date": date(2026, 12, 1)}, True),
        ({"field": "owner"}, {}, False),
        ({}, {}, None),
    ],
)
def test_a_criterion_looks_at_the_deal(
    criterion: dict[str, object], known: dict[str, object], met: bool | None
) -> None:
    assert is_met(Criterion(text="It is so", **criterion), deal(**known)) is met


def test_what_is_not_met_is_listed_with_what_only_people_can_tell() -> None:
    stage = Stage(
        name="Demo",
        probability=0.4,
        exit=(
            Criterion(text="They saw it"),
            Criterion(text="We know the budget", item="budget"),
            Criterion(text="It has a price", field="amount"),
        ),
    )
    assert [criterion.text for criterion in unmet(stage, deal(amount=100))] == [
        "They saw it",
        "We know the budget",
    ]


def test_a_stage_that_the_playbook_lacks_asks_nothing() -> None:
    assert unmet(None, deal()) == []


def test_a_criterion_may_ask_for_an_item_of_a_profile() -> None:
    asked = Criterion(text="The papers are known", item="paper_process", level=2)
    assert is_met(asked, deal(levels="3333333")) is False
    assert is_met(asked, deal(levels="0000000 paper_process=1")) is False
    assert is_met(asked, deal(levels="0000000 metrics=1 paper_process=2")) is True
