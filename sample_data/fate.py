"""What becomes of a deal: how long it stays in each stage, where it dies, or that it is won."""

from dataclasses import dataclass
from datetime import date

import words
from dice import Dice
from team import DAY, DROUGHT, YEAR_AGO, Deal, workday

_DAYS_IN_STAGE = {
    "Qualification": 13.0,
    "Découverte": 18.0,
    "Démo": 19.0,
    "Proposition": 22.0,
    "Négociation": 15.0,
    "Closing": 10.0,
}
"""Median days a working deal takes."""
_DIES = {
    "Qualification": 0.17,
    "Découverte": 0.15,
    "Démo": 0.16,
    "Proposition": 0.19,
    "Négociation": 0.10,
    "Closing": 0.06,
}
_DEMO_DIES_NOW = 0.51


@dataclass
class Plan:
    """What will become of a deal: the days on which it enters its stages, and its end."""

    enters: dict[date, str]
    ends: date | None
    """`None`: it is stuck for longer than anybody looks."""
    won: bool
    stuck_since: date | None
    died_in: str = ""


def plan(deal: Deal, dice: Dice) -> Plan:
    """Draw a deal's way through the stages."""
    enters: dict[date, str] = {}
    day = deal.created
    big = deal.segment in ("Grand compte", "Secteur public")
    for stage in words.STAGES:
        enters[day] = stage
        dies = _DIES[stage] * deal.rep.luck
        if stage == "Démo" and day >= YEAR_AGO - 45 * DAY:
            dies = _DEMO_DIES_NOW * (deal.rep.luck + 1) / 2
        slow = deal.rep.pace * (1.35 if big else 1.0)
        if deal.rep.name == words.SLIPPER and stage in ("Proposition", "Négociation"):
            slow *= 1.5
        days = max(2, round(dice.spread(_DAYS_IN_STAGE[stage] * slow, 0.55)))
        stuck = {"Découverte": 0.035, "Démo": 0.02, "Proposition": 0.05}.get(stage, 0.008)
        if day >= YEAR_AGO - 120 * DAY:
            stuck *= 2.3
        if dice.chance(stuck):
            patience = dice.between(190, 560) if day >= YEAR_AGO - 200 * DAY else dice.between(60, 150)
            ends = workday(day + patience * DAY)
            return Plan(enters, ends, won=False, stuck_since=workday(day + days * DAY), died_in=stage)
        leaves = workday(day + days * DAY)
        if dice.chance(dies):
            unsaid = dice.between(10, 55) if day >= YEAR_AGO + 60 * DAY else dice.between(0, 8)
            return Plan(enters, workday(leaves + unsaid * DAY), won=False, stuck_since=None, died_in=stage)
        if leaves.month == 8 and dice.chance(0.65):
            leaves = workday(date(leaves.year, 9, dice.between(1, 18)))
        day = leaves
    if day.month == 1 and day.day < 25 and dice.chance(0.6):
        day = workday(date(day.year - 1, 12, dice.between(8, 22)))
    if date(2026, 11, 2) <= day < date(2027, 1, 5) and deal.created < DROUGHT and dice.chance(0.85):
        enters, day = _hurried(deal.created, enters, day, workday(date(2026, 11, dice.between(2, 13))))
    return Plan(enters, max(day, workday(max(enters) + DAY)), won=True, stuck_since=None)


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
