"""Quotas that are set here stand before the playbook's; the newest that is not undone counts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.edits import SetQuota
from pipetui.deals.errors import Problem
from pipetui.forecast.quotas import Quota, Scope
from pipetui.playbook.models import Quota as PlaybookQuota
from pipetui.store.engine import Store
from pipetui.store.quotas import quotas_in_force, read_quotas
from pipetui.store.reading import read_batches
from pipetui.store.undoing import InTheWay, redo, undo
from pipetui.store.writing import Applied, apply
from tests.store.making import NOON, PLAYBOOK, rows

ANA, WEST = Scope(owner="Ana"), Scope(team="West")


def put(store: Store, *quotas: SetQuota, by: str = "claire") -> Applied:
    return apply(store, quotas, by=by, at=NOON, playbook=PLAYBOOK)


def test_a_quota_is_kept_in_minor_units_and_told_in_the_audit(store: Store) -> None:
    applied = put(store, SetQuota("2026-q4", 165_000_00, owner="Ana"), SetQuota("2026-11", 5_00, team="West"))
    assert read_quotas(store) == {("2026-Q4", ANA): 165_000_00, ("2026-11", WEST): 5_00}
    assert applied.batch_id is not None
    assert applied.deal_ids == ()
    (record,) = read_batches(store)
    assert record.because == "quota 2026-Q4 · Ana: €165,000.00; quota 2026-11 · West: €5.00"


def test_zero_is_a_quota_and_none_takes_it_away(store: Store) -> None:
    put(store, SetQuota("2026-Q4", 0))
    assert read_quotas(store) == {("2026-Q4", Scope()): 0}
    put(store, SetQuota("2026-Q4", None))
    assert read_quotas(store) == {}


def test_what_changes_nothing_is_no_step(store: Store) -> None:
    assert put(store, SetQuota("2026-Q4", None)).batch_id is None
    put(store, SetQuota("2026-Q4", 7))
    assert put(store, SetQuota("2026-Q4", 7)).batch_id is None
    assert len(read_batches(store)) == 1


def test_the_stores_stand_before_the_playbooks(store: Store) -> None:
    book = replace(
        PLAYBOOK,
        quotas=(
            PlaybookQuota(period="2026-Q4", amount=Decimal("1000.5"), owner="Ana"),
            PlaybookQuota(period="2026-Q4", amount=Decimal(9), team="West"),
        ),
    )
    put(store, SetQuota("2026-Q4", 4_00, owner="Ana"))
    assert quotas_in_force(store, book) == (
        Quota("2026-Q4", ANA, 1000_50),
        Quota("2026-Q4", WEST, 9_00),
        Quota("2026-Q4", ANA, 4_00),
    )


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (SetQuota("2026-13", 5), "no period"),
        (SetQuota("soon", 5), "no period"),
        (SetQuota("2026-Q4", -1), "0 or more"),
        (SetQuota("2026-Q4", 2**63), "0 or more"),
        (SetQuota("2026-Q4", 5, owner="Ana", team="West"), "not both"),
    ],
)
def test_what_makes_no_sense_is_refused(store: Store, edit: SetQuota, sentence: str) -> None:
    with pytest.raises(Problem, match=sentence):
        put(store, edit)
    assert rows(store, "SELECT * FROM quota") == []


def test_one_takes_back_ones_own_unless_somebody_has_set_it_since(store: Store) -> None:
    put(store, SetQuota("2026-Q4", 1, owner="Ana"))
    put(store, SetQuota("2026-Q4", 2, owner="Ana"), by="marc")
    with pytest.raises(InTheWay, match="“Ana”"):
        undo(store, by="claire", at=NOON)
    undo(store, by="marc", at=NOON)
    undo(store, by="claire", at=NOON)
    assert read_quotas(store) == {}
    put(store, SetQuota("2026-Q4", 3, owner="Ana"), by="marc")
    with pytest.raises(InTheWay, match="“Ana” changed since"):
        redo(store, by="claire", at=NOON)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["2026-Q4", "2026-11"]), st.sampled_from(["", "Ana"]), st.integers(0, 3)),
        st.sampled_from(["undo", "redo"]),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_back_and_forth_is_what_a_list_of_states_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int] | str]
) -> None:
    with Store.open(tmp_path_factory.mktemp("quotas") / "q.db") as store:
        done: list[dict[tuple[str, Scope], int]] = [{}]
        at = 0
        for step in steps:
            if step in ("undo", "redo"):
                wanted = at + (1 if step == "redo" else -1)
                turn = redo if step == "redo" else undo
                if 0 <= wanted < len(done):
                    turn(store, by="claire", at=NOON)
                    at = wanted
                else:
                    with pytest.raises(Problem, match="nothing of yours"):
                        turn(store, by="claire", at=NOON)
                continue
            period, owner, amount = step
            assert isinstance(amount, int)
            now = {**done[at], (period, Scope(owner=owner)): amount}
            if put(store, SetQuota(period, amount, owner=owner)).batch_id is None:
                assert now == done[at]
                continue
            done = [*done[: at + 1], now]
            at += 1
            assert read_quotas(store) == done[at]
        assert read_quotas(store) == done[at]
