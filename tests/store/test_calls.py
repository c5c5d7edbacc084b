"""Forecast calls: what was said stays said, whoever else is at it; what was frozen never changes."""

import json
import threading
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.deals.edits import BeginCall, Change, Classify, Edit, Freeze, Reopen, Say, SetNumber
from pipetui.deals.errors import Problem
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.forecast.calls.entry import entry_of
from pipetui.forecast.calls.snapshot import Snapshot, freeze
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.store.calls import OpenedCall, read_call, read_calls, read_frozen
from pipetui.store.changing import Stale
from pipetui.store.engine import Store
from pipetui.store.reading import changed_since, read_batches, read_board, revision
from pipetui.store.undoing import InTheWay, redo, undo
from pipetui.store.writing import Applied, apply
from tests.store.making import NOON, PLAYBOOK, WON, bring, deal_of, rows

Q4 = Period.parse("2026-Q4")
DUE = {"amount": 100_00, "currency": "EUR", "close_date": date(2026, 12, 15)}
WORDS = Said("the budget is voted", "", "signature of the CFO", date(2026, 12, 1), "Ana", "call on Monday")


def put(store: Store, *edits: Edit, by: str = "claire") -> Applied:
    return apply(store, edits, by=by, at=NOON, playbook=PLAYBOOK)


def begin(store: Store, by: str = "claire", **scope: str) -> int:
    call_id = put(store, BeginCall("2026-Q4", **scope), by=by).call_id
    assert call_id is not None
    return call_id


def opened(store: Store, call_id: int) -> OpenedCall:
    found = read_call(store, call_id)
    assert found is not None
    return found


def classify(
    store: Store,
    call_id: int,
    deal_id: int,
    category: Category | None,
    *,
    said: Said | None = None,
    manager: bool = False,
) -> Classify:
    """The edit of somebody who sees everything as it is."""
    line = opened(store, call_id).lines.get(deal_id)
    version = deal_of(store, deal_id).version
    side = "manager" if manager else "rep"
    return Classify(deal_id, version, call_id, line.id if line else 0, side, category, said)  # type: ignore[arg-type]


def frozen(store: Store, call_id: int, **given: object) -> Freeze:
    """The call as it stands, ready to be frozen."""
    board, call = read_board(store), opened(store, call_id)
    stages = {stage.id: stage for stage in board.stages}
    entries = [
        entry_of(
            deal,
            stages[deal.stage_id],
            PLAYBOOK.conversion,
            said=call.lines[deal.id].said if deal.id in call.lines else NOTHING_SAID,
        )
        for deal in board.deals
    ]
    values = {
        "period": Q4,
        "scope": call.call.scope,
        "revision": len(call.call.revisions) + 1,
        "frozen_at": NOON,
        "by": "claire",
        "currency": "EUR",
        "quota": 500_00,
        "number": call.call.number,
        "risks": call.call.risks,
    }
    return Freeze(call_id, json.dumps(freeze(entries, **{**values, **given}).plain()))  # type: ignore[arg-type]


def snapshots(store: Store) -> list[Snapshot]:
    return [its.snapshot for its in read_frozen(store)]


def test_a_call_is_begun_once_and_resumed_by_others(store: Store) -> None:
    first = put(store, BeginCall("2026-q4"))
    second = put(store, BeginCall("2026-Q4"), by="marc")
    assert first.call_id is not None
    assert second == Applied(None, (), first.call_id)
    (call,) = read_calls(store)
    assert (call.id, call.period, call.scope, call.by) == (first.call_id, "2026-Q4", Scope(), "claire")
    assert not call.is_frozen
    other = begin(store, team="West")
    assert other != first.call_id
    assert [record.because for record in read_batches(store)] == [
        "forecast call 2026-Q4 · West",
        "forecast call 2026-Q4",
    ]


def test_a_category_is_the_deals_and_the_calls(store: Store) -> None:
    (deal_id,) = bring(store, DUE)
    call_id = begin(store)
    before = revision(store)
    applied = put(store, classify(store, call_id, deal_id, Category.BEST_CASE, said=WORDS))
    assert applied.deal_ids == (deal_id,)
    assert changed_since(store, before).deal_ids == (deal_id,)
    deal, line = deal_of(store, deal_id), opened(store, call_id).lines[deal_id]
    assert (deal.rep_category, deal.manager_category, deal.category) == (
        Category.BEST_CASE,
        None,
        Category.BEST_CASE,
    )
    assert (line.rep, line.manager, line.said, line.reached) == (Category.BEST_CASE, None, WORDS, True)
    assert read_batches(store)[0].because == "the budget is voted"
    put(store, classify(store, call_id, deal_id, Category.COMMIT, manager=True))
    deal, line = deal_of(store, deal_id), opened(store, call_id).lines[deal_id]
    assert (deal.rep_category, deal.category) == (Category.BEST_CASE, Category.COMMIT)
    assert (line.rep, line.manager, line.said) == (Category.BEST_CASE, Category.COMMIT, WORDS)
    assert opened(store, call_id).call.lines == 1


