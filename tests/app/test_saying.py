"""Toasts: one at a time, and never over a card or the footer."""

from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from pipetui.app import saying
from pipetui.app.start import make_app
from pipetui.language import use
from pipetui.store import paths

from .making import DISCOVERY, SMALL, USUAL, Seat, Start, deal, fill, seat

ABOVE_THE_CARDS = 5
"""Header, totals, and the three rows of a column's header."""


def standing(someone: Seat) -> list[Toast]:
    return [toast for toast in someone.app.screen.query(Toast) if toast.region.height]


def check_place(someone: Seat) -> None:
    for toast in standing(someone):
        assert toast.region.bottom <= ABOVE_THE_CARDS, someone.text
    assert "q q" in someone.lines[-1].strip()  # q quit, q quitter


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_a_toast_leaves_every_card_and_the_footer_in_sight(
    deals: Path, size: tuple[int, int], lang: str
) -> None:
    use(lang)
    async with seat(deals, size) as someone:
        for keys in (["j", "L"], ["L"], ["H"], ["ctrl+z"], ["ctrl+z"], ["ctrl+y"], ["ctrl+c"]):
            await someone.press(*keys)
            assert len(standing(someone)) == 1
            check_place(someone)
            assert standing(someone)[0].region.y == 0  # none leaves its row behind for the next one


async def test_a_long_sentence_and_a_long_name_stay_above_the_cards(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Very long " * 50, DISCOVERY, 1_000)])
    async with seat(path, SMALL) as someone:
        await someone.press("l", "H")
        check_place(someone)
        assert "undoes" in someone.words  # what one needs stands at its end
        someone.app.say("All work and no play. " * 40, severity="error")
        await someone.settle()
        check_place(someone)
        assert "…" in someone.words


async def test_what_can_wait_comes_after_what_has_just_happened(
    deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "_LEAST_SECONDS", 0.05)
    monkeypatch.setattr(saying, "_READ_A_SECOND", 1_000)
    heard: list[str] = []
    async with seat(deals) as someone:
        notify = someone.app.notify
        monkeypatch.setattr(
            someone.app, "notify", lambda text, **more: (heard.append(text), notify(text, **more))
        )
        someone.app.say_later("one")
        someone.app.say_later("two")
        someone.app.say("now")
        for _step in range(400):
            if len(heard) == 4:
                break
            await someone.settle()
        assert heard == ["one", "now", "one", "two"]  # it was interrupted, so it is said again
        assert len(someone.toasts) <= 1


# What is wrong with the config ---------------------------------------------------------------------------


async def toasts_of(someone: Seat) -> list[str]:
    """All that are said at the start, one after the other."""
    sayings = someone.app._sayings
    return [*(said.text for said in [sayings._standing] if said), *(said.text for said in sayings._waiting)]


async def test_a_theme_that_is_not_there_is_named_with_those_that_are(deals: Path) -> None:
    app = make_app(Start(str(deals)), theme="nuit [/]")
    async with seat(deals, SMALL, app=app) as someone:
        assert someone.app.theme == "harbour"
        (said,) = await toasts_of(someone)
        assert "no theme “nuit [/]”" in said
        for name in ("harbour", "sixteen"):
            assert name in said
        assert "no theme “nuit [/]”" in someone.words
        check_place(someone)


async def test_a_remembered_theme_does_not_hide_a_wrong_one_of_the_config(deals: Path) -> None:
    path = paths.state_dir() / "app.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"theme": "sixteen"}')
    async with seat(deals, app=make_app(Start(str(deals)), theme="nuit")) as someone:
        assert someone.app.theme == "sixteen"
        assert "no theme “nuit”" in (await toasts_of(someone))[0]


async def test_a_remembered_theme_that_is_gone_gives_way_to_the_configs(deals: Path) -> None:
    path = paths.state_dir() / "app.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"theme": "gone"}')
    async with seat(deals, app=make_app(Start(str(deals)), theme="sixteen")) as someone:
        assert someone.app.theme == "sixteen"
        assert await toasts_of(someone) == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"app.ondo": "u"}, "no command “app.ondo”; did you mean “app.undo”?"),
        ({"zzz": "u"}, "no command “zzz”."),
        ({"app.undo": "ctrl+strange"}, "“ctrl+strange” (for “app.undo”) is no key"),
        ({"app.undo": "controle+e"}, "is no key"),
        ({"app.undo": ""}, "no key is given"),
        ({"app.undo": "ctrl+j"}, "no terminal can send ctrl+j"),
        ({"app.undo": "q"}, "q means “app.undo” and “app.quit”"),
    ],
)
async def test_a_wrong_key_is_told_and_the_command_keeps_its_own(
    deals: Path, keys: dict[str, str], said: str
) -> None:
    async with seat(deals, SMALL, app=make_app(Start(str(deals)), keys=keys)) as someone:
        (told,) = await toasts_of(someone)
        assert said in told
        check_place(someone)
        await someone.press("j", "L", "ctrl+z")
        assert someone.toast.startswith("Undone")


@pytest.mark.parametrize("key", ["Y", "f5", "ctrl+e", "!", "exclamation_mark", "alt+z", "U"])
async def test_a_key_of_ones_own(deals: Path, key: str) -> None:
    async with seat(deals, app=make_app(Start(str(deals)), keys={"app.undo": key})) as someone:
        assert await toasts_of(someone) == []
        await someone.press("j", "L")
        await someone.press(key)
        assert someone.toast.startswith("Undone")


async def test_many_mistakes_are_counted(deals: Path) -> None:
    keys = {f"no.{number}": "u" for number in range(9)}
    async with seat(deals, app=make_app(Start(str(deals)), keys=keys)) as someone:
        said = await toasts_of(someone)
        assert len(said) == 4
        assert said[-1] == "6 more mistakes in config.toml or your themes."


async def test_what_is_said_while_the_app_closes_harms_nobody(deals: Path) -> None:
    async with seat(deals) as someone:
        app = someone.app
    assert not app.screen_stack
    app._sayings.make_room()
