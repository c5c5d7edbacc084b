"""Where the stages of a file lead."""

from pathlib import Path

import pytest

from pipetui import language
from pipetui.deals.clock import Clock
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.playbook.models import Pipeline, Playbook, Stage
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.stages import in_line
from tests.exchange.conftest import Import

OWN = Playbook(
    pipelines=(
        Pipeline(
            name="Ventes",
            stages=(
                Stage(name="Découverte", aliases=("Discovery", "Needs Analysis"), probability=0.2),
                Stage(name="Offre", aliases=("Proposal",), probability=0.6),
                Stage(name="Gagnée", aliases=("Closed Won",), kind="won", probability=1),
                Stage(name="Perdue", aliases=("Closed Lost",), kind="lost", probability=0),
            ),
        ),
    )
)


def lines(*stages: str) -> str:
    return "Opportunity ID,Opportunity Name,Stage\n" + "".join(
        f"{n},D{n},{stage}\n" for n, stage in enumerate(stages)
    )


def filled(store: Store) -> dict[str, int]:
    board = read_board(store)
    names = {stage.id: stage.name for stage in board.stages}
    counts: dict[str, int] = {}
    for deal in board.deals:
        counts[names[deal.stage_id]] = counts.get(names[deal.stage_id], 0) + 1
    return counts


def order(store: Store) -> list[str]:
    return [stage.name for stage in read_board(store).stages]


def test_columns_take_the_crms_own_names(store: Store, bring: Import) -> None:
    bring(lines("Proposal/Price Quote", "Closed Won", "negotiation"))
    assert filled(store) == {"Proposal/Price Quote": 1, "Closed Won": 1, "negotiation": 1}
    assert order(store) == [
        "Qualification", "Discovery", "Demo", "Proposal/Price Quote", "negotiation", "Closing",
        "Closed Won", "Lost",
    ]  # fmt: skip


def test_stages_that_hold_deals_keep_their_names(store: Store, bring: Import) -> None:
    bring(lines("Proposal"))
    bring("Deal Name,Stage\nX,Devis\n", name="other.csv")
    assert filled(store) == {"Proposal": 2}


def test_six_casings_are_one_stage_and_the_most_frequent_spelling_wins(store: Store, bring: Import) -> None:
    bring(lines("DEMO CALL", "Demo call", "Demo call", "demo  call", "Démo call", " Demo Call "))
    assert filled(store) == {"Demo call": 6}


def test_two_names_of_one_file_are_never_merged(store: Store, bring: Import) -> None:
    report = bring(lines("Proposal", "Quote", "Quote"))
    assert filled(store) == {"Proposal": 1, "Quote": 2}
    assert any("“Quote”" in warning for warning in report.warnings)


def test_unknown_stages_are_added_in_the_crms_order(store: Store, bring: Import) -> None:
    report = bring(
        lines("Negotiation/Review", "Perception Analysis", "Prospecting", "Needs Analysis", "Qualification")
    )
    (warning,) = report.warnings
    assert warning.startswith("3 stages are not in the playbook")
    found = order(store)
    own = ["Prospecting", "Qualification", "Needs Analysis", "Perception Analysis", "Negotiation/Review"]
    assert [name for name in found if name in own] == own
    by_name = {stage.name: stage for stage in read_board(store).stages}
    assert by_name["Perception Analysis"].probability == 0.7


def test_the_files_own_probability_comes_first(store: Store, bring: Import) -> None:
    bring("Deal Name,Stage,Probability (%)\nA,Pilot,30\nB,Pilot,30\nC,Pilot,45\n")
    pilot = next(stage for stage in read_board(store).stages if stage.name == "Pilot")
    assert pilot.probability == 0.3
    found = order(store)
    assert found.index("Discovery") < found.index("Pilot") < found.index("Demo")


def test_numbers_in_names_are_an_order(store: Store, bring: Import) -> None:
    bring(lines("3 - Test", "1 - Alpha", "2 - Beta"))
    found = order(store)
    assert found.index("1 - Alpha") < found.index("2 - Beta") < found.index("3 - Test")


def test_won_and_lost_are_recognised_and_stand_at_the_right(store: Store, bring: Import) -> None:
    bring(lines("Signé", "Perdue – prix", "Demo"))
    assert {stage.name: stage.kind for stage in read_board(store).stages if stage.name in filled(store)} == {
        "Signé": "won", "Perdue – prix": "lost", "Demo": "open",
    }  # fmt: skip
    assert order(store)[-1] == "Perdue – prix"


