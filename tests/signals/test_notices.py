from pipetui.signals.notices import notices
from pipetui.signals.rhythm import Pace
from tests.signals.making import ALL_FIELDS, context, days, deal, past, playbook

FIXED = playbook(**{name: {"stale_after_days": 9} for name in ("qualification", "demo", "negotiation")})


def test_nothing_to_say_where_everything_is_known() -> None:
    assert notices(context(FIXED), [deal(moved_on=days(-1))]) == []


def test_one_sentence_a_source_names_the_missing_columns_and_the_silent_flags() -> None:
    mapped = ALL_FIELDS - {"last_activity", "next_step", "next_step_date"}
    (said,) = notices(context(FIXED, mapped=mapped), [deal(moved_on=days(-1)), deal(id=2, moved_on=days(-1))])
    assert said == (
        "crm (2 open deals) has no column for last activity, next step date, next step: "
        "no “idle”, “late action”, “no next step” until it is set here."
    )


def test_qualification_counts_as_known_with_any_of_its_columns() -> None:
    (said,) = notices(
        context(FIXED, mapped=ALL_FIELDS - {"need", "budget", "decision_makers"}), [deal(moved_on=days(0))]
    )
    assert "qualification" in said
    assert notices(context(FIXED, mapped=ALL_FIELDS - {"need"}), [deal(moved_on=days(0))]) == []


def test_deals_made_here_and_deals_that_do_not_count_cause_no_notice() -> None:
    silent = context(FIXED, mapped=frozenset())
    assert notices(silent, [deal(source="", moved_on=days(-1)), deal(status="won", stage_id=4)]) == []


def test_stages_without_a_measure_say_together_how_much_is_missing() -> None:
    learned = past(paces={2: Pace(12, 4, won=20), 3: Pace(won=20)}, won=20)
    (said,) = notices(context(history=learned), [deal(), deal(id=2, stage_id=3)])
    assert "“stalled” is not told in Demo (12 of 20), Negotiation (0 of 20): " in said


def test_a_stage_that_most_deals_never_left_says_so() -> None:
    learned = past(paces={2: Pace(completed=20, median=None, won=20)}, won=20)
    (said,) = notices(context(history=learned), [deal()])
    assert "in Demo: " in said
    assert "fewer than half" in said


def test_deals_whose_last_move_nobody_knows_are_counted() -> None:
    (said,) = notices(context(FIXED), [deal(), deal(id=2), deal(id=3, moved_on=days(-1))])
    assert "2 deals" in said


def test_nothing_is_said_of_samples_before_they_were_counted() -> None:
    assert notices(context(), [deal()]) == []


def test_too_few_won_deals_are_told_with_their_number() -> None:
    known = context(FIXED, history=past(paces={2: Pace(won=3), 3: Pace(won=20)}, won=7))
    age, soon = notices(known, [deal(moved_on=days(0)), deal(id=2, stage_id=3, moved_on=days(0))])
    assert age == "“over age” is learned from won deals whose creation is known: 7 of 20 so far."
    assert soon.endswith("too few so far in Demo (3 of 20).")
    assert "“closing too soon”" in soon


def test_a_missing_column_silences_every_flag_that_rests_on_it() -> None:
    book = playbook(demo={"stale_after_days": 9, "requires": {"sponsor": 1}})
    mapped = ALL_FIELDS - {"close_date", "amount", "created"}
    (said,) = notices(context(book, mapped=mapped), [deal(moved_on=days(0))])
    assert "expected close date, sponsor, amount, creation date" in said
    for flag in ("overdue", "pushed", "closing too soon", "no sponsor", "unpriced", "shrunk", "over age"):
        assert f"“{flag}”" in said


def test_a_sponsor_that_no_stage_asks_for_is_not_missed() -> None:
    assert notices(context(FIXED), [deal(moved_on=days(0))]) == []
