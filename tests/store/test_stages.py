from dataclasses import replace
from datetime import date
from pathlib import Path

from pipetui.deals.deal import Stage
from pipetui.deals.edits import Move
from pipetui.pipeline.looking import look
from pipetui.playbook import models
from pipetui.store.batches import batch
from pipetui.store.engine import Store
from pipetui.store.reading import read_board, revision
from pipetui.store.stages import in_line, same_stage
from pipetui.store.writing import apply
from tests.store.making import NOON, PLAYBOOK, PROPOSAL, bring, deal_of, rows, sync_stages

TODAY = date(2026, 11, 22)


def told(stages: list[Stage] | tuple[Stage, ...]) -> list[tuple[str, str, int, float]]:
    return [(stage.name, stage.kind, stage.position, stage.probability) for stage in stages]


def board(store: Store) -> list[tuple[str, str, int, float]]:
    return told(read_board(store).stages)


def playbook(*stages: models.Stage, pipeline: str = "Sales") -> models.Playbook:
    return models.Playbook(pipelines=(models.Pipeline(name=pipeline, stages=stages),))


CHANGED = playbook(
    models.Stage(name="Qualification", probability=0),
    models.Stage(name="PROPOSAL", probability=0.25),
    models.Stage(name="Closing", probability=0.8),
)
AS_CHANGED = [
    ("Closing", "open", 300, 0.8),
    ("Discovery", "open", 100, 0.1),
    ("Lost", "lost", 500, 0),
    ("Proposal", "open", 200, 0.25),
    ("Qualification", "open", 100, 0),
    ("Won", "won", 400, 1),
]


def test_a_new_store_gets_the_playbooks_stages_with_room_between(store: Store) -> None:
    assert board(store) == [
        ("Discovery", "open", 100, 0.1),
        ("Proposal", "open", 200, 0.5),
        ("Closing", "open", 300, 0.8),
        ("Won", "won", 400, 1),
        ("Lost", "lost", 500, 0),
    ]


def test_a_look_writes_nothing_whatever_the_playbook_has_anew(store: Store) -> None:
    bring(store, {"stage_id": PROPOSAL})
    store.close()
    before = store.path.read_bytes(), rows(store, "SELECT * FROM stage")
    pipeline = look(store, CHANGED, TODAY)
    assert sorted(told(list(pipeline.stages.values()))) == AS_CHANGED
    assert (store.path.read_bytes(), rows(store, "SELECT * FROM stage")) == before


def test_an_empty_store_is_looked_at_under_any_playbook(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db") as empty:
        stages = look(empty, PLAYBOOK, TODAY).stages.values()
        assert [stage.name for stage in stages] == ["Discovery", "Proposal", "Closing", "Won", "Lost"]
        assert rows(empty, "SELECT * FROM stage") == []


def test_the_first_edit_brings_the_stages_and_goes_to_one_of_them(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL, "amount": 100})
    wider = playbook(*PLAYBOOK.pipelines[0].stages[:3], models.Stage(name="Legal", probability=0.9))
    legal = next(stage for stage in look(store, wider, TODAY).stages.values() if stage.name == "Legal")
    apply(store, [Move(id_, 1, legal.id, "no gate")], by="claire", at=NOON, playbook=wider)
    (stored,) = rows(store, "SELECT id, position FROM stage WHERE name = 'Legal'")
    assert stored["position"] == 400
    assert deal_of(store, id_).stage_id == stored["id"]


def test_a_stage_that_another_terminal_has_added_meanwhile_is_the_same(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL, "amount": 100})
    wider = playbook(*PLAYBOOK.pipelines[0].stages[:3], models.Stage(name="Legal", probability=0.9))
    legal = next(stage for stage in look(store, wider, TODAY).stages.values() if stage.name == "Legal")
    sync_stages(store, wider)
    apply(store, [Move(id_, 1, legal.id, "no gate")], by="claire", at=NOON, playbook=wider)
    (stored,) = rows(store, "SELECT id FROM stage WHERE name = 'Legal'")
    assert deal_of(store, id_).stage_id == stored["id"]


def test_a_changed_playbook_adds_and_updates_and_deletes_nothing(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL})
    before, revised = deal_of(store, id_), revision(store)
    sync_stages(store, CHANGED)
    assert sorted(board(store)) == AS_CHANGED
    assert deal_of(store, id_) == before
    assert revision(store) == revised


def test_a_stage_that_carries_the_crms_name_is_still_the_playbooks(store: Store) -> None:
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.rename_stage(PROPOSAL, "PROPOSAL/price quote")
    stages = read_board(store).stages
    assert in_line(stages, PLAYBOOK) == list(stages)
    assert stages[1].name == "PROPOSAL/price quote"


def test_another_pipeline_is_another_set_of_columns(store: Store) -> None:
    renewals = playbook(models.Stage(name="Discovery", probability=0.3), pipeline="Renewals")
    sync_stages(store, renewals)
    found = [stage for stage in read_board(store).stages if stage.name == "Discovery"]
    assert [(stage.pipeline, stage.probability) for stage in found] == [("Sales", 0.1), ("Renewals", 0.3)]


def test_what_only_playbooks_have_is_told_apart(store: Store) -> None:
    again = models.Pipeline(name="B", stages=CHANGED.pipelines[0].stages)
    two = replace(PLAYBOOK, pipelines=(*CHANGED.pipelines, again))
    ids = [stage.id for stage in in_line(read_board(store).stages, two)]
    assert len(set(ids)) == len(ids)


def test_a_playbooks_stage_is_known_by_alias_in_its_own_pipeline() -> None:
    stage = models.Stage(name="Discovery", aliases=("Découverte",), probability=0)
    here, there, other = (
        Stage(1, "SALES", "decouverte", "open", 1, 0),
        Stage(2, "Renewals", "Discovery", "open", 1, 0),
        Stage(3, "Sales", "Demo", "open", 1, 0),
    )
    assert same_stage([here, there, other], "Sales", stage) == [here]
