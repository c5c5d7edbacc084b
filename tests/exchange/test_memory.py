"""The accepted mapping of a source is remembered and used on its next import."""

from datetime import date

from pipetui.exchange.importing.sources import Memory, Remembered
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange.conftest import Import

HEADER = "Code,Thing,Where,Worth,Whose"
ROW = "1,A,Demo,100,Al"
GIVEN = {"id": "Code", "name": "Thing", "stage": "Where", "amount": "Worth", "owner": "Whose"}


def test_what_was_mapped_once_needs_no_mapping_again(store: Store, bring: Import) -> None:
    first = bring(f"{HEADER}\n{ROW}\n", mapping=GIVEN, as_of=date(2026, 11, 6))
    again = bring(f"{HEADER}\n1,A,Proposal,150,Al\n", as_of=date(2026, 11, 13))
    assert again.as_json()["mapping"] == first.as_json()["mapping"] == GIVEN
    assert (again.source, again.changed, again.new) == (first.source, 1, 0)
    assert {match.how for match in again.files[0].matches.values()} == {"remembered"}
    (deal,) = read_board(store).deals
    assert (deal.amount, deal.owner) == (15_000, "Al")


def test_a_field_left_out_stays_out_until_it_is_mapped(bring: Import) -> None:
    text = "Opportunity ID,Opportunity Name,Stage,Amount,Opportunity Owner\n1,A,Demo,5,Al\n"
    assert "owner" not in bring(text, mapping={"owner": ""}).as_json()["mapping"]
    assert "owner" not in bring(text).as_json()["mapping"]
    assert "owner" in bring(text, mapping={"owner": "Opportunity Owner"}).as_json()["mapping"]
    assert "owner" in bring(text).as_json()["mapping"]


def test_a_column_that_is_gone_is_found_anew(bring: Import) -> None:
    bring(f"{HEADER}\n{ROW}\n", mapping=GIVEN, source="ours")
    again = bring("Code,Thing,Stage,Worth,Whose\n1,A,Demo,100,Al\n", source="ours").as_json()["mapping"]
    assert again == GIVEN | {"stage": "Stage"}


def test_the_likest_header_tells_the_source() -> None:
    memory = Memory([Remembered("a", "x\ny\nz\nw\nv", {"name": "X"}), Remembered("b", "p\nq", {"name": "P"})])
    assert memory.mapping(None, "w\nx\ny\nz") == {"name": "X"}
    assert memory.mapping(None, "x\ny") == {}
    assert memory.mapping("b", "x\ny\nz\nw\nv") == {"name": "P"}
    assert memory.mapping("c", "p\nq") == {}
