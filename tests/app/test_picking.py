"""Lists to choose from: one line a choice, whatever it is called, and ten thousand deals at once."""

from itertools import product
from pathlib import Path

import pytest

from pipetui.app.dialogs.palette import Palette
from pipetui.app.dialogs.pick import SHOWN
from pipetui.app.session import Session
from pipetui.deals import text
from pipetui.pipeline.pipeline import Pipeline

from .making import CLAIRE, DEMO, QUALIFICATION, SMALL, Seat, Start, deal, fill, seat

LONG = "Société générale d’aménagement et de rénovation du littoral atlantique – lot 12 bis, Île d’Yeu"
OWNER = "Marie-Françoise de la Rochefoucauld-Montmorency d’Enghien et Saint-Germain-en-Laye (Ouest)"


def listed(someone: Seat) -> list[str]:
    """The rows of the list, between the line to type in and the line of keys."""
    rows = [line[line.index("│") + 1 : line.rindex("│")].strip() for line in someone.lines if "│" in line]
    return [row for row in rows[3:-2] if row]


@pytest.fixture
def long_names(tmp_path: Path) -> Path:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal(LONG, QUALIFICATION, 1_000, account="Mairie de Lens", owner=OWNER),
            deal("日本" * 60, DEMO, 1_000, owner=CLAIRE),
            deal("Short", QUALIFICATION, 1_000, owner=CLAIRE),
        ],
    )
    return path


@pytest.mark.parametrize("size", [SMALL, (50, 24), (120, 40)])
async def test_a_long_owner_takes_one_line(long_names: Path, size: tuple[int, int]) -> None:
    async with seat(long_names, size) as someone:
        await someone.press("o")
        rows = listed(someone)
        assert [row[:6] for row in rows] == ["everyb", "Claire", "Marie-"]
        assert rows[1].endswith("2 deals")
        assert "…" in rows[2]
        assert rows[2].endswith("1 deal")  # what stands behind a name is not cut off with it
        await someone.type("ouest")
        assert [row[:6] for row in listed(someone)] == ["Marie-"]
        await someone.press("enter")
        assert someone.app.board.current
        assert someone.app.board.current.owner == OWNER


async def test_a_long_deal_takes_one_line_of_the_palette(long_names: Path) -> None:
    async with seat(long_names, SMALL) as someone:
        for typed in ("yeu", "rochefoucauld lens"):
            await someone.press("ctrl+p")
            await someone.type(typed)
            (row,) = listed(someone)
            assert row.startswith("Société générale")
            assert row.endswith("…")
            await someone.press("escape")
        await someone.press("ctrl+p")
        await someone.type("日本")
        assert len(listed(someone)) == 1


# Many deals ---------------------------------------------------------------------------------------------

NAMES = [
    " ".join(words)
    for words in product(("Élan", "Refonte", "Audit", "Portail"), ("réseau", "sécurité"), map(str, range(25)))
]


@pytest.fixture
def many(tmp_path: Path) -> Pipeline:
    """Two hundred deals, read from a store."""
    path = tmp_path / "deals.db"
    fill(path, [deal(name, QUALIFICATION, 1_000, owner=CLAIRE) for name in NAMES])
    start = Start(str(path))
    try:
        return Session(start).load()
    finally:
        start.close()


def test_the_palette_opens_without_looking_at_every_deal(
    many: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded: list[str] = []
    monkeypatch.setattr(text, "fold", folded.append)
    monkeypatch.setattr("pipetui.app.dialogs.palette.fold", folded.append)
    monkeypatch.setattr("pipetui.app.dialogs.pick.fold", folded.append)
    assert len(Palette(many, "board", {}).found([])) == SHOWN
    assert not folded


@pytest.mark.parametrize("typed", ["elan", "reseau 7", "e", "claire 24", "portail securite 3", "zzz"])
def test_typing_finds_every_deal_that_holds_all_words(many: Pipeline, typed: str) -> None:
    words = typed.split()
    found = [choice for choice in Palette(many, "board", {}).found(words) if choice.value.startswith("deal:")]
    plain = {name: text.fold(f"{name} {CLAIRE}") for name in NAMES}
    wanted = [name for name in NAMES if all(word in plain[name] for word in words)]
    assert len({choice.value for choice in found}) == len(found)
    labels = [choice.label.partition(" · ")[0] for choice in found]
    assert set(labels) <= set(wanted)
    if len(wanted) < SHOWN - 20:
        assert set(labels) == set(wanted)
    begins = [text.fold(label).startswith(words[0]) for label in labels]
    assert begins == sorted(begins, reverse=True)
