"""A small firm's pipeline in a store, and somebody who sits before the app and reads the screen."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip

from pipetui.app.app import PipetuiApp
from pipetui.app.board.column import StageColumn
from pipetui.app.importing.screen import ImportScreen
from pipetui.app.start import make_app
from pipetui.deals.clock import Clock
from pipetui.deals.fields import Value
from pipetui.deals.qualification import ITEMS
from pipetui.deals.text import clean
from pipetui.playbook.models import Criterion, Pipeline, Playbook, Reasons, Stage
from pipetui.store.batches import FieldChange, NewDeal, batch
from pipetui.store.engine import Store
from tests.store.making import sync_stages

TODAY = date(2026, 11, 22)
"""A Sunday."""
IMPORTED = datetime(2026, 11, 20, 9)
ROUNDS = 4
CALM_ROUNDS = 2
BREATH = 0.002
"""Seconds for threads and timers between two rounds."""
SMALL, USUAL = (80, 24), (120, 40)

PLAYBOOK = Playbook(
    pipelines=(
        Pipeline(
            name="Sales",
            stages=(
                Stage(
                    name="Qualification",
                    probability=0.1,
                    stale_after_days=21,
                    exit=(
                        Criterion(text="We can say what the buyer needs", item="need", level=1),
                        Criterion(text="The next step has a date", field="next_step_date"),
                    ),
                ),
                Stage(
                    name="Discovery",
                    probability=0.25,
                    stale_after_days=21,
                    requires_amount=True,
                    exit=(Criterion(text="The buyer has confirmed the need", item="need", level=2),),
                ),
                Stage(
                    name="Demo",
                    probability=0.4,
                    stale_after_days=14,
                    requires={"need": 2, "budget": 1},
                    exit=(
                        Criterion(text="The decision makers saw the demo"),
                        Criterion(
                            text="The buyer has confirmed who decides", item="decision_makers", level=2
                        ),
                    ),
                ),
                Stage(name="Proposal", probability=0.6, stale_after_days=14),
                Stage(name="Negotiation", probability=0.75, stale_after_days=14),
                Stage(name="Closing", probability=0.9, stale_after_days=10),
                Stage(name="Won", kind="won", probability=1),
                Stage(name="Lost", kind="lost", probability=0),
            ),
        ),
    ),
    close_reasons=Reasons(won=("Price", "Relationship"), lost=("No budget", "Competitor", "Bad timing")),
)
QUALIFICATION, DISCOVERY, DEMO, PROPOSAL, NEGOTIATION, CLOSING, WON, LOST = range(1, 9)
"""The ids that these stages get in a new store."""

MAPPED = (
    "name", "account", "owner", "amount", "currency", "created", "close_date", "closed_on", "last_activity",
    "last_stage_change", "next_step", "next_step_date", *ITEMS,
)  # fmt: skip
CALM: Mapping[str, Value] = {
    "currency": "EUR",
    "created": date(2026, 10, 1),
    "last_stage_change": date(2026, 11, 16),
    "last_activity": date(2026, 11, 19),
    "next_step": "call the CFO",
    "next_step_date": date(2026, 11, 26),
    "levels": "2222222",
}
"""Facts of a deal that nothing speaks against."""


def deal(name: str, stage_id: int, amount: int | None = None, **state: Value) -> dict[str, Value]:
    """The state of a calm deal; `amount` in major units."""
    minor = None if amount is None else amount * 100
    return {**CALM, "name": clean(name), "stage_id": stage_id, "amount": minor, **state}


CLAIRE, MARC = "Claire Dubois", "Marc Petit"
FIRM: Sequence[Mapping[str, Value]] = (
    deal("Audit sécurité", QUALIFICATION, None, account="Groupe Vauban", owner=MARC, close_date=date(2026, 11, 17)),
    deal("Refonte intranet", QUALIFICATION, 12_000, account="Mairie de Lens", owner=CLAIRE,
         close_date=date(2026, 11, 30), crm_category="best_case"),
    deal("Basel rollout", QUALIFICATION, 20_000, account="Rhein AG", owner=MARC, currency="CHF",
         close_date=date(2026, 12, 20), next_step="", next_step_date=None),
    deal("Élan 2027", QUALIFICATION, 30_000, account="Cofilux", owner=CLAIRE, close_date=date(2027, 1, 31)),
    deal("Licences 2027", DISCOVERY, 41_000, account="Transalp", owner=MARC, close_date=date(2026, 11, 27),
         crm_category="commit"),
    deal("Portail fournisseurs", DEMO, 46_000, account="Nordimat", owner=CLAIRE, close_date=date(2026, 11, 19),
         crm_category="commit", last_stage_change=date(2026, 10, 22), levels="1000000",
         description="They want it before the fair."),
    deal("Migration ERP", PROPOSAL, 64_000, account="Cofilux", owner=MARC, close_date=date(2026, 12, 4)),
    deal("Tour B", CLOSING, 28_000, account="Sogemar", owner=CLAIRE, close_date=date(2026, 11, 25)),
    deal("Archives", WON, 10_000, account="Lycée Hugo", owner=CLAIRE, status="won", closed_on=date(2026, 11, 10),
         close_reason="Price"),
    deal("Badgeuse", LOST, 7_000, account="Transalp", owner=MARC, status="lost", closed_on=date(2026, 10, 15),
         close_reason="No budget"),
    deal("Last summer", WON, 99_000, account="Sogemar", owner=CLAIRE, status="won", closed_on=date(2026, 8, 1)),
)  # fmt: skip
"""What stands on the board of most tests; in quarter 4 of 2026 one was won and one lost."""


def fill(path: Path, states: Sequence[Mapping[str, Value]], playbook: Playbook = PLAYBOOK) -> None:
    """Make a store of these deals, as one import; their ids count from 1."""
    with Store.open(path) as store:
        sync_stages(store, playbook)
        if not states:
            return
        with batch(store, kind="import", by="import", at=IMPORTED, as_of=IMPORTED) as writer:
            source = writer.source_id(
                "crm", preset="generic", signature="s", mapping={name: name for name in MAPPED}
            )
            writer.create(
                [NewDeal(source, str(n), f"ID-{n}", state) for n, state in enumerate(states, start=1)]
            )


@cache
def _firm() -> bytes:
    """The firm's store as a file; made once, because making one takes longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "firm.db"
        fill(path, FIRM)
        return path.read_bytes()


