"""How well an item was known, when and by whom: levels and words together, the newest first."""

from datetime import datetime

from pipetui.deals.edits import Qualify
from pipetui.store.answers import Answer, answers
from pipetui.store.batches import batch
from pipetui.store.engine import Store
from pipetui.store.reading import read_story
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.store.making import NOON, PLAYBOOK, bring, deal_of, report

MORNING = datetime(2026, 11, 20, 9)


def say(
    store: Store, item: str, level: int | None, text: str | None, at: datetime, by: str = "claire"
) -> None:
    edit = Qualify(1, deal_of(store, 1).version, item, level, text)
    apply(store, [edit], by=by, at=at, playbook=PLAYBOOK)


def known(store: Store) -> dict[str, list[tuple[int, str, int, str]]]:
    """By item: day, who, level, text."""
    found = answers(read_story(store, 1))
    return {item: [(its.at.day, its.by, its.level, its.text) for its in all_] for item, all_ in found.items()}


def test_level_and_words_are_one_answer(store: Store) -> None:
    bring(store, {}, at=MORNING)
    say(store, "budget", 2, "80 k", datetime(2026, 11, 21))
    assert answers(read_story(store, 1)) == {"budget": (Answer(datetime(2026, 11, 21), "claire", 2, "80 k"),)}


def test_the_newest_comes_first_and_words_stay_until_there_are_others(store: Store) -> None:
    bring(store, {}, at=MORNING)
    say(store, "budget", 1, None, datetime(2026, 11, 20, 10))
    say(store, "budget", 2, "80 k", datetime(2026, 11, 21), by="marc")
    say(store, "budget", 3, None, datetime(2026, 11, 22))
    say(store, "budget", None, "80 k by mail", datetime(2026, 11, 23))
    say(store, "budget", 0, "", datetime(2026, 11, 24))
    assert known(store) == {
        "budget": [
            (24, "claire", 0, ""),
            (23, "claire", 3, "80 k by mail"),
            (22, "claire", 3, "80 k"),
            (21, "marc", 2, "80 k"),
            (20, "claire", 1, ""),
        ]
    }


def test_items_of_a_profile_have_a_history_too(store: Store) -> None:
    bring(store, {}, at=MORNING)
    say(store, "metrics", 1, "hours", datetime(2026, 11, 21))
    say(store, "need", 1, None, datetime(2026, 11, 22))
    say(store, "metrics", 0, None, datetime(2026, 11, 23))
    assert known(store) == {
        "metrics": [(23, "claire", 0, "hours"), (21, "claire", 1, "hours")],
        "need": [(22, "claire", 1, "")],
    }
    assert deal_of(store, 1).levels == "1000000"


def test_an_export_states_and_is_nobody(store: Store) -> None:
    bring(store, {"levels": "1010000"}, at=MORNING)
    with batch(store, kind="import", by="claire", at=NOON, as_of=NOON) as writer:
        writer.qualify([(1, "budget", "80 k")])
    report(store, 1, "levels", "1010000", "1110000", at=NOON)
    assert known(store) == {
        "need": [(20, "", 1, "")],
        "budget": [(22, "", 1, "80 k"), (20, "", 1, "")],
        "decision_makers": [(22, "", 1, "")],
    }


def test_what_was_undone_is_no_answer_until_it_is_redone(store: Store) -> None:
    bring(store, {}, at=MORNING)
    say(store, "metrics", 2, "hours", datetime(2026, 11, 21))
    say(store, "metrics", 3, "days", datetime(2026, 11, 22))
    before = known(store)
    undo(store, by="claire", at=datetime(2026, 11, 23))
    assert known(store) == {"metrics": [(21, "claire", 2, "hours")]}
    assert deal_of(store, 1).levels == "0000000 metrics=2"
    undo(store, by="claire", at=datetime(2026, 11, 23))
    assert known(store) == {}
    assert deal_of(store, 1).levels == "0000000"
    redo(store, by="claire", at=datetime(2026, 11, 23))
    redo(store, by="claire", at=datetime(2026, 11, 23))
    assert known(store) == before
    assert deal_of(store, 1).levels == "0000000 metrics=3"