def test_waiting_is_over_when_it_is_classified(store: Store) -> None:
    (deal_id,) = bring(store, DUE)
    call_id = begin(store)
    put(store, Say(deal_id, call_id, 0, Said(note="later\nwith Bob"), waiting=True))
    line = opened(store, call_id).lines[deal_id]
    assert (line.waiting, line.reached, line.said.note) == (True, False, "later\nwith Bob")
    assert deal_of(store, deal_id).version == 1
    put(store, classify(store, call_id, deal_id, Category.UPSIDE))
    line = opened(store, call_id).lines[deal_id]
    assert (line.waiting, line.reached, line.said.note) == (False, True, "later\nwith Bob")


def test_the_call_resumes_where_something_was_said_last(store: Store) -> None:
    one, two = bring(store, DUE, DUE)
    call_id = begin(store)
    assert opened(store, call_id).last_deal is None
    for deal_id in (one, two, one):
        seen = opened(store, call_id).lines.get(deal_id)
        put(store, Say(deal_id, call_id, seen.id if seen else 0, Said(note=f"{seen}")))
    assert opened(store, call_id).last_deal == one


def test_a_second_terminal_is_told_that_somebody_was_quicker(store: Store) -> None:
    (deal_id,) = bring(store, {**DUE, "name": "Acme"})
    call_id = begin(store)
    mine = classify(store, call_id, deal_id, Category.COMMIT)
    say = Say(deal_id, call_id, 0, Said(note="mine"))
    put(store, classify(store, call_id, deal_id, Category.UPSIDE), by="marc")
    for edit in (mine, say):
        with pytest.raises(Stale, match="“Acme” was changed meanwhile"):
            put(store, edit)
    assert deal_of(store, deal_id).rep_category is Category.UPSIDE
    put(store, classify(store, call_id, deal_id, Category.COMMIT))
    assert deal_of(store, deal_id).rep_category is Category.COMMIT


def test_outside_text_is_made_harmless(store: Store) -> None:
    (deal_id,) = bring(store, DUE)
    call_id = begin(store)
    put(store, Say(deal_id, call_id, 0, Said(reason="a\x1b[31m \u202e b\nc", note="x\x00\ny")))
    said = opened(store, call_id).lines[deal_id].said
    assert (said.reason, said.note) == ("a[31m b c", "x\ny")


def test_a_closed_deal_has_no_category(store: Store) -> None:
    (deal_id,) = bring(store, {**DUE, "status": "won", "stage_id": WON})
    call_id = begin(store)
    with pytest.raises(Problem, match="is closed"):
        put(store, classify(store, call_id, deal_id, Category.COMMIT))


def test_frozen_reopened_and_frozen_again(store: Store) -> None:
    (deal_id,) = bring(store, DUE)
    call_id = begin(store)
    put(store, classify(store, call_id, deal_id, Category.COMMIT, said=WORDS))
    put(store, SetNumber(call_id, 0, 90_00, "one deal"))
    put(store, frozen(store, call_id))
    (first,) = snapshots(store)
    assert first.is_whole
    assert (first.revision, first.number, first.risks, first.totals.commit) == (1, 90_00, "one deal", 100_00)
    assert first.by_deal[deal_id].said == WORDS
    assert opened(store, call_id).call.is_frozen
    with pytest.raises(Problem, match="is frozen"):
        put(store, classify(store, call_id, deal_id, Category.UPSIDE))
    with pytest.raises(Problem, match="is frozen"):
        put(store, SetNumber(call_id, 1, 5, ""))
    put(store, Reopen(call_id, 1))
    assert not opened(store, call_id).call.is_frozen
    with pytest.raises(Problem, match="changed meanwhile"):
        put(store, Reopen(call_id, 1))
    put(store, classify(store, call_id, deal_id, Category.UPSIDE))
    put(store, frozen(store, call_id))
    assert [its.revision for its in snapshots(store)] == [1, 2]
    assert snapshots(store)[0] == first
    assert [its.revision for its in opened(store, call_id).call.revisions] == [1, 2]
    assert "frozen, revision 2" in read_batches(store)[0].because
    assert begin(store) != call_id


def test_headlines_are_read_without_the_deals(store: Store) -> None:
    bring(store, {**DUE, "crm_category": "commit"})
    put(store, frozen(store, begin(store)))
    ((_call, snapshot),) = read_frozen(store, "2026-Q4", Scope(), entries=False)
    assert (snapshot.entries, snapshot.totals.commit, snapshot.quota) == ((), 100_00, 500_00)
    assert read_frozen(store, "2026-11") == ()
    assert read_frozen(store, "2026-Q4", Scope(team="West")) == ()


