"""Every flag around its threshold, after the definitions."""

from typing import Any

import pytest

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.signals.context import Context
from pipetui.signals.flag import SEVERITIES, Severity
from pipetui.signals.rhythm import Pace
from pipetui.signals.rules import flags_by_deal, flags_of
from tests.signals.making import STAGES, context, days, deal, past, playbook


def names(one: Deal, known: Context) -> list[str]:
    return [flag.name for flag in flags_of(one, known)]


def raised(flag: str, one: Deal, known: Context) -> bool:
    return flag in names(one, known)


FIXED = playbook(demo={"stale_after_days": 14})


@pytest.mark.parametrize(
    ("moved_on", "expected"),
    [(days(-13), False), (days(-14), True), (days(-15), True), (days(3), False), (None, False)],
)
def test_stalled_at_the_playbooks_number_of_days(moved_on: Any, expected: bool) -> None:
    assert raised("stalled", deal(moved_on=moved_on), context(FIXED)) is expected


def test_stalled_counts_from_the_last_move_not_from_creation() -> None:
    assert not raised("stalled", deal(created=days(-400)), context(FIXED))
    assert not raised("stalled", deal(stage_since=days(-400), moved_on=days(-1)), context(FIXED))


def test_zero_days_is_never_and_does_not_fall_back_to_the_history() -> None:
    learned = past(paces={2: Pace(30, 4)})
    never = playbook(demo={"stale_after_days": 0})
    one = deal(moved_on=days(-900), stage_since=days(-900))
    assert not raised("stalled", one, context(never, history=learned))


def test_a_number_of_days_beyond_the_calendar_is_never() -> None:
    ages = playbook(demo={"stale_after_days": 10**9})
    assert not raised("stalled", deal(moved_on=days(-9000)), context(ages))


@pytest.mark.parametrize(
    ("completed", "median", "waiting", "expected"),
    [
        (20, 12, 17, False),
        (20, 12, 18, True),  # 1.5 × 12 = 18
        (20, 5, 7, False),
        (20, 5, 8, True),  # 1.5 × 5 = 7.5: day 8 is the first beyond it
        (19, 12, 400, False),  # one completed case too few
        (20, 0, 0, False),  # a deal that came today is not stalled
        (20, 0, 1, True),
    ],
)
def test_stalled_learned_from_the_teams_rhythm(
    completed: int, median: int, waiting: int, expected: bool
) -> None:
    learned = past(paces={2: Pace(completed, median)})
    one = deal(stage_since=days(-waiting), moved_on=days(-1))
    assert raised("stalled", one, context(history=learned)) is expected


def test_stalled_is_silent_if_half_of_the_deals_never_left() -> None:
    learned = past(paces={2: Pace(completed=20, median=None)})
    assert not raised("stalled", deal(stage_since=days(-300)), context(history=learned))


def test_stalled_is_silent_without_any_measure() -> None:
    assert not raised("stalled", deal(stage_since=days(-300), moved_on=days(-300)), context())


@pytest.mark.parametrize(
    ("last", "planned", "expected"),
    [
        (-13, None, False),
        (-14, None, True),
        (-14, 1, False),  # something is planned
        (-14, 400, False),  # however far away
        (-14, 0, True),  # today is not the future
        (-14, -1, True),
        (-43, 1, False),  # the 29th day of silence
        (-44, 1, True),  # 14 + 30: no longer
        (None, None, False),  # unknown is not infinitely idle
        (2, None, False),
    ],
)
def test_idle(last: int | None, planned: int | None, expected: bool) -> None:
    one = deal(
        last_activity=None if last is None else days(last),
        next_step_date=None if planned is None else days(planned),
    )
    assert raised("idle", one, context()) is expected


def test_a_planned_action_never_silences_stalled() -> None:
    assert raised("stalled", deal(moved_on=days(-14), next_step_date=days(5)), context(FIXED))


@pytest.mark.parametrize(("close", "expected"), [(-1, True), (0, False), (1, False), (None, False)])
def test_overdue(close: int | None, expected: bool) -> None:
    assert raised("overdue", deal(close_date=None if close is None else days(close)), context()) is expected


@pytest.mark.parametrize(("due", "expected"), [(-1, True), (0, False), (1, False), (None, False)])
def test_late_action(due: int | None, expected: bool) -> None:
    one = deal(next_step_date=None if due is None else days(due))
    assert raised("late_action", one, context()) is expected


