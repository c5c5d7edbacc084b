"""Stores in trouble while the app runs: one sentence, nothing lost, nothing half done, and it goes on."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipetui.app import app as app_module
from pipetui.app import editing
from pipetui.store import engine
from pipetui.store.engine import Store

from .making import SMALL, USUAL, Seat, firm, rows, seat, stage_of

NOBODY = 65534
EVERYTHING = "SELECT * FROM deal ORDER BY id"
BATCHES = "SELECT count(*) FROM batch"


@contextmanager
def locked(path: Path, *, whole: bool = False) -> Iterator[None]:
    """Another program is writing; `whole`: and lets nobody read."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        if whole:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)


def one_sentence(said: str, *words: str) -> None:
    assert said.count("\n") == 0
    assert said.endswith((".", ":")), said
    for word in words:
        assert word in said


async def goes_on(someone: Seat) -> None:
    """The cursor moves, and the deal can be moved after all."""
    await someone.press("h", "h", "j")
    assert someone.focused.startswith("Refonte")
    await someone.press("L")
    assert someone.toast.startswith("Refonte intranet: Qualification → Discovery")


@pytest.mark.usefixtures("impatient")
async def test_somebody_else_holds_the_store_during_a_move(deals: Path) -> None:
    before = rows(deals, EVERYTHING), rows(deals, BATCHES)
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l")
        with locked(deals):
            await someone.press("H")
            one_sentence(someone.toast, "in use by another program", "try again")
            assert someone.focused.startswith("Portail")
            await someone.press("ctrl+z")
            one_sentence(someone.toast, "in use by another program")
        assert (rows(deals, EVERYTHING), rows(deals, BATCHES)) == before
        await goes_on(someone)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_what_was_typed_is_there_when_the_store_is_free_again(
    deals: Path, size: tuple[int, int]
) -> None:
    async with seat(deals, size) as someone:
        await someone.press("l", "l", "L")
        await someone.type("the CFO said yes")
        with locked(deals):
            for _time in range(2):
                await someone.press("enter")
                assert "in use by another program; try again when it is free." in someone.words
                assert "the CFO said yes" in someone.words
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Proposal"
        await someone.press("x")
        await someone.type("They merged")
        await someone.press("tab", "ctrl+u", "ctrl+k", "-", "9")
        with locked(deals):
            await someone.press("enter")
            assert "in use by another program" in someone.words
            assert "take a reason" in someone.words  # all of the dialog has its place, its keys too
            assert "Friday 13 Nov" in someone.words
        await someone.press("enter")
        known = "SELECT status, closed_on, close_reason FROM deal WHERE id = 6"
        assert rows(deals, known) == [("lost", "2026-11-13", "They merged")]


async def test_a_write_that_waits_says_so(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "PATIENCE", 0.01)
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.5)
    async with seat(deals) as someone:
        said: list[str] = []
        monkeypatch.setattr(someone.app, "say", lambda text, **_more: said.append(text))
        await someone.press("l", "l")
        with locked(deals):
            await someone.press("H")
        assert said[0] == "The store is busy; waiting for it …"
        assert "in use by another program" in said[1]


@pytest.mark.usefixtures("impatient")
async def test_who_only_reads_does_not_wait_for_a_writer(deals: Path) -> None:
    with locked(deals):
        async with seat(deals) as someone:
            assert someone.focused.startswith("Audit")


@pytest.mark.usefixtures("impatient")
async def test_a_store_that_is_held_at_the_start_appears_when_it_is_free(
    deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "TRY_AGAIN", 0.05)
    with locked(deals, whole=True):
        opening = seat(deals)
        someone = await opening.__aenter__()
        assert "in use by another program" in someone.words
        await someone.press("j", "L", "x")
        assert someone.app.is_running
    for _step in range(400):
        await someone.settle()
        if someone.focused:
            break
    await goes_on(someone)
    await someone.press("q")
    assert someone.app.return_code == 0
    await opening.__aexit__(None, None, None)


