"""How to sit in a forecast call and read it off the screen."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pipetui.app.call.screen import CallScreen

from .making import Seat

ROOM = (120, 28)
"""A terminal in which agenda and totals stand beside the deal, and not much larger: it is painted often."""
OPEN_DEALS = ("Portail", "Licences", "Refonte", "Migration", "Tour B", "Audit", "Basel")
"""The deals of the firm's quarter in the order of the call: commit by amount, best case, unclassified."""


async def play(someone: Seat, *keys: str) -> None:
    """Keys in a row; an answer is taken before the next key is pressed."""
    row: list[str] = []
    for key in keys:
        row.append(key)
        if key in ("enter", "escape", "tab"):
            await someone.press(*row)
            row = []
    if row:
        await someone.press(*row)


async def begin(someone: Seat) -> None:
    """From the board into everybody's call on the quarter, at its first deal."""
    await play(someone, "4", "c", "enter", "space")


def desk(someone: Seat) -> Any:
    screen = someone.app.screen
    assert isinstance(screen, CallScreen), f"no call in sight:\n{someone.text}"
    return screen.desk


def at(someone: Seat) -> str:
    """The deal whose turn it is; the part on a page."""
    its = desk(someone)
    return str(its.deal.name if its.deal else its.stop.part)


def lines_in(path: Path) -> dict[str, tuple[Any, ...]]:
    """What the store holds of each deal in the call: rep, manager, reason, reached."""
    sql = """SELECT d.name, l.rep, l.manager, l.reason, l.reached FROM call_line l
        JOIN batch b ON b.id = l.batch_id JOIN deal d ON d.id = l.deal_id
        WHERE b.undone_by IS NULL ORDER BY l.id"""
    with closing(sqlite3.connect(path)) as connection:
        return {name: tuple(rest) for name, *rest in connection.execute(sql)}


def last_line(path: Path, name: str) -> dict[str, Any]:
    """The newest line of a deal, column by column."""
    sql = """SELECT l.* FROM call_line l JOIN batch b ON b.id = l.batch_id JOIN deal d ON d.id = l.deal_id
        WHERE b.undone_by IS NULL AND d.name = ? ORDER BY l.id DESC LIMIT 1"""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return dict(connection.execute(sql, (name,)).fetchone() or {})