BOTH = frozenset({"next_step", "next_step_date"})
TEXT = frozenset({"next_step"})
DATE = frozenset({"next_step_date"})


@pytest.mark.parametrize(
    ("mapped", "step", "due", "set_here", "expected"),
    [
        (BOTH, "", None, "", True),
        (BOTH, "TBD", None, "", True),
        (BOTH, "à définir", None, "", True),
        (BOTH, "call Bob", None, "", True),  # dates are known, and there is none
        (BOTH, "call Bob", 3, "", False),
        (BOTH, "", 3, "", False),  # a date without a text is enough
        (BOTH, "?", -3, "", False),  # late, but there is one
        (TEXT, "", None, "", True),
        (TEXT, "n/a", None, "", True),
        (TEXT, "call Bob", None, "", False),  # the source has no dates
        (TEXT, "call Bob", None, "next_step_date", True),  # but one was set here, and cleared again
        (DATE, "", None, "", True),
        (frozenset(), "", None, "", False),  # the source tells neither
        (frozenset(), "", None, "next_step", True),
        (frozenset(), "call Bob", None, "next_step", False),
        (frozenset(), "call Bob", None, "next_step next_step_date", True),
    ],
)
def test_no_next_step(
    mapped: frozenset[str], step: str, due: int | None, set_here: str, expected: bool
) -> None:
    one = deal(
        next_step=step,
        next_step_date=None if due is None else days(due),
        set_here=frozenset(set_here.split()),
    )
    assert raised("no_next_step", one, context(mapped=mapped)) is expected


def test_a_deal_made_here_can_know_everything() -> None:
    known = context(playbook(demo={"requires": {"need": 1}, "requires_amount": True}), mapped=frozenset())
    assert names(deal(source="", next_step="call Bob"), known) == ["no_next_step", "weak", "unpriced"]
    assert names(deal(next_step="call Bob"), known) == []


STRICT = playbook(demo={"requires": {"need": 2, "budget": 1, "risk": 0}})


@pytest.mark.parametrize(
    ("levels", "missing"),
    [
        ("0000000", ("need", "budget")),
        ("1010000", ("need",)),
        ("2000000", ("budget",)),
        ("3333033", None),  # what is not required may be unknown
        ("2010000", None),
        ("1333333", ("need",)),  # however high the sum
    ],
)
def test_weak_names_each_missing_item(levels: str, missing: tuple[str, ...] | None) -> None:
    flags = {flag.name: flag.values for flag in flags_of(deal(levels=levels), context(STRICT))}
    assert flags.get("weak") == missing


@pytest.mark.parametrize(
    ("mapped", "set_here", "expected"),
    [
        (frozenset(), "", False),
        (BOTH, "", False),  # a column for the next step says nothing about qualification
        (frozenset({"sponsor"}), "", True),
        (frozenset(), "levels", True),
        (frozenset(), "next_step amount", False),
    ],
)
def test_weak_is_silent_where_nothing_can_be_known(
    mapped: frozenset[str], set_here: str, expected: bool
) -> None:
    one = deal(set_here=frozenset(set_here.split()))
    assert raised("weak", one, context(STRICT, mapped=mapped)) is expected


PRICED = playbook(demo={"requires_amount": True})


@pytest.mark.parametrize(
    ("stage", "amount", "expected"),
    [(1, None, False), (2, None, True), (3, None, True), (2, 0, False), (2, 1, False), (3, 5, False)],
)
def test_unpriced_from_the_first_stage_that_requires_an_amount(
    stage: int, amount: int | None, expected: bool
) -> None:
    assert raised("unpriced", deal(stage_id=stage, amount=amount), context(PRICED)) is expected


def test_unpriced_in_a_stage_that_the_playbook_does_not_know_goes_by_its_place() -> None:
    stages = (
        *STAGES,
        Stage(6, "Sales", "Early", "open", 150, 0.2),
        Stage(7, "Sales", "Late", "open", 250, 0.5),
    )
    known = context(PRICED, stages=stages)
    assert not raised("unpriced", deal(stage_id=6), known)
    assert raised("unpriced", deal(stage_id=7), known)


def test_unpriced_is_silent_without_a_column_for_amounts() -> None:
    assert not raised("unpriced", deal(), context(PRICED, mapped=frozenset()))
    assert raised("unpriced", deal(set_here=frozenset({"amount"})), context(PRICED, mapped=frozenset()))


