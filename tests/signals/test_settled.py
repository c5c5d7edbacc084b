"""A flag that somebody settled stays away until its facts change; a day count that grows is no change."""

from datetime import date
from typing import Any

import pytest

from pipetui.deals.acceptance import settled
from pipetui.deals.deal import Deal
from pipetui.signals.context import Context
from pipetui.signals.rules import flags_of, settled_flags_of
from tests.signals.making import TODAY, context, days, deal, playbook

BOOK = playbook(demo={"stale_after_days": 14})
STALE = deal(moved_on=days(-20), close_date=days(-3), next_step="call", next_step_date=days(9), amount=5_00)


def names(one: Deal, known: Context) -> tuple[list[str], list[str]]:
    """Raised, and settled."""
    return (
        [flag.name for flag in flags_of(one, known)],
        [flag.name for flag in settled_flags_of(one, known)],
    )


def accepted(until: date | None, *flags: str) -> Deal:
    return STALE._replace(accepted=settled(STALE, flags, until, "because"))


def test_what_is_settled_is_raised_no_more_but_not_forgotten() -> None:
    assert names(STALE, context(BOOK)) == (["stalled", "overdue"], [])
    assert names(accepted(None, "stalled"), context(BOOK)) == (["overdue"], ["stalled"])


@pytest.mark.parametrize(
    ("until", "rests"), [(days(-1), False), (TODAY, False), (days(1), True), (None, True)]
)
def test_a_snooze_ends_on_its_day(until: date | None, rests: bool) -> None:
    assert ("stalled" in names(accepted(until, "stalled"), context(BOOK))[1]) is rests


def test_a_day_count_that_grows_is_no_change() -> None:
    older = accepted(None, "stalled")._replace(moved_on=days(-90))
    assert names(older, context(BOOK)) == (["overdue"], ["stalled"])


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 6_00},
        {"close_date": days(-2)},
        {"next_step": "mail"},
        {"next_step_date": days(10)},
        {"levels": "1000000"},
    ],
)
def test_facts_that_change_bring_it_back(change: dict[str, Any]) -> None:
    assert "stalled" in names(accepted(None, "stalled")._replace(**change), context(BOOK))[0]


def test_a_flag_that_is_settled_and_not_raised_is_not_told() -> None:
    assert names(accepted(None, "weak"), context(BOOK)) == (["stalled", "overdue"], [])
    gone = accepted(None, "stalled")._replace(status="won", stage_id=4)
    assert names(gone, context(BOOK)) == ([], [])
