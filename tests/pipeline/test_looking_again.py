"""Looking again at a store of which some deals were touched: the same as reading everything."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.edits import Accept, Change, Edit, Nurture, Qualify
from pipetui.pipeline.learning import learn
from pipetui.pipeline.looking import look, look_again
from pipetui.pipeline.pipeline import Pipeline
from pipetui.store.engine import Store
from pipetui.store.reading import revision
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.pipeline.making import TODAY
from tests.store.making import NOON, PLAYBOOK, bring, deal_of, new_store
from tests.store.test_histories import ACTIONS, act

DAY = timedelta(days=1)


def same(one: Pipeline, other: Pipeline) -> bool:
    facts = ("revision", "deals", "flags", "stages", "context", "probability", "today")
    return all(getattr(one, fact) == getattr(other, fact) for fact in facts)


@settings(max_examples=30)
@given(st.lists(ACTIONS, min_size=1, max_size=8))
def test_after_any_history_it_shows_what_reading_everything_shows(
    actions: list[tuple[str, str, object, object]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder) / "deals.db") as store:
        bring(store, {"amount": 100}, {"close_date": TODAY + 5 * DAY}, {"levels": "1000000"})
        known = learn(store, PLAYBOOK, TODAY)
        before = look(store, PLAYBOOK, TODAY, known)
        for action in actions:
            act(store, action)  # type: ignore[arg-type]
            again = look_again(store, before, PLAYBOOK, TODAY, known)
            whole = look(store, PLAYBOOK, TODAY, known)
            assert again is None or same(again, whole)
            before = again or whole


def test_what_is_learned_judges_all_deals_again_and_reads_none(store: Store) -> None:
    first, second = bring(store, {"amount": 10_000_000}, {"amount": 200})
    fall = Change(first, deal_of(store, first).version, "amount", 1_000_000)
    apply(store, [fall], by="claire", at=NOON, playbook=PLAYBOOK)
    before = look(store, PLAYBOOK, TODAY)
    assert "shrunk" not in {flag.name for flag in before.flags.get(first, ())}, "its past is not known yet"
    known = learn(store, PLAYBOOK, TODAY)
    again = look_again(store, before, PLAYBOOK, TODAY, known)
    assert again is not None
    assert "shrunk" in {flag.name for flag in again.flags[first]}
    assert same(again, look(store, PLAYBOOK, TODAY, known))
    assert again.deals[second] is before.deals[second]


def edited(store: Store, before: Pipeline) -> Pipeline | None:
    return look_again(store, before, PLAYBOOK, TODAY, None)


def test_edits_of_every_kind_are_looked_at_again_and_the_rest_stays(store: Store) -> None:
    first, second = bring(store, {"amount": 100}, {"amount": 200})
    before = look(store, PLAYBOOK, TODAY)
    version = deal_of(store, first).version
    steps: list[Edit] = [
        Qualify(first, version, "need", 2, "They said so"),
        Accept(first, version + 1, ("no_next_step",), reason="They asked us to wait"),
        Nurture(first, version + 2, TODAY + 60 * DAY),
    ]
    for step in steps:
        apply(store, [step], by="claire", at=NOON, playbook=PLAYBOOK)
        again = edited(store, before)
        assert again is not None
        assert same(again, look(store, PLAYBOOK, TODAY))
        assert again.deals[second] is before.deals[second], "it was not read anew"
        assert again.deals[first] != before.deals[first]
        before = again
    for turn in (undo, redo):
        turn(store, by="claire", at=NOON)
        again = edited(store, before)
        assert again is not None
        assert again.deals[first] != before.deals[first]
        assert same(again, look(store, PLAYBOOK, TODAY))
        before = again


def test_nothing_written_is_the_same_again(store: Store) -> None:
    bring(store, {"amount": 100})
    before = look(store, PLAYBOOK, TODAY)
    again = edited(store, before)
    assert again is not None
    assert same(again, before)


def test_an_import_another_day_and_another_playbook_want_everything_read(store: Store) -> None:
    (first,) = bring(store, {"amount": 100})
    before = look(store, PLAYBOOK, TODAY)
    assert look_again(store, before, PLAYBOOK, TODAY + DAY, None) is None
    assert look_again(store, before, replace(PLAYBOOK), TODAY, None) is None
    bring(store, {"amount": 300}, by="marc")
    assert edited(store, before) is None
    imported = look(store, PLAYBOOK, TODAY)
    undo(store, by="marc", at=NOON)
    assert edited(store, imported) is None
    apply(
        store,
        [Change(first, deal_of(store, first).version, "close_date", date(2027, 1, 15))],
        by="claire",
        at=NOON,
        playbook=PLAYBOOK,
    )
    now = look(store, PLAYBOOK, TODAY)
    again = edited(store, now)
    assert again is not None
    assert again.revision == revision(store)