def test_without_a_stage(store: Store, bring: Import) -> None:
    bring("Deal Name,Stage,Status\nA,,Open\nB,,Won\nC,Demo,Open\nD,,\n")
    assert filled(store) == {"(no stage)": 2, "Won": 1, "Demo": 1}
    language.use("fr")
    report = bring("Deal Name,Stage,Status\nA,,Open\nB,,Won\nC,Demo,Open\nD,,\n")
    assert (report.unchanged, report.changed) == (4, 0), "another language is no other stage"


def test_a_playbook_of_ones_own_names_the_columns(store: Store, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(lines("Needs Analysis", "Closed Won", "Pilot"))
    run_import(store, OWN, clock, [path], by="claire")
    assert filled(store) == {"Découverte": 1, "Gagnée": 1, "Pilot": 1}
    assert set(order(store)) == {"Découverte", "Offre", "Pilot", "Gagnée", "Perdue"}
    stages = read_board(store).stages
    assert in_line(stages, OWN) == list(stages), "the import leaves nothing to bring in line"


def test_the_only_pipeline_of_the_crm_is_the_playbooks(store: Store, bring: Import) -> None:
    header = "Deal - ID;Deal - Title;Deal - Stage;Deal - Pipeline\n"
    bring(f"{header}1;A;Demo;Ventes France\n2;B;Demo;Ventes France\n")
    assert {stage.pipeline for stage in read_board(store).stages} == {"Sales"}
    again = bring(f"{header}1;A;Demo;Ventes France\n2;B;Demo;Ventes France\n3;C;Demo;Partners\n", as_of=None)
    assert (again.new, again.changed, again.unchanged) == (1, 0, 2), "a second pipeline moves nobody"
    assert {stage.pipeline for stage in read_board(store).stages} == {"Sales", "Partners"}


@pytest.mark.parametrize("name", ["Partners", "Ventes France"])
def test_each_pipeline_can_win_and_lose(store: Store, bring: Import, name: str) -> None:
    bring("Deal - ID;Deal - Title;Deal - Stage;Deal - Pipeline\n1;A;Demo;Partners\n2;B;Demo;Ventes France\n")
    kinds = [stage.kind for stage in read_board(store).stages if stage.pipeline == name]
    assert kinds == ["open", "won", "lost"]


@pytest.mark.parametrize(
    ("won", "lost"),
    [
        ("Cerrada ganada", "Cerrada perdida"),
        ("Wygrana", "Przegrana"),
        ("Успешно реализовано", "Закрыто и не реализовано"),
        ("Fermée gagnée", "Fermée perdue"),
    ],
)
def test_no_column_stands_empty_beside_the_one_that_means_the_same(
    store: Store, bring: Import, won: str, lost: str
) -> None:
    bring(lines(won, lost))
    assert [stage.name for stage in read_board(store).stages if stage.kind != "open"] == [won, lost]


def test_what_closed_deals_are_likely_to_be_says_nothing_of_their_last_stage(
    store: Store, bring: Import
) -> None:
    bring("Deal,Stage,Status,Probability\nA,Pilot,Won,100\nB,Pilot,Open,30\nC,Pilot,Lost,0\n")
    (pilot,) = [stage for stage in read_board(store).stages if stage.name == "Pilot"]
    assert pilot.probability == 0.3


def test_a_stage_is_not_lost_because_its_deals_were_given_up(store: Store, bring: Import) -> None:
    bring(
        "Szansa,Etap,Oczekiwane zamknięcie,Oczekiwany przychód,Aktywne\n"
        "A,Pilot,2026-12-01,100,False\nB,Demo,2026-12-01,1,True\n"
    )
    assert "Pilot" in [stage.name for stage in read_board(store).stages if stage.kind == "open"]
    assert filled(store) == {"Lost": 1, "Demo": 1}


def test_numbers_and_ornaments_make_no_other_stage(store: Store, bring: Import) -> None:
    """The built-in columns that the CRM numbers are these columns, under the CRM's own names."""
    bring(lines("1. Qualification", "Stage 2: Discovery", "3 - Demo", "✅ Won"))
    names = [stage.name for stage in read_board(store).stages]
    assert {"1. Qualification", "Stage 2: Discovery", "3 - Demo", "✅ Won"} <= set(names)
    assert not {"Qualification", "Discovery", "Demo", "Won"} & set(names)


def test_a_playbook_may_tell_stages_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "playbook.toml"
    path.write_text(
        """
        [[pipelines]]
        name = "Sales"
        stages = [
            { name = "1 - Demo", probability = 0.2 }, { name = "2 - Demo", probability = 0.6 },
            { name = "Won", kind = "won", probability = 1 },
            { name = "Lost", kind = "lost", probability = 0 },
        ]
        """
    )
    found = load(path)
    stages = [found.stage(name) for name in ("1 - Demo", "2 - demo", "1. Démo")]
    assert [stage.probability for stage in stages if stage] == [0.2, 0.6, 0.2]
