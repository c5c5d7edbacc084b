from decimal import Decimal

import pytest

from pipetui import language
from pipetui.deals.category import Category
from pipetui.signals.explaining import Explanation, explain
from pipetui.signals.flag import ASCII_SYMBOLS, SEVERITIES, SEVERITY_TITLES, SYMBOLS, TITLES, Severity
from pipetui.signals.history import Push, Step
from pipetui.signals.rhythm import Pace
from pipetui.signals.rules import flags_of
from tests.signals.making import Deal, context, days, deal, past, playbook


def why(name: str, one: Deal, **known: object) -> Explanation:
    around = context(**known)  # type: ignore[arg-type]
    (flag,) = [flag for flag in flags_of(one, around) if flag.name == name]
    return explain(flag, one, around)


def test_stalled_by_the_playbook_says_its_days_and_since_when() -> None:
    said = why("stalled", deal(moved_on=days(-31)), book=playbook(demo={"stale_after_days": 14}))
    assert said.evidence_text == "31 days in Demo without a move, since 22 Oct"
    assert said.evidence_values == {"days": 31, "stage": "Demo", "since": days(-31)}
    assert "14 days" in said.threshold_text
    assert said.threshold_values == {"days": 14, "from": "playbook"}


def test_stalled_by_the_teams_rhythm_says_what_was_learned() -> None:
    known = past(paces={2: Pace(86, 12, 24)})
    said = why("stalled", deal(stage_since=days(-31)), history=known)
    assert said.evidence_text == (
        "31 days in Demo; half of your deals move on within 12, nine of ten within 24 (n = 86)"
    )
    assert said.evidence_values == {
        "days": 31,
        "stage": "Demo",
        "since": days(-31),
        "median_days": 12,
        "nine_of_ten_days": 24,
        "n": 86,
    }
    assert said.threshold_values == {"days": 18, "from": "history"}
    assert "18 days" in said.threshold_text


def test_nine_of_ten_are_left_out_where_so_many_never_moved_on() -> None:
    said = why("stalled", deal(stage_since=days(-31)), history=past(paces={2: Pace(86, 12, None)}))
    assert said.evidence_text == "31 days in Demo; half of your deals move on within 12 (n = 86)"


PUSHES = (
    Push(days(-80), days(-75), days(-22)),  # 8 Sep to 31 Oct
    Push(days(-25), days(-22), days(18)),  # to 10 Dec
    Push(days(-5), days(10), days(54)),  # brought forward to 2 Dec meanwhile; to 15 Jan
)


def test_pushed_tells_every_date_and_counts_apart_what_left_the_quarter() -> None:
    said = why("pushed", deal(push_count=3), history=past(pushes={1: PUSHES}))
    assert said.evidence_text == (
        "pushed 3 times: 8 Sep → 31 Oct → 10 Dec, 2 Dec → 15 Jan 2027 · 1 of them out of the quarter"
    )
    assert said.evidence_values["pushes"] == 3
    assert said.evidence_values["across_period"] == 1
    dates = said.evidence_values["dates"]
    assert isinstance(dates, list)
    assert dates[0] == {"on": days(-80), "from": days(-75), "to": days(-22)}
    assert said.threshold_text == "from 2 pushes on, by the playbook"


def test_pushed_is_told_before_its_dates_are_known() -> None:
    assert why("pushed", deal(push_count=2)).evidence_text == "pushed 2 times"


def test_over_age_says_how_old_won_deals_became() -> None:
    said = why("over_age", deal(created=days(-212)), history=past(won=86, cycle=139.6))
    assert said.evidence_text == (
        "212 days old, created on 24 Apr; nine of ten won deals took at most 139 (n = 86)"
    )
    assert said.evidence_values["p90_days"] == 139.6
    assert "139 days" in said.threshold_text


def test_too_soon_says_what_won_deals_needed() -> None:
    known = past(paces={2: Pace(won=43, remaining=10.2)})
    said = why("too_soon", deal(close_date=days(4)), history=known)
    assert said.evidence_text == (
        "closes in 4 days, on 26 Nov; from Demo on, nine of ten won deals needed at least 11 (n = 43)"
    )


def test_shrunk_says_from_what_to_what() -> None:
    known = past(steps={1: (Step(days(-19), 100_000_00), Step(days(-12), 90_000_00))})
    said = why("shrunk", deal(amount=70_000_50), history=known)
    assert said.evidence_text == "€70,000.50 instead of €100,000.00 until 3 Nov: 30% less"
    assert said.evidence_values["amount"] == Decimal("70000.5")
    assert str(said.evidence_values["was"]) == "100000"
    assert said.threshold_text == "a fifth of the amount gone within 30 days"