def test_what_was_changed_meanwhile_is_not_frozen_over(store: Store) -> None:
    (deal_id,) = bring(store, {**DUE, "name": "Acme"})
    call_id = begin(store)
    ready = frozen(store, call_id)
    put(store, Change(deal_id, 1, "amount", 1), by="marc")
    with pytest.raises(Stale, match="“Acme”"):
        put(store, ready)
    ready = frozen(store, call_id)
    put(store, SetNumber(call_id, 0, 5, ""), by="marc")
    with pytest.raises(Problem, match="The forecast call 2026-Q4 was changed meanwhile"):
        put(store, ready)
    assert snapshots(store) == []


def test_a_snapshot_that_was_tampered_with_is_refused(store: Store) -> None:
    bring(store, DUE)
    call_id = begin(store)
    plain = json.loads(frozen(store, call_id).snapshot)
    with pytest.raises(ValueError, match="not whole"):
        put(store, Freeze(call_id, json.dumps({**plain, "quota": 1})))
    with pytest.raises(ValueError, match="not of this call"):
        put(store, frozen(store, call_id, scope=Scope(team="West")))


def test_only_the_last_call_of_a_period_goes_on(store: Store) -> None:
    bring(store, DUE)
    first = begin(store)
    put(store, frozen(store, first))
    begin(store)
    with pytest.raises(Problem, match="A later call"):
        put(store, Reopen(first, 1))


def test_numbers_do_not_overwrite_each_other(store: Store) -> None:
    call_id = begin(store)
    put(store, SetNumber(call_id, 0, 5, "mine"))
    with pytest.raises(Problem, match="changed meanwhile"):
        put(store, SetNumber(call_id, 0, 6, "theirs"), by="marc")
    call = opened(store, call_id).call
    assert (call.number, call.risks) == (5, "mine")
    put(store, SetNumber(call_id, call.number_id, None, ""))
    assert opened(store, call_id).call.number is None


def test_undo_takes_the_category_and_the_words_and_brings_them_back(store: Store) -> None:
    (deal_id,) = bring(store, DUE, by="import")
    call_id = begin(store)
    put(store, classify(store, call_id, deal_id, Category.COMMIT, said=WORDS))
    before = revision(store)
    assert undo(store, by="claire", at=NOON).deal_ids == (deal_id,)
    assert changed_since(store, before).deal_ids == (deal_id,)
    assert deal_of(store, deal_id).category is None
    assert opened(store, call_id).lines == {}
    redo(store, by="claire", at=NOON)
    assert deal_of(store, deal_id).category is Category.COMMIT
    assert opened(store, call_id).lines[deal_id].said == WORDS
    undo(store, by="claire", at=NOON)
    undo(store, by="claire", at=NOON)
    assert read_calls(store) == ()
    assert read_call(store, call_id) is None
    with pytest.raises(Problem, match="not there any more"):
        put(store, Say(deal_id, call_id, 0, WORDS))


def test_what_others_said_upon_it_stands_in_the_way(store: Store) -> None:
    (deal_id,) = bring(store, {**DUE, "name": "Acme"}, by="import")
    call_id = begin(store)
    with_me = Say(deal_id, call_id, 0, Said(note="a"))
    put(store, with_me)
    seen = opened(store, call_id).lines[deal_id].id
    put(store, Say(deal_id, call_id, seen, Said(note="b")), by="marc")
    with pytest.raises(InTheWay, match="“Acme”"):
        undo(store, by="claire", at=NOON)
    undo(store, by="marc", at=NOON)
    undo(store, by="claire", at=NOON)
    assert opened(store, call_id).lines == {}
    put(store, Say(deal_id, call_id, 0, Said(note="c")), by="marc")
    with pytest.raises(InTheWay, match="“Acme” changed since"):
        redo(store, by="claire", at=NOON)
    with pytest.raises(InTheWay, match="“2026-Q4”"):
        undo(store, by="claire", at=NOON)


def test_a_reopening_on_which_somebody_went_on_stays(store: Store) -> None:
    (deal_id,) = bring(store, DUE, by="import")
    call_id = begin(store)
    put(store, frozen(store, call_id))
    put(store, Reopen(call_id, 1))
    put(store, Say(deal_id, call_id, 0, WORDS), by="marc")
    with pytest.raises(InTheWay, match="“2026-Q4”"):
        undo(store, by="claire", at=NOON)
    undo(store, by="marc", at=NOON)
    undo(store, by="claire", at=NOON)
    assert opened(store, call_id).call.is_frozen


