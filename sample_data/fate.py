"""What becomes of a deal: how long it stays in each stage, where it dies, or that it is won."""

from dataclasses import dataclass
from datetime import date

import words
from dice import Dice
from team import DAY, DROUGHT, YEAR_AGO, Deal, workday

_DAYS_IN_STAGE = {
    "Qualification": 13.5,
    "Découverte": 25.0,
    "Démo": 33.0,
    "Proposition": 35.0,
    "Négociation": 25.0,
    "Closing": 12.0,
}
"""Median days a working deal with a new customer takes."""
_DIES = {
    "Qualification": 0.10,
    "Découverte": 0.10,
    "Démo": 0.23,
    "Proposition": 0.33,
    "Négociation": 0.15,
    "Closing": 0.05,
}
_DEMO_DIES_NOW = 0.51
_HURRIED = 0.6
"""Share of the wins of the year's end that come early, for the month that looks good."""
_KEPT = {"Découverte": 1.3, "Démo": 1.5, "Proposition": 1.3}
"""Where deals end up that are dead and stay open; elsewhere hardly any."""


@dataclass
class Plan:
    """What will become of a deal: the days on which it enters its stages, and its end."""

    enters: dict[date, str]
    ends: date
    won: bool
    silent_since: date | None = None
    """From here on the buyer does not answer: it is dead and still open."""
    died_in: str = ""
    kept: bool = False
    """Whether nobody wants to close it for months."""


def needed(deal: Deal, position: int) -> float:
    """Days that a deal like this usually takes from a stage to the win."""
    known = 0.5 if deal.name.endswith(words.FOLLOW_UPS) else 1.0
    return sum(_DAYS_IN_STAGE[stage] for stage in words.STAGES[position:]) * _pace(deal) * known


def _pace(deal: Deal) -> float:
    big = deal.segment in ("Grand compte", "Secteur public")
    return deal.rep.pace * (1.3 if big else 1.0)


def plan(deal: Deal, dice: Dice) -> Plan:
    """Draw a deal's way through the stages."""
    enters: dict[date, str] = {}
    day = deal.created
    follows = deal.name.endswith(words.FOLLOW_UPS)
    pace = _pace(deal) * dice.spread(0.27 if follows else 1.05, 0.22)
    for stage in words.STAGES:
        enters[day] = stage
        dies = _DIES[stage] * deal.rep.luck * (0.6 if follows else 1.0)
        if stage == "Démo" and day >= YEAR_AGO - 45 * DAY:
            dies = _DEMO_DIES_NOW * (deal.rep.luck + 1) / 2
        slow = 1.8 if deal.rep.name == words.SLIPPER and stage in ("Proposition", "Négociation") else 1.0
        days = max(2, round(dice.spread(_DAYS_IN_STAGE[stage] * slow * pace, 0.26)))
        leaves = workday(day + days * DAY)
        now = day >= YEAR_AGO - 120 * DAY
        if dice.chance(_KEPT.get(stage, 0.15) * (deal.rep.keeps if now else 0.015)):
            patience = dice.between(190, 480) if now else dice.between(60, 150)
            return Plan(
                enters,
                workday(day + patience * DAY),
                won=False,
                silent_since=leaves,
                died_in=stage,
                kept=True,
            )
        if dice.chance(dies):
            late = stage == "Démo" and day >= YEAR_AGO + 60 * DAY
            unsaid = dice.between(5, 27) if late else dice.between(0, 8)
            return Plan(enters, workday(leaves + unsaid * DAY), won=False, silent_since=leaves, died_in=stage)
        if leaves.month == 8 and dice.chance(0.4):
            leaves = workday(date(leaves.year, 9, dice.between(1, 14)))
        day = leaves
    if day.month == 1 and day.day < 25 and dice.chance(0.6):
        day = workday(date(day.year - 1, 12, dice.between(8, 22)))
    if date(2026, 11, 2) <= day < date(2026, 12, 18) and deal.created < DROUGHT and dice.chance(_HURRIED):
        enters, day = _hurried(deal.created, enters, day, workday(date(2026, 11, dice.between(2, 13))))
    return Plan(enters, max(day, workday(max(enters) + DAY)), won=True)


def _hurried(created: date, enters: dict[date, str], end: date, sooner: date) -> tuple[dict[date, str], date]:
    """The same way in less time, for the month that looks good."""
    share = (sooner - created).days / (end - created).days
    hurried: dict[date, str] = {}
    day = created
    for enter, stage in enters.items():
        day = workday(
            max(created + round((enter - created).days * share) * DAY, day + DAY if hurried else day)
        )
        hurried[day] = stage
    return hurried, workday(max(sooner, day + DAY))
