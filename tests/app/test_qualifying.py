"""The grid of what is known of a deal: by digits, with words, by profile, with history."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from pipetui.app.dialogs.qualify import QualifyDialog
from pipetui.deals.edits import Qualify
from pipetui.language import use
from pipetui.playbook.models import Playbook
from pipetui.store.reading import read_board
from pipetui.store.writing import apply
from tests.app.making import (
    PLAYBOOK,
    QUALIFICATION,
    SMALL,
    Seat,
    Start,
    deal,
    fill,
    rows,
    seat,
    somebody_else,
)


def of(profile: str, **requires: int) -> Playbook:
    """The playbook of most tests, qualified by a profile; its first stage requires something."""
    (pipeline,) = PLAYBOOK.pipelines
    stages = (replace(pipeline.stages[0], requires=requires), *pipeline.stages[1:2])
    return replace(PLAYBOOK, pipelines=(replace(pipeline, qualification=profile, stages=stages),))


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A store with one deal of which nothing is known."""
    path = tmp_path / "deals.db"
    fill(path, [deal("One", QUALIFICATION, levels="0000000")])
    return path


def levels(path: Path) -> str:
    ((found,),) = rows(path, "SELECT levels FROM deal")
    return str(found)


def say(path: Path, item: str, level: int, text: str, at: datetime, by: str) -> None:
    with somebody_else(path) as store:
        edit = Qualify(1, read_board(store).deals[0].version, item, level, text)
        apply(store, [edit], by=by, at=at, playbook=PLAYBOOK)


def row(someone: Seat, title: str) -> str:
    """The row of the grid that begins with a title."""
    return next(line for line in someone.lines if f"│  {title} " in line or f"│ ▌{title} " in line)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("1",), "1000000"),
        (("&",), "1000000"),
        (("1", "j", "1", "down", "1"), "1110000"),
        (("1", "à"), "0000000"),
        (("j", "j", "k", "1"), "0100000"),
        (("up", "1"), "1000000"),
        (("2", *"loss", "enter"), "2000000"),
        (("é", *"loss", "enter"), "2000000"),
        (("3", *"loss", "enter"), "3000000"),
        (('"', *"loss", "enter", "2"), "2000000"),
        (("2", *"loss", "enter", "3", "j", "3", *"boss", "enter"), "3300000"),
        (("2", "enter", "escape"), "0000000"),
        (("2", *"loss", "enter", "enter", "end", *" 12", "enter"), "2000000"),
        (("1", "2", *"TBD", "enter"), "0000000"),
        (("j",) * 20 + ("1",), "0000001"),
    ],
)
async def test_keys(one: Path, keys: tuple[str, ...], expected: str) -> None:
    async with seat(one) as someone:
        await someone.press("Q", *keys)
        assert levels(one) == expected


async def test_words_that_were_typed_are_not_lost(one: Path) -> None:
    async with seat(one) as someone:
        await someone.press("Q", "2", *"loss of 12", "escape")
        assert levels(one) == "0000000"
        await someone.press("j", "k", "3")
        assert "loss of 12" in someone.words
        await someone.press("enter")
        assert levels(one) == "3000000"
        await someone.press("2")
        assert levels(one) == "2000000"
        assert "loss of 12" in someone.words


async def test_each_answer_is_a_step_of_undo(one: Path) -> None:
    async with seat(Start(str(one), of("meddpicc")), SMALL) as someone:
        await someone.press("Q", "1", "j", "2", *"the CFO", "enter", "escape")
        assert levels(one) == "0200000 metrics=1"
        await someone.press("ctrl+z")
        assert levels(one) == "0000000 metrics=1"
        await someone.press("ctrl+z")
        assert levels(one) == "0000000"
        await someone.press("ctrl+y", "ctrl+y", "Q")
        assert "the CFO" not in someone.words, "that is of the second item"
        await someone.press("j")
        assert "the CFO" in someone.words


async def test_the_grid_is_of_the_profile(one: Path) -> None:
    async with seat(Start(str(one), of("meddpicc", metrics=2, sponsor=1))) as someone:
        await someone.press("Q")
        assert "MEDDPICC · score 0% · 2 items below what Qualification requires" in someone.words
        assert "wanted here: ●●" in row(someone, "Metrics")
        assert "wanted here: ● " in row(someone, "Champion")
        assert "wanted" not in row(someone, "Competition")
        assert "Which figure of theirs will be better" in someone.words
        await someone.press("2", *"hours", "enter")
        assert "●●○ confirmed by the buyer wanted here: ●●" in " ".join(row(someone, "Metrics").split())
        assert "score 8% · 1 item below" in someone.words
        await someone.press("j")
        assert "Who can release the money" in someone.words


async def test_another_profile_loses_no_answer(one: Path) -> None:
    async with seat(Start(str(one), of("meddpicc"))) as someone:
        await someone.press("Q", "1", "j", "2", *"the CFO", "enter")
    async with seat(Start(str(one), of("bant"))) as someone:
        await someone.press("Q")
        assert "BANT · score 17%" in someone.words
        assert "●●○" in row(someone, "Authority")
        await someone.press("1")
        assert levels(one) == "0210000 metrics=1"
    async with seat(Start(str(one), of("meddpicc"))) as someone:
        await someone.press("Q")
        assert "●○○" in row(someone, "Metrics")
        assert "●●○" in row(someone, "Economic buyer")


async def test_the_history_of_an_item(one: Path) -> None:
    say(one, "need", 1, "slow", datetime(2026, 11, 20, 10), "Claire")
    say(one, "need", 2, "slow, says the boss", datetime(2026, 11, 21), "Marc")
    say(one, "budget", 1, "", datetime(2026, 11, 21, 14), "Marc")
    say(one, "need", 3, "slow, says the boss", datetime(2026, 11, 22), "Claire")
    async with seat(one, SMALL) as someone:
        await someone.press("Q")
        at = [
            someone.words.index(said)
            for said in (
                "evidenced on 22 Nov by Claire: “slow, says the boss”",
                "confirmed on 21 Nov by Marc",
                "stated on 20 Nov by Claire: “slow”",
            )
        ]
        assert at == sorted(at), "the newest first"
        assert "stated on 21 Nov" not in someone.words
        await someone.press("j", "j")
        assert "stated on 21 Nov by Marc" in someone.words


async def test_as_much_history_as_there_is_room_for(one: Path) -> None:
    for hour in range(8, 22):
        say(one, "need", 1 + hour % 2, f"{hour} " + "long " * 30, datetime(2026, 11, 21, hour), f"No {hour}.")
    async with seat(one, SMALL) as someone:
        await someone.press("Q")
        assert "on 21 Nov by No 21." in someone.words
        assert "by No 8." not in someone.words
        assert "… and before" in someone.words
        assert "esc done" in someone.words
        await someone.press("enter")
        assert "esc done" in someone.words


async def test_it_opens_at_an_item(one: Path) -> None:
    async with seat(one) as someone:
        await someone.app.push_screen(QualifyDialog(1, "One", "budget"))
        await someone.settle()
        await someone.press("1")
        assert levels(one) == "0010000"


@pytest.mark.parametrize("profile", ["standard", "meddpicc", "bant", "spiced"])
async def test_it_fits_in_french(one: Path, profile: str) -> None:
    use("fr")
    async with seat(Start(str(one), of(profile)), SMALL) as someone:
        await someone.press("Q", "2", "enter")
        assert "échap terminer" in someone.words
        assert someone.text.count("○○○") >= 4
