"""A firm with quotas, and how to read its forecast off the screen."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipetui.playbook.models import Playbook, Quota, Team

from .making import (
    CLAIRE,
    MARC,
    PLAYBOOK,
    Seat,
    Start,
)

LARGE = (200, 55)


def quota(amount: int, period: str = "2026-Q4", **whose: str) -> Quota:
    return Quota(period=period, amount=Decimal(amount), **whose)


TEAMS = (Team(name="West", owners=(CLAIRE,)), Team(name="East", owners=(MARC,)))
QUOTED: Playbook = replace(
    PLAYBOOK,
    teams=TEAMS,
    quotas=(quota(120_000), quota(70_000, owner=CLAIRE), quota(30_000, "2026-11")),
)
OPEN = {46_000: 0.4, 12_000: 0.1, 41_000: 0.25, 64_000: 0.6, 28_000: 0.9}
"""The priced open deals of the firm in quarter 4: amount → the playbook's probability of its stage."""


def start(path: Path, playbook: Playbook = QUOTED) -> Start:
    return Start(str(path), playbook=playbook)


def line(someone: Seat, label: str) -> str:
    """The first line of the screen that begins with a label, without bars."""
    for text in someone.lines:
        told = text.strip("▌ ")
        if told.startswith(label):
            return " ".join(re.sub(r"[█▓▒░│]", " ", told).split())
    raise AssertionError(f"no line {label} in\n{someone.text}")


def cursor(someone: Seat) -> str:
    """The line that has the cursor's bar."""
    return next(" ".join(text[1:].split()) for text in someone.lines if text.startswith("▌"))


async def look_again(someone: Seat) -> None:
    someone.app._watch.look()
    await someone.settle()
