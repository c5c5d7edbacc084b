from pipetui.signals.context import learn, needs_history
from tests.signals.making import STAGES, playbook


def test_stays_of_a_deal_in_one_stage_are_summed() -> None:
    curve = learn([(1, 2, 5, "back"), (1, 2, 7, "forward")])[2]
    assert (curve.times, curve.completed, curve.censored) == ((12,), 1, 0)


def test_what_came_back_and_is_still_there_has_not_completed_the_stage() -> None:
    curve = learn([(1, 2, 5, "forward"), (1, 2, 7, None)])[2]
    assert (curve.completed, curve.censored) == (0, 1)


def test_lost_back_and_still_there_are_censored() -> None:
    visits = [(1, 2, 5, "forward"), (2, 2, 8, "lost"), (3, 2, 9, "back"), (4, 2, 9, None)]
    curve = learn(visits)[2]
    assert (curve.completed, curve.censored, curve.share) == (1, 3, (0.75,))


def test_stages_are_apart() -> None:
    assert {
        stage: curve.median for stage, curve in learn([(1, 2, 5, "forward"), (1, 3, 9, "forward")]).items()
    } == {
        2: 5,
        3: 9,
    }


def test_history_is_read_only_where_an_open_stage_has_no_fixed_number() -> None:
    fixed = {"stale_after_days": 10}
    assert not needs_history(
        playbook(qualification=fixed, demo=fixed, negotiation={"stale_after_days": 0}), STAGES
    )
    assert needs_history(playbook(qualification=fixed, demo=fixed), STAGES)
    assert needs_history(
        playbook(qualification=fixed, demo=fixed, negotiation=fixed),
        (*STAGES, STAGES[0]._replace(id=9, name="Imported")),
    )