async def test_a_store_of_a_newer_pipetui_is_not_opened(deals: Path) -> None:
    with closing(sqlite3.connect(deals)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    async with seat(deals, SMALL) as someone:
        assert "update pipetui to open it." in someone.words
        await someone.press("j", "L", "x", "ctrl+z", "q")
        assert someone.app.return_code == 1
    assert rows(deals, "SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.usefixtures("impatient")
async def test_an_import_into_a_store_that_is_held_changes_nothing(deals: Path, tmp_path: Path) -> None:
    export = tmp_path / "deals.csv"
    export.write_text("Deal name,Stage,Amount\nA,Demo,1\n")
    before = rows(deals, EVERYTHING), rows(deals, BATCHES)
    async with seat(deals, SMALL) as someone:
        await someone.press("i")
        await someone.paste(str(export))
        await someone.press("enter")  # what was read
        await someone.press("enter")  # what it would change
        with locked(deals):
            await someone.press("enter")
        assert "enter import" in someone.words
        assert (rows(deals, EVERYTHING), rows(deals, BATCHES)) == before
        await someone.press("enter")
        assert "1 new" in someone.toast


async def test_a_full_disk(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect, before = Store.connect, rows(deals, EVERYTHING)
    is_full = True

    def limited(self: Store) -> sqlite3.Connection:
        connection = connect(self)
        if is_full:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr(Store, "connect", limited)
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "L")
        await someone.paste("because " * 2_000)  # more than the free pages hold
        await someone.press("enter")
        box = " ".join(line.split("│")[1] for line in someone.lines if line.count("│") == 2)
        assert "is full; make room and try again: nothing was changed." in " ".join(box.split())
        assert rows(deals, EVERYTHING) == before
        is_full = False
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Proposal"


async def test_another_pipetui_brings_the_store_up_to_date(deals: Path) -> None:
    before = rows(deals, EVERYTHING)
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l")
        with closing(sqlite3.connect(deals)) as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
            newer.commit()
        await someone.press("H")
        one_sentence(someone.toast, "made by a newer pipetui", "update pipetui")
        someone.app._watch.look()
        await someone.settle()
        someone.app._watch.look()
        await someone.settle()
        assert someone.focused.startswith("Portail")  # what was read stays in sight
        assert rows(deals, EVERYTHING) == before
        await someone.press("l", "enter")
        assert someone.app.is_running


@pytest.mark.parametrize("how", ["damaged", "overwritten", "gone"])
async def test_a_file_that_is_spoilt_under_the_app(deals: Path, how: str) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l")
        whole = deals.read_bytes()
        words = {
            "damaged": "is damaged",
            "overwritten": "is not a pipetui store",
            "gone": "not there any more",
        }
        if how == "damaged":
            deals.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
        elif how == "overwritten":
            deals.write_bytes(b"my notes\n" * 9_000)
        else:
            deals.rename(deals.with_name("away.db"))
        await someone.press("H")
        one_sentence(someone.toast, words[how])
        assert someone.focused.startswith("Portail")
        await someone.press("l", "h", "enter", "escape", "ctrl+z", "ctrl+y")
        assert someone.app.is_running
        assert "Traceback" not in someone.text


@pytest.mark.usefixtures("impatient")
async def test_the_watch_tells_a_trouble_once_and_catches_up_when_it_is_over(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l")
        said: list[str] = []
        someone.app.say = lambda text, **_more: said.append(text)  # type: ignore[method-assign]
        away = deals.with_name("away.db")
        deals.rename(away)
        someone.app._watch._app.session._version = -1  # as if it had been written to
        for _look in range(5):
            someone.app._watch.look()
            await someone.settle()
        assert len(said) <= 1
        away.rename(deals)
        for _look in range(5):
            someone.app._watch.look()
            await someone.settle()
        assert not someone.app._watch._lost_sight


# Read-only ----------------------------------------------------------------------------------------------


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store in a folder that everybody may see into; afterwards one is who one was."""
    world = Path(tempfile.mkdtemp(dir="/tmp"))
    folder, home = world / "store", world / "home"
    for path in (world, folder, home):
        path.mkdir(exist_ok=True)
        path.chmod(0o777)
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    yield firm(folder)
    os.seteuid(os.getuid())
    folder.chmod(0o777)
    shutil.rmtree(world)


def lock_up(path: Path, *, folder: bool) -> None:
    """Take away the right to write, and the super-user's way around it."""
    path.chmod(0o666 if folder else 0o444)
    if folder:
        path.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_a_read_only_store_is_looked_at(lent: Path, size: tuple[int, int], folder: bool) -> None:
    before, beside = lent.read_bytes(), sorted(lent.parent.iterdir())
    lock_up(lent, folder=folder)
    async with seat(lent, size) as someone:
        assert "The store “deals.db” is read-only: look around, changes are refused." in someone.words
        assert someone.focused.startswith("Audit")
        await someone.press("l", "l", "H")
        one_sentence(someone.toast, "is read-only")
        assert someone.focused.startswith("Portail")
        await someone.press("L")
        await someone.type("because")
        await someone.press("enter")
        assert "is read-only" in someone.words
        assert "because" in someone.words
        await someone.press("escape", "ctrl+z", "enter")
        assert "Portail fournisseurs" in someone.text
        await someone.press("q")
    assert lent.read_bytes() == before
    assert sorted(lent.parent.iterdir()) == beside, "nothing is left behind that would be in the way later"


async def test_a_read_only_store_that_its_owner_writes_to_follows(lent: Path) -> None:
    lent.chmod(0o666)
    with Store.open(lent) as owner, closing(owner.connect()) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE deal SET amount = 4000000 WHERE id = 6")
        writer.execute("COMMIT")
        lock_up(lent, folder=False)
        async with seat(lent) as someone:
            await someone.press("l", "l")
            assert "€40k" in " ".join(someone.card)
