"""Choosing the files of an import by keyboard, and what is said of those that cannot be read."""

from pathlib import Path

from .exports import WEEK_1, export, first_week, pick
from .making import SMALL, rows, seat


async def test_several_files_are_one_import(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await someone.press("i")
        await someone.paste(f"{exports}/")
        await someone.press("space", "space")
        assert "2 marked" in someone.words
        await someone.press("enter")
        await someone.press("enter")
        assert "5 new" in someone.words
        await someone.press("enter")
        assert rows(store, "SELECT count(*) FROM batch WHERE kind = 'import'") == [(1,)]
        assert rows(store, "SELECT count(*) FROM deal") == [(5,)]


async def test_the_picker_completes_paths_and_tells_what_is_wrong(store: Path, exports: Path) -> None:
    async with seat(store, SMALL) as someone:
        await someone.press("i")
        await someone.type("~/exp")
        await someone.press("tab")
        assert "deals-2026-11-19.csv" in someone.words  # it went into the folder
        await someone.type("~/nowhere/x")
        await someone.press("tab")
        assert "There is no such file." in someone.words
        await someone.press("enter")
        assert "There is no such file." in someone.words
        empty = exports / "empty"
        empty.mkdir()
        for _character in range(20):
            await someone.press("backspace")
        await someone.paste(f"{empty}/")
        assert "No exports here" in someone.words


async def test_quick_hands_type_a_path_in_one_go(store: Path, exports: Path) -> None:
    async with seat(store, SMALL) as someone:
        await someone.press("i")
        await someone.rush("~/exports/11-19")
        assert "deals-2026-11-19.csv" in someone.words
        assert "deals-2026-11-12.csv" not in someone.words
        await someone.rush("9")
        assert "Nothing here is called that." in someone.words


async def test_a_file_that_cannot_be_read_is_one_sentence_in_the_picker(store: Path, exports: Path) -> None:
    (exports / "notes.csv").write_text("just,[/] words\n1,2\n")
    async with seat(store, SMALL) as someone:
        await pick(someone, exports / "notes.csv")
        assert "notes.csv holds no table of deals" in someone.words
        assert "Import an export of your CRM" in someone.words
        await someone.press("escape")
        assert someone.app.is_running


async def test_lately_used_folders_are_offered(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await someone.press("i", "ctrl+u")
        assert "Lately" in someone.words
        assert "~/exports/deals-2026-11-12.csv" in someone.words


async def test_long_problems_are_told_to_their_end(store: Path, exports: Path) -> None:
    name = f"{'notes-of-the-regional-meeting-' * 6}.csv"
    (exports / name).write_text("just,words\n1,2\n")
    async with seat(store, SMALL) as someone:
        await pick(someone, exports / name)
        assert "export them as CSV, with a header row." in someone.words
        assert "esc never mind" in someone.words
        row = next(line for line in someone.lines if "notes-of" in line and "kB" in line)
        assert "…" in row
        (exports / name).unlink()


async def test_the_first_time_it_begins_where_browsers_put_files(store: Path, own_world: Path) -> None:
    downloads = own_world / "home" / "Téléchargements"
    downloads.mkdir()
    export(downloads / "first.csv", WEEK_1)
    told = 'XDG_DESKTOP_DIR="$HOME/Bureau"\nXDG_DOWNLOAD_DIR="$HOME/Téléchargements"\n'
    (own_world / "config" / "user-dirs.dirs").write_text(told)
    async with seat(store) as someone:
        await someone.press("i")
        assert "~/Téléchargements" in someone.words
        await someone.press("enter")
        assert "first.csv" in someone.lines[0]


async def test_files_that_were_imported_are_marked_until_that_is_undone(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await someone.press("i")
        known = [line.split()[1] for line in someone.lines if "imported" in line]
        assert known == ["deals-2026-11-12.csv"]
        await someone.press("escape")
        await someone.press("ctrl+z")
        await someone.press("enter")
        await someone.press("i")
        assert not any("imported" in line for line in someone.lines)


async def test_back_from_reading_the_cursor_is_on_the_file_again(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await someone.press("i")
        await someone.paste(f"{exports}/")
        await someone.type("11-12")
        await someone.press("enter")
        assert "deals-2026-11-12.csv" in someone.lines[0]
        await someone.press("escape")
        await someone.press("enter")
        assert "deals-2026-11-12.csv" in someone.lines[0]
