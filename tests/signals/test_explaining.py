import pytest

from pipetui import language
from pipetui.signals.explaining import Explanation, explain
from pipetui.signals.flag import ASCII_SYMBOLS, SEVERITIES, SEVERITY_TITLES, SYMBOLS, TITLES, Severity
from pipetui.signals.rules import flags_of
from pipetui.statistics.survival import kaplan_meier
from tests.signals.making import Deal, context, days, deal, playbook


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
    learned = {2: kaplan_meier([(12, True)] * 86)}
    said = why("stalled", deal(stage_since=days(-31)), learned=learned)
    assert said.evidence_text == "31 days in Demo; half of your deals move on within 12 (n = 86)"
    assert said.evidence_values["n"] == 86
    assert said.threshold_values == {"days": 18, "from": "history"}
    assert "18 days" in said.threshold_text


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
    book = playbook(demo={"stale_after_days": 1, "requires": {"need": 1}, "requires_amount": True})
    flagged = [
        deal(moved_on=days(-2), close_date=days(-2), last_activity=days(-60)),
        deal(next_step_date=days(-2)),
    ]
    around = context(book)
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
