"""The first start: an empty store, and the first import."""

from pathlib import Path

import pytest

from .making import SMALL, USUAL, Start, rows, seat

CSV = (
    "Deal name,Company,Stage,Amount,Owner,Expected close date\n"
    "Portail [/] fournisseurs,Nordimat,Discovery,46000,Claire Dubois,2026-12-15\n"
    "Audit,Groupe Vauban,Proposal,,Marc Petit,2026-12-20\n"
)


def empty(folder: Path) -> Path:
    return folder / "new.db"


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_an_empty_store_offers_three_ways_to_begin(tmp_path: Path, size: tuple[int, int]) -> None:
    async with seat(empty(tmp_path), size) as someone:
        for words in ("i Import a CSV export", "d Look around in sample data", "b Start with an empty board"):
            assert words in someone.words


async def test_blank_is_the_empty_board(tmp_path: Path) -> None:
    async with seat(empty(tmp_path)) as someone:
        await someone.press("b")
        assert someone.current_title == "Qualification"
        assert "no deals" in someone.text
        await someone.press("j", "l", "L", "x", "space", "enter", "z", "full_stop", "G", "end")
        assert someone.app.is_running


async def test_quitting_from_the_welcome(tmp_path: Path) -> None:
    async with seat(empty(tmp_path)) as someone:
        await someone.press("q")
        assert not someone.app.is_running


async def test_help_from_the_welcome_and_back(tmp_path: Path) -> None:
    async with seat(empty(tmp_path)) as someone:
        await someone.press("question_mark")
        await someone.press("escape")
        assert "Start with an empty board" in someone.words


async def import_by_hand(someone, folder: Path) -> None:  # type: ignore[no-untyped-def]
    await someone.press("i")
    assert "Import an export of your CRM" in someone.words
    await someone.paste(str(folder))
    await someone.press("enter")
    assert "deals.csv" in someone.words
    await someone.type("deals")
    await someone.press("enter")


async def import_to_the_end(someone, folder: Path) -> None:  # type: ignore[no-untyped-def]
    await import_by_hand(someone, folder)
    await someone.press("enter")  # as it is read
    await someone.press("enter")  # as it compares
    assert "2 new" in someone.toast
    await someone.press("escape")


async def test_the_first_import(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "deals.csv").write_text(CSV)
    (exports / "notes.docx").write_text("no")
    path = empty(tmp_path)
    async with seat(path) as someone:
        await import_to_the_end(someone, exports)
        assert "Portail [/] fourn" in someone.words
        assert {name for (name,) in rows(path, "SELECT name FROM deal")} == {
            "Portail [/] fournisseurs",
            "Audit",
        }
        await someone.press("ctrl+z")
        assert "The last step was an import (2 deals)" in someone.words
        await someone.press("escape")
        assert "Portail [/] fourn" in someone.words
        await someone.press("ctrl+z")
        await someone.press("enter")
        assert "Undone" in someone.toast
        assert "Portail" not in "\n".join(someone.lines[2:30])


async def test_a_file_that_is_no_export_is_one_sentence(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "deals.csv").write_text("just,words\n1,2\n")
    path = empty(tmp_path)
    async with seat(path) as someone:
        await import_by_hand(someone, exports)
        assert "deals.csv holds no table of deals" in someone.words
        assert rows(path, "SELECT count(*) FROM deal") == [(0,)]
        assert someone.app.is_running


async def test_the_picker_narrows_goes_up_and_can_be_left(tmp_path: Path, own_world: Path) -> None:
    exports = own_world / "home" / "exports [2026]"
    exports.mkdir()
    (exports / "a[b].csv").write_text(CSV)
    (exports / "z.csv").write_text(CSV)
    async with seat(empty(tmp_path)) as someone:
        await someone.press("i")
        await someone.type("exports")
        await someone.press("enter")
        assert "a[b].csv" in someone.text
        await someone.type("z")
        assert "a[b].csv" not in someone.text
        assert "z.csv" in someone.text
        await someone.press("ctrl+u")
        assert "exports [2026]/" in someone.text
        await someone.press("escape")
        assert "Import an export of your CRM" not in someone.words.replace("i Import an export", "")


async def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    async with seat(empty(tmp_path)) as someone:
        await someone.press("i")
        await someone.paste("/nowhere/at/all.csv")
        await someone.press("enter")
        assert "There is no such file." in someone.words


async def test_the_user_of_the_welcome_is_the_one_who_undoes(tmp_path: Path) -> None:
    path = empty(tmp_path)
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "deals.csv").write_text(CSV)
    async with seat(Start(str(path), user="claire")) as someone:
        await import_to_the_end(someone, exports)
    async with seat(Start(str(path), user="marc")) as someone:
        await someone.press("ctrl+z")
        assert "nothing of yours to undo" in someone.toast


async def test_who_leaves_the_choice_of_files_is_welcomed_again(store: Path) -> None:
    async with seat(store) as someone:
        await someone.press("i")
        assert "i import" not in someone.words
        await someone.press("escape")
        assert "i import" in someone.words