SPONSORED = playbook(demo={"requires": {"sponsor": 2}})
SPONSOR = frozenset({"sponsor"})


@pytest.mark.parametrize(
    ("stage", "levels", "expected"),
    [
        (1, "0000000", False),  # not asked for yet
        (2, "0000000", True),
        (3, "3333330", True),  # asked for before, and still nobody
        (2, "0000001", False),  # there is one; that the level is too low is for weak to say
        (3, "0000002", False),
    ],
)
def test_no_sponsor_from_the_stage_that_requires_one(stage: int, levels: str, expected: bool) -> None:
    one = deal(stage_id=stage, levels=levels)
    assert raised("no_sponsor", one, context(SPONSORED, mapped=SPONSOR)) is expected


@pytest.mark.parametrize(
    ("mapped", "set_here", "expected"),
    [
        (frozenset({"need"}), "", False),  # no column for a sponsor
        (frozenset({"need"}), "levels", True),
        (SPONSOR, "", True),
        (frozenset(), "next_step", False),
    ],
)
def test_no_sponsor_is_silent_where_nobody_can_know(
    mapped: frozenset[str], set_here: str, expected: bool
) -> None:
    one = deal(set_here=frozenset(set_here.split()))
    assert raised("no_sponsor", one, context(SPONSORED, mapped=mapped)) is expected


def test_a_stage_is_found_by_an_alias_whatever_its_accents() -> None:
    book = playbook(demo={"aliases": ["Démonstration"], "stale_after_days": 14})
    stages = (Stage(2, "Ventes", "DEMONSTRATION", "open", 1, 0.4),)
    assert raised("stalled", deal(moved_on=days(-14)), context(book, stages=stages))


@pytest.mark.parametrize(
    "gone",
    [
        {"status": "won", "stage_id": 4},
        {"status": "lost", "stage_id": 5},
        {"missing_since": days(-3)},
        {"resume_on": days(20), "manager_category": Category.OMITTED},
    ],
)
def test_deals_that_do_not_count_have_no_flags(gone: dict[str, Any]) -> None:
    assert names(deal(close_date=days(-9), **gone), context()) == []


def test_omitted_without_a_day_to_resume_is_no_nurture() -> None:
    assert names(deal(close_date=days(-9), rep_category=Category.OMITTED), context())[0] == "overdue"


def test_the_worst_flag_comes_first() -> None:
    book = playbook(
        demo={"stale_after_days": 1, "requires": {"need": 1, "sponsor": 1}, "requires_amount": True},
    )
    worst = deal(
        moved_on=days(-9),
        close_date=days(-9),
        last_activity=days(-90),
        push_count=2,
        created=days(-200),
        rep_category=Category.COMMIT,
        source="",
    )
    found = flags_of(worst, context(book, history=past(won=20, cycle=90.0)))
    assert [flag.name for flag in found] == [
        *("stalled", "overdue", "gate", "idle", "no_next_step", "weak", "pushed", "over_age"),
        *("no_sponsor", "unpriced"),
    ]
    ranks = [flag.severity.rank for flag in found]
    assert ranks == sorted(ranks)


def test_severities_are_the_definitions() -> None:
    assert SEVERITIES == {
        "stalled": Severity.HIGH,
        "overdue": Severity.HIGH,
        "gate": Severity.HIGH,
        "idle": Severity.MEDIUM,
        "late_action": Severity.MEDIUM,
        "no_next_step": Severity.MEDIUM,
        "weak": Severity.MEDIUM,
        "pushed": Severity.MEDIUM,
        "over_age": Severity.MEDIUM,
        "too_soon": Severity.MEDIUM,
        "shrunk": Severity.MEDIUM,
        "no_sponsor": Severity.LOW,
        "unpriced": Severity.LOW,
    }


def test_what_was_never_learned_raises_nothing() -> None:
    """ "Never moved" is not "stalled", and a team without wins inherits nobody's figures."""
    quiet = deal(
        created=days(-900), close_date=days(1), amount=1_00, next_step="call", next_step_date=days(1)
    )
    assert names(quiet, context()) == []


def test_a_healthy_deal_has_no_entry() -> None:
    healthy = deal(id=7, close_date=days(30), next_step="demo", next_step_date=days(2), amount=1)
    assert flags_by_deal([healthy, deal(id=8, close_date=days(-1))], context()).keys() == {8}
