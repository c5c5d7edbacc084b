"""Where one was is there again after a dropped line, a kill, another store, and whatever the file holds."""

import json
import os
from pathlib import Path

import pytest

from pipetui.app.memory import STORES, Memory
from pipetui.store import paths

from .making import DISCOVERY, SMALL, Seat, Start, deal, fill, seat


def remembered(location: Path) -> dict[str, object]:
    """What the file says of a store, read without the app's code."""
    path = paths.state_dir() / "app.json"
    everything = json.loads(path.read_text()) if path.exists() else {}
    found = everything.get("stores", {}).get(str(location), {})
    assert isinstance(found, dict)
    return found


async def rest(someone: Seat) -> None:
    """The hands rest for two looks."""
    for _look in range(2):
        assert someone.app._resume is not None
        someone.app._resume.look()
    for _step in range(200):
        await someone.settle()


async def kept(someone: Seat, location: Path, **values: object) -> None:
    """Until the file says so; the app goes on meanwhile."""
    for _step in range(400):
        assert someone.app._resume is not None
        someone.app._resume.look()
        await someone.settle()
        if values.items() <= remembered(location).items():
            return
    raise AssertionError(remembered(location))


async def test_it_is_kept_while_the_app_goes_on(deals: Path) -> None:
    """A kill -9 leaves no time for a farewell."""
    async with seat(deals) as someone:
        await someone.press("l", "l", "z")
        await kept(someone, deals, deal=6, zoom=someone.app.board.habits["zoom"], order="close")
        await someone.press("s")
        await someone.type("amount")
        await someone.press("enter")
        await kept(someone, deals, deal=6, order="amount")


async def test_a_place_that_one_hurries_through_is_left_as_it_was(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("6", "j")
        velocity = someone.text.splitlines()[3:]
        await someone.press("2", "6")
        assert someone.text.splitlines()[3:] == velocity


async def test_it_is_not_written_while_nothing_changes(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l")
        await kept(someone, deals, deal=5)
        path = paths.state_dir() / "app.json"
        before = path.stat().st_mtime_ns, path.stat().st_ino
        await rest(someone)
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


async def test_the_deal_one_has_gone_on_to_in_the_deal_view_counts(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("enter", "]")
        await kept(someone, deals, deal=2)
        await someone.press("q")
    async with seat(deals) as someone:
        assert someone.focused.startswith("Refonte")


async def test_each_store_has_its_own(deals: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / deals.name  # of the same name
    other.parent.mkdir()
    fill(other, [deal(f"Deal {n}", DISCOVERY, 1_000) for n in range(9)])
    async with seat(deals) as someone:
        await someone.press("l", "l", "z")
        zoom = someone.app.board.habits["zoom"]
        await someone.press("q")
    async with seat(other) as someone:
        assert someone.app.board.habits["zoom"] != zoom
        await someone.press("l", "j", "j")
        assert someone.focused.startswith("Deal 2")
        await someone.press("q")
    async with seat(deals) as someone:
        assert someone.focused.startswith("Portail")
        assert someone.app.board.habits["zoom"] == zoom
    async with seat(other) as someone:
        assert someone.focused.startswith("Deal 2")


async def test_a_store_begun_with_an_import_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    async with seat(path, SMALL) as someone:
        await someone.press("b", "z")
        await kept(someone, path, order="close")


@pytest.mark.parametrize(
    "spoilt",
    [
        b"\x00" * 100,
        b"{",
        b"[" * 100_000,
        b'{"stores": 3}',
        b'{"stores": {"%s": 3}}',
        b'{"stores": {"%s": {"deal": "six", "zoom": 1e99, "order": []}}}',
        b'{"stores": {"%s": {"deal": 99999999999999999999, "zoom": 4, "order": "[/]"}}}',
        b" " * 2_000_000,
    ],
    ids=["zeros", "cut", "deep", "stores", "store", "values", "numbers", "large"],
)
async def test_a_spoilt_file_harms_nobody(deals: Path, spoilt: bytes) -> None:
    path = paths.state_dir() / "app.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(spoilt.replace(b"%s", os.fsencode(deals)))
    async with seat(deals) as someone:
        assert someone.focused.startswith("Audit")
        await someone.press("j")
        await kept(someone, deals, deal=2)


async def test_a_home_that_is_not_there_harms_nobody(deals: Path) -> None:
    start = Start(str(deals))
    object.__setattr__(start, "location", f"~nobody-of-that-name{deals}")
    object.__setattr__(start, "store", Start(str(deals)).store)
    async with seat(start) as someone:
        assert someone.app.is_running


# The file -----------------------------------------------------------------------------------------------


def test_two_that_write_the_same_file_keep_what_the_other_set(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    app, one, other = Memory(path), Memory(path).of_store("/a.db"), Memory(path).of_store("/b.db")
    one.remember(deal=1)
    other.remember(deal=2)
    app.remember(theme="nuit")
    one.remember(zoom=5)
    assert Memory(path).of_store("/a.db").number("deal", 0) == 1
    assert Memory(path).of_store("/a.db").number("zoom", 0) == 5
    assert Memory(path).of_store("/b.db").number("deal", 0) == 2
    assert Memory(path).text("theme", "") == "nuit"


def test_the_stores_left_longest_ago_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    for number in range(STORES + 10):
        Memory(path).of_store(f"/{number}.db").remember(deal=number)
        Memory(path).of_store("/always.db").remember(deal=number)
    known = json.loads(path.read_text())["stores"]
    assert len(known) == STORES
    assert "/always.db" in known
    assert "/0.db" not in known
    assert f"/{STORES + 9}.db" in known


def test_no_password_is_written(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    Memory(path).of_store("postgresql://claire:secret@db/pipe?password=secret").remember(deal=1)
    assert "secret" not in path.read_text()


def test_a_relative_path_is_the_file_it_leads_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Memory(tmp_path / "app.json").of_store("deals.db").remember(deal=7)
    assert Memory(tmp_path / "app.json").of_store(str(tmp_path / "deals.db")).number("deal", 0) == 7


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "app.json"
    Memory(path).remember(theme="nuit")

    def full(self: Path, *_args: object, **_more: object) -> None:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    Memory(path).remember(theme="jour")
    assert [entry.name for entry in tmp_path.iterdir()] == ["app.json"]
    assert Memory(path).text("theme", "") == "nuit"