def firm(folder: Path) -> Path:
    """The path of a fresh store of `FIRM`."""
    path = folder / "deals.db"
    path.write_bytes(_firm())
    path.chmod(0o600)
    return path


CLOCK = Clock(fixed=TODAY)


@dataclass(frozen=True)
class Start:
    """How the app is started in tests: a `Launch`."""

    location: str
    playbook: Playbook = PLAYBOOK
    user: str = "claire"
    clock: Clock = CLOCK
    opened: list[Store] = field(default_factory=list)

    def store(self) -> Store:
        store = Store.open(self.location)
        self.opened.append(store)
        return store

    def close(self) -> None:
        for store in self.opened:
            store.close()


def rows(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the file holds, read without any of the app's code."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute(sql, values))


def stage_of(path: Path, name: str) -> str:
    """The name of the stage in which the store has a deal."""
    sql = "SELECT s.name FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.name = ?"
    ((stage,),) = rows(path, sql, name)
    return str(stage)


@contextmanager
def somebody_else(path: Path) -> Iterator[Store]:
    """Another terminal on the same store."""
    with Store.open(path) as store:
        yield store


def change(path: Path, deal_id: int, name: str, old: Value, new: Value) -> None:
    """Somebody else changes a field meanwhile."""
    at = datetime(2026, 11, 22, 10)
    with somebody_else(path) as store, batch(store, kind="edit", by="marc", at=at) as writer:
        writer.change([FieldChange(deal_id, name, old, new, at, "person")])


class Seat:
    """Somebody at the keyboard. Everything is done by keys and read from the painted screen."""

    def __init__(self, app: PipetuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Until jobs, messages and painting are done. Dialogs that wait for an answer are left waiting.

        `Pilot.pause` waits for an idle processor instead, which on a busy machine takes long and tells little.
        """
        calm = 0
        while calm < CALM_ROUNDS:
            await asyncio.sleep(BREATH)
            await self._rounds()
            jobs = [worker for worker in self.app.workers if worker._thread_worker]
            if jobs:
                await self.app.workers.wait_for_complete(jobs)
            is_busy = self._is_editing or self._is_between_steps or self._is_typing
            calm = 0 if jobs or is_busy else calm + 1

    @property
    def _is_editing(self) -> bool:
        """An edit is between its job and what follows: its outcome, or a dialog."""
        return (
            self.app.is_running
            and self.app._editor.turn.locked()
            and not isinstance(self.app.screen, ModalScreen)
        )

    @property
    def _is_typing(self) -> bool:
        """Keys that were typed ahead are still to be sent."""
        return self.app.is_running and self.app.ahead.is_holding

    @property
    def _is_between_steps(self) -> bool:
        """An import is between an answer and its next question."""
        screen = self.app.screen if self.app.is_running else None
        return isinstance(screen, ImportScreen) and not screen.is_asking

    async def _rounds(self) -> None:
        """A message leads to another one, through widget, screen, app, and a dialog that opens."""
        for _round in range(ROUNDS):
            await self._handled()
            if self.app.is_running:
                self.app.screen._on_timer_update()

    async def _handled(self) -> None:
        """Until nothing can go on without a timer, a thread or a key.

        `Pilot` asks every widget for an answer instead, which takes longer than what the app itself does.
        """
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        while ready:
            await asyncio.sleep(0)

    async def press(self, *keys: str) -> None:
        """Keys in a row, each handled before the next."""
        for key in keys:
            self._send(key)
            await self._handled()
        await self.settle()

    async def rush(self, text: str) -> None:
        """Type it faster than it is handled."""
        for key in text:
            self._send(key)
        await self.settle()

    def _send(self, key: str) -> None:
        driver = self.app._driver
        assert driver is not None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = Key(name, key if len(key) == 1 else _CHARACTERS.get(key))
        event.set_sender(self.app)
        driver.send_message(event)

    async def type(self, text: str) -> None:
        """Type it, character by character."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Text all at once, as a terminal brings it."""
        driver = self.app._driver
        assert driver is not None
        driver.send_message(Paste(text))
        await self.settle()

    async def command(self, title: str) -> None:
        """Run a command from the palette."""
        await self.press("ctrl+p")
        await self.type(title)
        await self.press("enter")

    @property
    def strips(self) -> list[Strip]:
        """The screen as it goes to the terminal."""
        return self.app.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
        """The screen as people read it: no-break spaces are spaces."""
        return [strip.text.translate(_SPACES) for strip in self.strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The screen as running text, so that wrapped sentences can be found; frames are left out."""
        return " ".join(self.text.translate(dict.fromkeys(map(ord, "│╭╮╰╯─━▌▊▎┃▕"), " ")).split())

    @property
    def toasts(self) -> list[str]:
        return [notification.message for notification in self.app._notifications]

    @property
    def toast(self) -> str:
        """The newest one."""
        return self.toasts[-1]

    def columns(self) -> list[StageColumn]:
        return list(self.app.board.query(StageColumn).results())

    def column(self, title: str) -> list[str]:
        """The rows of the column of that title, header included."""
        for column in self.columns():
            if title in _part(self.strips[column.region.y], column):
                return [_part(strip, column) for strip in self.strips[column.region.y : column.region.bottom]]
        raise AssertionError(f"no column {title} in\n{self.text}")

    @property
    def titles(self) -> list[str]:
        """The names of the columns in sight."""
        strips = self.strips
        return [_title(strips, column) for column in self.columns()]

    @property
    def current_title(self) -> str:
        """The name of the column with the thick rule; "" if it is out of sight."""
        strips = self.strips
        for column in self.columns():
            if "━" in _part(strips[column.region.y + 2], column):
                return _title(strips, column)
        return ""

    @property
    def card(self) -> list[str]:
        """The rows of the card that has the cursor's bar."""
        strips = self.strips
        for column in self.columns():
            mine = strips[column.region.y : column.region.bottom]
            found = (_part(strip, column) for strip in mine if "▌" in strip.text)
            if card := [row[1:].rstrip("▕ ") for row in found if row.startswith("▌")]:
                return card[: self.app.board._zoom]
        return []

    @property
    def focused(self) -> str:
        """The first row of the card under the cursor; "" if there is none."""
        return self.card[0] if self.card else ""


_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t", "full_stop": ".", "slash": "/"}
_SPACES = {0xA0: " ", 0x202F: " "}


def _part(strip: Strip, column: StageColumn) -> str:
    """What a row of the screen says in a column."""
    return strip.crop(column.region.x, column.region.right).text.translate(_SPACES)


def _title(strips: list[Strip], column: StageColumn) -> str:
    header = _part(strips[column.region.y], column)
    return " ".join(word for word in header.strip("‹› ").split() if word.isalpha())


@asynccontextmanager
async def seat(
    launch: Start | Path, size: tuple[int, int] = USUAL, *, app: PipetuiApp | None = None
) -> AsyncIterator[Seat]:
    """Somebody before the running app, the board loaded."""
    start = launch if isinstance(launch, Start) else Start(str(launch))
    app = app or make_app(start)
    try:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            someone = Seat(app, pilot)
            await someone.settle()
            yield someone
    finally:
        app.courtesy.stop()  # who leaves without quitting would go on watching over all later tests
        start.close()
