"""The dashboard: the three-second answer, tiles to be acted on, and the places they open."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pipetui import language
from pipetui.deals.edits import Undertake
from pipetui.store.engine import Store
from pipetui.store.writing import apply

from .forecasting import LARGE, QUOTED, look_again, quota, start
from .making import CLOSING, SMALL, USUAL, change, deal, fill, seat


def tile(someone, key: str) -> str:  # type: ignore[no-untyped-def]
    """What stands in a tile, as running text."""
    box = someone.app.screen.query_one(f"#{key}")
    strips = someone.strips[box.region.y : box.region.bottom]
    told = " ".join(strip.crop(box.region.x, box.region.right).text for strip in strips)
    return " ".join(told.replace("▌", " ").split())


async def test_one_look_says_where_the_quarter_stands_and_what_to_do(deals: Path) -> None:
    with Store.open(deals) as store:
        promised = [
            Undertake(5, "action", "send the offer", "Marc", date(2026, 11, 20)),
            Undertake(8, "commitment", "sign the NDA", "the CFO", date(2026, 11, 18)),
        ]
        apply(store, promised, by="claire", at=datetime(2026, 11, 15, 9), playbook=QUOTED)
    async with seat(start(deals), SMALL) as someone:
        await someone.press("1")
        assert "Q4 2026 · everybody" in someone.lines[1]
        assert all(set(text) & set("█▀#") for text in someone.lines[2:5])  # letters three rows high
        # 10 of 120; 53 of 92 days; 97 − 120, the average of what was won in a year is 54.5
        assert "8% of the quota won · 58% of the time gone" in someone.words
        assert "−€23k: landing short of the quota, by less than an average deal" in someone.words
        assert tile(someone, "landing").startswith("f Landing €97k of €120k")
        # 191 open ÷ (120 − 10)
        assert tile(someone, "coverage").startswith("c Coverage 1.7×")
        # Overdue: Audit and Portail; Tour B waits for a promise that the buyer has not kept
        assert tile(someone, "blocked").startswith("b Blocked ▲ 3 €74k") or "^ 3" in tile(someone, "blocked")
        assert tile(someone, "late").endswith("0 none")
        assert "2 overdue" in tile(someone, "slipping")
        assert "1 action · 1 commitment of a buyer" in tile(someone, "agenda")
        assert "send the offer · Marc · Licences 2027 overdue 2 d" in tile(someone, "agenda")
        assert "too little data for a diagnosis" in tile(someone, "diagnosis")
        assert "%" not in tile(someone, "diagnosis")
        # Everything is in sight
        assert someone.lines[-1].strip().startswith("enter open")

        await someone.press("j", "space")
        assert "Blocked   3 deals · €74,000.00" in someone.lines[0]
        await someone.press("escape", "enter")
        assert "flag:severe" in someone.text or "flag:high" in someone.text
        assert "Portail fournisseurs" in someone.text
        await someone.press("1", "f")
        assert someone.app.place == "forecast"
        await someone.press("1", "w")
        assert someone.app.place == "trends"


async def test_period_and_scope_are_chosen_and_go_along(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("1", "greater_than_sign")
        assert "Q1 2027" in someone.lines[1]
        assert "No quota: nobody can tell whether that is enough." in someone.words
        assert "Q sets the quota" in someone.words
        await someone.press("escape", "o")
        await someone.type("Claire")
        await someone.press("enter")
        assert "Q4 2026 · Claire Dubois" in someone.lines[1]
        # 10 + 46 of 70
        assert tile(someone, "landing").startswith("f Landing €56k of €70k")
        await someone.press("f")
        assert "Q4 2026 · Claire Dubois" in someone.lines[1]
        await someone.press("1", "m")
        assert "November 2026" in someone.lines[1]


async def test_what_others_write_shows_without_a_flicker(deals: Path) -> None:
    async with seat(start(deals), LARGE) as someone:
        await someone.press("1", "tab", "tab")
        before = someone.text
        change(deals, 8, "crm_category", None, "commit")
        await look_again(someone)
        assert tile(someone, "landing").startswith("f Landing €125k of €120k")
        assert "+€5k: landing above the quota" in someone.words
        same = [now for then, now in zip(before.splitlines(), someone.lines, strict=True) if then == now]
        assert len(same) > 30  # the tiles and their cursor stay where they were
        assert "▌w Since 20 Nov" in someone.text


async def test_an_empty_store_says_what_will_stand_here(store: Path) -> None:
    fill(store, [], QUOTED)
    async with seat(start(store), SMALL) as someone:
        await someone.press("b", "1")
        assert "No deals yet." in someone.text
        assert "i imports an export of your CRM." in someone.text
        assert not set("%€") & set(someone.text)
        await someone.press("enter", "space", "j", "tab")
        assert "No deals yet." in someone.text


async def test_the_answer_is_large_in_french_too(store: Path) -> None:
    fill(
        store, [deal("Tour B", CLOSING, 300_000, close_date=date(2026, 12, 1), crm_category="commit")], QUOTED
    )
    language.use("fr")
    async with seat(start(store, replace(QUOTED, quotas=(quota(900_000),))), SMALL) as someone:
        await someone.press("1")
        assert all(set(text) & set("█▀#") for text in someone.lines[2:5])
        assert "−600 k€" in someone.words
