"""Finding deals: the filter box, the order, one owner's deals."""

from pathlib import Path

import pytest

from .making import CLAIRE, FIRM, QUALIFICATION, SMALL, USUAL, Seat, deal, fill, seat


def on_board(someone: Seat) -> set[str]:
    """The names in sight."""
    names = [str(state["name"]) for state in FIRM]
    text = "\n".join(line for line in someone.lines[2:-1])
    found = {name for name in names if name[:9] in text}
    return {name if name == "Tour B" else name.split()[0] for name in found}


async def filtered(someone: Seat, text: str) -> set[str]:
    await someone.press("slash")
    await someone.type(text)
    return on_board(someone)


FOUND: dict[str, set[str]] = {
    "elan": {"Élan"},
    "SECURITE": {"Audit"},
    "cofilux": {"Élan", "Migration"},
    "marc petit": {"Audit", "Basel", "Licences", "Migration"},
    "cofilux -migration": {"Élan"},
    "owner:claire stage:demo": {"Portail"},
    "amount>40k": {"Licences", "Portail", "Migration"},
    "flag:stalled": {"Portail"},
    "flag:any": {"Audit", "Basel", "Portail"},
    "close<7d amount>1k": {"Licences", "Portail", "Tour B"},
    "cat:commit": {"Licences", "Portail"},
    "zzz": set(),
}