def test_gate_names_each_contradiction() -> None:
    book = playbook(demo={"requires": {"need": 2, "budget": 1}})
    one = deal(rep_category=Category.COMMIT, close_date=days(-10), push_count=2, next_step="sign")
    said = why("gate", one, book=book)
    assert said.evidence_text == (
        "commit: close date 12 Nov is past · weakly qualified: need, budget · pushed 2 times · no amount · "
        "next step without a date"
    )
    assert said.evidence_values["reasons"] == ("overdue", "weak", "pushed", "unpriced", "no_next_step")
    assert "2026-Q4" in said.threshold_text
    late = why("gate", deal(crm_category=Category.COMMIT, close_date=days(54)))
    assert "closes on 15 Jan 2027, after the quarter" in late.evidence_text
    assert "no close date" in why("gate", deal(crm_category=Category.COMMIT)).evidence_text


def test_no_sponsor_names_the_stage() -> None:
    said = why("no_sponsor", deal(source=""), book=playbook(demo={"requires": {"sponsor": 2}}))
    assert said.evidence_text == "nobody is known to speak for us at the buyer's, in Demo"


def test_overdue_says_the_date_and_how_long_ago() -> None:
    said = why("overdue", deal(close_date=days(-1)))
    assert said.evidence_text == "expected to close on 21 Nov, 1 day ago"
    assert said.evidence_values == {"close_date": days(-1), "days": 1}


def test_idle_says_limit_and_last_activity() -> None:
    said = why("idle", deal(last_activity=days(-20)))
    assert said.evidence_text == "no activity for 20 days, since 2 Nov"
    assert said.threshold_values["days"] == 14


def test_late_action_quotes_the_next_step() -> None:
    said = why("late_action", deal(next_step="call [Bob]", next_step_date=days(-3)))
    assert said.evidence_text == "“call [Bob]” was due on 19 Nov, 3 days ago"
    bare = why("late_action", deal(next_step="?", next_step_date=days(-3)))
    assert bare.evidence_text == "the next step was due on 19 Nov, 3 days ago"


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("", "no next step and no date"),
        ("TBD", "“TBD” is no next step, and there is no date"),
        ("100 % sure", "“100 % sure” has no date"),
    ],
)
def test_no_next_step_says_what_is_missing(step: str, text: str) -> None:
    assert why("no_next_step", deal(next_step=step)).evidence_text == text


def test_weak_names_items_with_their_level_and_the_required_one() -> None:
    book = playbook(demo={"requires": {"need": 2, "budget": 1}})
    said = why("weak", deal(levels="1000000"), book=book)
    assert said.evidence_text == "need: stated by us · budget: unknown"
    assert said.threshold_text == "Demo requires need: confirmed by the buyer · budget: stated by us"
    assert said.evidence_values == {"missing": ("need", "budget"), "levels": {"need": 1, "budget": 0}}


def test_unpriced_names_the_stage() -> None:
    said = why("unpriced", deal(), book=playbook(demo={"requires_amount": True}))
    assert said.evidence_text == "no amount in Demo"


def test_every_flag_has_a_title_an_explanation_and_a_fix() -> None:
    asked = {"stale_after_days": 1, "requires": {"need": 1, "sponsor": 1}, "requires_amount": True}
    flagged = [
        deal(source="", moved_on=days(-2), close_date=days(-2), last_activity=days(-60), push_count=2),
        deal(next_step_date=days(-2), created=days(-99), crm_category=Category.COMMIT),
        deal(amount=70, close_date=days(1)),
    ]
    known = past(
        paces={2: Pace(won=20, remaining=9.0)}, won=20, cycle=90.0, steps={1: (Step(days(-1), 100),)}
    )
    around = context(playbook(demo=asked), history=known)
    said = {flag.name: explain(flag, one, around) for one in flagged for flag in flags_of(one, around)}
    assert said.keys() == SEVERITIES.keys() == TITLES.keys()
    assert all(one.evidence_text and one.threshold_text and one.fix for one in said.values())


def test_the_language_is_the_one_in_use_when_asked() -> None:
    language.use("fr")
    assert (
        "22 oct."
        in why(
            "stalled", deal(moved_on=days(-31)), book=playbook(demo={"stale_after_days": 14})
        ).evidence_text
    )


def test_a_stage_of_the_built_in_playbook_is_translated_in_texts_and_not_in_values() -> None:
    language.use("fr")
    said = why("stalled", deal(moved_on=days(-31)), book=playbook(demo={"stale_after_days": 14}))
    assert "à l’étape Démo" in said.evidence_text
    assert "à l’étape Démo" in said.threshold_text
    assert said.evidence_values["stage"] == "Demo"
    weak = why("weak", deal(levels="1000000"), book=playbook(demo={"requires": {"need": 2}}))
    assert weak.evidence_text == "besoin\u00a0: notre hypothèse"
    assert "Demo" not in weak.threshold_text


def test_severities_differ_by_shape_in_one_cell() -> None:
    for symbols in (SYMBOLS, ASCII_SYMBOLS):
        assert symbols.keys() == set(Severity)
        assert len(set(symbols.values())) == 3
        assert all(len(symbol) == 1 for symbol in symbols.values())
    assert all(symbol.isascii() for symbol in ASCII_SYMBOLS.values())
    assert SEVERITY_TITLES.keys() == set(Severity)