def test_words_of_a_call_that_is_gone_do_not_come_back(store: Store) -> None:
    (deal_id,) = bring(store, DUE, by="import")
    call_id = begin(store)
    put(store, Say(deal_id, call_id, 0, WORDS), by="marc")
    undo(store, by="marc", at=NOON)
    undo(store, by="claire", at=NOON)
    with pytest.raises(InTheWay, match="“2026-Q4” changed since"):
        redo(store, by="marc", at=NOON)


def test_an_import_of_which_a_call_spoke_stays(store: Store) -> None:
    (deal_id,) = bring(store, {**DUE, "name": "Acme"}, by="marc")
    put(store, Say(deal_id, begin(store), 0, WORDS))
    with pytest.raises(InTheWay, match="“Acme”"):
        undo(store, by="marc", at=NOON)


def test_two_terminals_classify_two_hundred_deals(store: Store) -> None:
    ids = bring(store, *[DUE] * 200)
    call_id = begin(store)
    told: dict[str, int] = {"ana": 0, "ben": 0}
    done: dict[str, int] = {"ana": 0, "ben": 0}
    edits = {
        "ana": [Classify(id_, 1, call_id, 0, "rep", Category.COMMIT) for id_ in ids],
        "ben": [Classify(id_, 1, call_id, 0, "rep", Category.UPSIDE) for id_ in reversed(ids)],
    }

    def work(name: str, its: Sequence[Classify]) -> None:
        with Store.open(store.path) as mine:
            for edit in its:
                try:
                    done[name] += len(put(mine, edit, by=name).deal_ids)
                except Stale:
                    told[name] += 1

    threads = [threading.Thread(target=work, args=its) for its in edits.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done["ana"] + told["ana"] == done["ben"] + told["ben"] == 200
    assert done["ana"] + done["ben"] == 200
    (counted,) = rows(
        store, "SELECT sum(rep_category = 'commit') AS ana, sum(rep_category = 'upside') AS ben FROM deal"
    )
    assert counted == done
    lines = opened(store, call_id).lines
    assert {id_: line.rep for id_, line in lines.items()} == {
        deal.id: deal.rep_category for deal in read_board(store).deals
    }


STEP = st.one_of(
    st.tuples(
        st.integers(0, 1), st.sampled_from([*Category, None]), st.booleans(), st.sampled_from(["", "x"])
    ),
    st.sampled_from(["undo", "redo", "freeze", "reopen", "number"]),
)


@settings(max_examples=40, deadline=timedelta(seconds=20))
@given(steps=st.lists(STEP, max_size=14))
def test_back_and_forth_is_what_a_list_of_states_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, Category | None, bool, str] | str]
) -> None:
    """One person's steps: what is seen after each is a list that undo and redo walk along."""
    from tests.store.making import new_store

    with new_store(tmp_path_factory.mktemp("calls") / "c.db") as store:
        ids = bring(store, DUE, DUE, by="import")
        call_id = begin(store, by="somebody")

        def sight() -> object:
            call = opened(store, call_id)
            deals = {deal.id: (deal.rep_category, deal.manager_category) for deal in read_board(store).deals}
            lines = {id_: (its.rep, its.manager, its.said, its.reached) for id_, its in call.lines.items()}
            names = tuple(its.snapshot_id for its in call.call.revisions)
            return deals, lines, call.call.is_frozen, call.call.number, names

        seen, at = [sight()], 0
        for number, step in enumerate(steps):
            if step in ("undo", "redo"):
                wanted = at + (1 if step == "redo" else -1)
                turn = redo if step == "redo" else undo
                if 0 <= wanted < len(seen):
                    turn(store, by="claire", at=NOON)
                    at = wanted
                else:
                    with pytest.raises(Problem, match="nothing of yours"):
                        turn(store, by="claire", at=NOON)
                assert sight() == seen[at]
                continue
            call = opened(store, call_id).call
            if step == "freeze":
                edit: Edit = frozen(store, call_id)
            elif step == "reopen":
                edit = Reopen(call_id, len(call.revisions))
            elif step == "number":
                edit = SetNumber(call_id, call.number_id, number, "")
            else:
                which, category, manager, reason = step  # type: ignore[misc]
                edit = classify(
                    store,
                    call_id,
                    ids[which],
                    category,
                    manager=manager,
                    said=Said(reason=reason),  # type: ignore[arg-type, index]
                )
            is_refused = call.is_frozen != (step == "reopen")
            if is_refused:
                with pytest.raises(Problem):
                    put(store, edit)
                assert sight() == seen[at]
            elif put(store, edit).batch_id is not None:
                seen, at = [*seen[: at + 1], sight()], at + 1
            assert sight() == seen[at]