async def test_typing_filters(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        for typed, found in FOUND.items():
            await someone.press("slash")
            await someone.paste(typed)
            assert on_board(someone) == found
            assert f"{len(found)} of 8 deals" in someone.lines[1]
            await someone.press("escape")


async def test_every_character_narrows_at_once(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        await someone.press("slash")
        counts = []
        for character in "cofilux m":
            await someone.type(character)
            counts.append(len(on_board(someone)))
        assert counts[-3:] == [2, 2, 1]
        assert counts == sorted(counts, reverse=True)
        await someone.press("backspace", "backspace")
        assert len(on_board(someone)) == 2


async def test_headers_count_what_is_found(deals: Path) -> None:
    async with seat(deals) as someone:
        await filtered(someone, "claire")
        assert someone.column("Qualification")[0].split()[:2] == ["Qualification", "2"]
        assert "€42k" in someone.column("Qualification")[1]
        assert "€0" in someone.column("Discovery")[1]


async def test_keys_of_the_board_are_letters_in_the_box(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("slash")
        await someone.type("qhjklxwzsoL2?T. ")
        assert "qhjklxwzsoL2?T." in someone.lines[1]
        assert someone.app.is_running
        assert len(someone.app.screen_stack) == 1


async def test_a_wrong_query_says_what_it_did_not_understand(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        before = await filtered(someone, "owner:claire ")
        assert before == {"Refonte", "Élan", "Portail", "Tour B"}
        for typed, said in (("ower:claire", "ower"), ("amount>lots", "lots"), ("flag:sleepy", "sleepy")):
            await someone.paste(typed)
            assert on_board(someone) == before
            assert someone.lines[1].count(said) >= 2  # in the box and in what is said of it
            await someone.press("ctrl+u")
            await someone.paste("owner:claire ")
            assert on_board(someone) == before
            assert "4 of 8 deals" in someone.lines[1]


UNFINISHED = {
    "stage:": "“stage:” wants a stage, such as Qualification, Disc",
    "stade:": "“stade” is not known; do you mean “stage”?",
    "stade:demo": "“stade” is not known; do you mean “stage”?",
    "-flag:": "“flag:” wants one of stalled, idle, overdue, ",
    "amount>": "“amount>” wants an amount, such as 20k or 1.2m.",
    "amount>lots": "“lots” is no amount; write 20000, 20k or 1.2m.",
    "close<": "“close<” wants a day: 30d, 2w or 2026-12-31.",
    "cat:kommit": "“kommit” is not known; do you mean “commit”?",
    "zzz:1": "“zzz” is not known; known are owner, account, ",
}


async def test_words_on_the_way_to_a_filter_empty_no_board(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        everything = on_board(someone)
        for typed in UNFINISHED:
            await someone.press("slash")
            await someone.type(typed)
            assert on_board(someone) == everything, typed
            await someone.press("escape")
        for typed in UNFINISHED:
            await someone.press("slash")
            await someone.paste("owner:claire ")
            await someone.type(typed)
            assert on_board(someone) == {"Refonte", "Élan", "Portail", "Tour B"}, typed
            await someone.press("escape")


async def test_what_is_wrong_can_be_read_on_a_small_screen(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        for typed, said in UNFINISHED.items():
            await someone.press("slash")
            await someone.paste(typed)
            assert said in someone.lines[1]
            await someone.press("escape")


@pytest.mark.parametrize("begun", ["-", "- ", '"', '-"'])
async def test_what_says_nothing_yet_changes_nothing(deals: Path, begun: str) -> None:
    async with seat(deals) as someone:
        before = someone.lines
        await someone.press("slash")
        await someone.type(begun)
        assert someone.lines[2:] == before[2:]
        assert "8 open deals" in someone.lines[1]


async def test_a_filter_that_is_spoilt_stays_in_force(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        assert await filtered(someone, "flag:overdue") == {"Audit", "Portail"}
        await someone.type("x")
        assert on_board(someone) == {"Audit", "Portail"}
        await someone.press("backspace")
        await someone.press(*["backspace"] * len("overdue"))
        assert "“flag:” wants" in someone.lines[1]
        assert on_board(someone) == {"Audit", "Portail"}  # as for flag:o
        await someone.type("stalled")
        assert on_board(someone) == {"Portail"}


async def test_escape_clears(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j")
        before = someone.text
        await filtered(someone, "claire")
        assert someone.text != before
        await someone.press("escape")
        assert someone.text == before
        await someone.press("j")
        assert someone.focused.startswith("Basel")  # the keys are the board's again


async def test_escape_clears_a_wrong_query_too(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.text
        await filtered(someone, "ower:claire")
        await someone.press("escape")
        assert someone.text == before


async def test_enter_keeps_and_a_later_escape_clears(deals: Path) -> None:
    async with seat(deals) as someone:
        before = on_board(someone)
        await filtered(someone, "marc")
        await someone.press("enter")
        assert someone.focused.startswith("Audit")
        await someone.press("j")
        assert someone.focused.startswith("Basel")
        assert "marc" in someone.lines[1]
        await someone.press("escape")
        assert on_board(someone) == before
        assert "marc" not in someone.lines[1]


async def test_the_cursor_stays_on_its_deal(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "j", "j")
        assert someone.focused.startswith("Élan")
        await filtered(someone, "claire")
        assert someone.focused.startswith("Élan")
        await someone.press("escape")
        assert someone.focused.startswith("Élan")


async def test_the_filter_may_be_edited_later(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        await filtered(someone, "cofilux")
        await someone.press("enter")
        await someone.press("slash")
        await someone.type(" migration")
        assert on_board(someone) == {"Migration"}


async def test_a_filter_finds_closed_deals_where_their_columns_are_open(deals: Path) -> None:
    async with seat(deals, (250, 40)) as someone:
        await someone.press("full_stop")
        assert await filtered(someone, "transalp") == {"Licences", "Badgeuse"}


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_filter_box_moves_nothing(deals: Path, size: tuple[int, int]) -> None:
    async with seat(deals, size) as someone:
        before = someone.lines
        await someone.press("slash")
        assert someone.lines[2:] == before[2:]


# Order --------------------------------------------------------------------------------------------------


def order(someone: Seat) -> list[str]:
    names = ("Audit", "Refonte", "Basel", "Élan")
    return [name for row in someone.column("Qualification") for name in names if name in row]


async def test_sorting(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j")
        for choice, names in (
            ("amount", ["Élan", "Refonte", "Audit"]),
            ("risk", ["Audit", "Basel", "Élan", "Refonte"]),
            ("name", ["Audit", "Basel", "Élan", "Refonte"]),
            ("close date", ["Audit", "Refonte", "Basel", "Élan"]),
        ):
            await someone.press("s")
            assert "days in stage" in someone.words
            await someone.type(choice)
            await someone.press("enter")
            # 20,000 francs are not comparable without a rate
            assert [name for name in order(someone) if choice != "amount" or name != "Basel"] == names
            assert someone.focused.startswith("Refonte")


async def test_sorting_can_be_left(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.text
        await someone.press("s")
        await someone.press("down", "escape")
        assert someone.text == before


# Owners -------------------------------------------------------------------------------------------------


async def test_one_owners_deals(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        await someone.press("o")
        assert "everybody" in someone.words
        assert "Claire Dubois 4 deals" in someone.words
        await someone.type("cla")
        await someone.press("enter")
        assert on_board(someone) == {"Refonte", "Élan", "Portail", "Tour B"}
        assert CLAIRE in someone.lines[1]
        await someone.press("o")
        await someone.press("pageup", "enter")  # everybody
        assert len(on_board(someone)) == 8


async def test_escape_shows_everybody_again(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        await someone.press("o")
        await someone.type("marc")
        await someone.press("enter")
        assert len(on_board(someone)) == 4
        await someone.press("escape")
        assert len(on_board(someone)) == 8


async def test_owner_and_filter_add_up(deals: Path) -> None:
    async with seat(deals, (160, 40)) as someone:
        await someone.press("o")
        await someone.type("marc")
        await someone.press("enter")
        assert await filtered(someone, "cofilux") == {"Migration"}


async def test_deals_of_nobody_are_a_choice(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Orphan", QUALIFICATION, 1_000), deal("Hers", QUALIFICATION, 1_000, owner="[b]Eve[/]")])
    async with seat(path) as someone:
        await someone.press("o")
        assert "[b]Eve[/]" in someone.text
        await someone.type("nobody")
        await someone.press("enter")
        assert someone.focused.startswith("Orphan")
        assert "Hers" not in someone.text
        assert "unassigned" in someone.lines[1]
