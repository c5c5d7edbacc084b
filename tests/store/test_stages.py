from pipetui.deals.deal import Stage
from pipetui.playbook import models
from pipetui.store.batches import batch
from pipetui.store.engine import Store
from pipetui.store.reading import read_board, revision
from pipetui.store.stages import same_stage, sync_stages
from tests.store.making import NOON, PLAYBOOK, PROPOSAL, bring, deal_of


def board(store: Store) -> list[tuple[str, str, int, float]]:
    return [(stage.name, stage.kind, stage.position, stage.probability) for stage in read_board(store).stages]


def playbook(*stages: models.Stage, pipeline: str = "Sales") -> models.Playbook:
    return models.Playbook(pipelines=(models.Pipeline(name=pipeline, stages=stages),))


def test_a_new_store_gets_the_playbooks_stages_with_room_between(store: Store) -> None:
    assert board(store) == [
        ("Discovery", "open", 100, 0.1),
        ("Proposal", "open", 200, 0.5),
        ("Closing", "open", 300, 0.8),
        ("Won", "won", 400, 1),
        ("Lost", "lost", 500, 0),
    ]


def test_once_is_enough(store: Store) -> None:
    before = store.data_version()
    assert not sync_stages(store, PLAYBOOK)
    assert store.data_version() == before


def test_a_changed_playbook_adds_and_updates_and_deletes_nothing(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL})
    before, revised = deal_of(store, id_), revision(store)
    changed = playbook(
        models.Stage(name="Qualification", probability=0),
        models.Stage(name="PROPOSAL", probability=0.25),
        models.Stage(name="Closing", probability=0.8),
    )
    assert sync_stages(store, changed)
    assert sorted(board(store), key=lambda stage: stage[0]) == [
        ("Closing", "open", 300, 0.8),
        ("Discovery", "open", 100, 0.1),
        ("Lost", "lost", 500, 0),
        ("Proposal", "open", 200, 0.25),
        ("Qualification", "open", 100, 0),
        ("Won", "won", 400, 1),
    ]
    assert deal_of(store, id_) == before
    assert revision(store) == revised


def test_a_stage_that_carries_the_crms_name_is_still_the_playbooks(store: Store) -> None:
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.rename_stage(PROPOSAL, "PROPOSAL/price quote")
    assert not sync_stages(store, PLAYBOOK)
    assert board(store)[1][0] == "PROPOSAL/price quote"


def test_another_pipeline_is_another_set_of_columns(store: Store) -> None:
    sync_stages(store, playbook(models.Stage(name="Discovery", probability=0.3), pipeline="Renewals"))
    assert [
        (s.pipeline, s.name, s.probability) for s in read_board(store).stages if s.name == "Discovery"
    ] == [
        ("Sales", "Discovery", 0.1),
        ("Renewals", "Discovery", 0.3),
    ]


def test_a_playbooks_stage_is_known_by_alias_in_its_own_pipeline() -> None:
    stage = models.Stage(name="Discovery", aliases=("Découverte",), probability=0)
    here, there, other = (
        Stage(1, "SALES", "decouverte", "open", 1, 0),
        Stage(2, "Renewals", "Discovery", "open", 1, 0),
        Stage(3, "Sales", "Demo", "open", 1, 0),
    )
    assert same_stage([here, there, other], "Sales", stage) == [here]
