"""Two years of a sales team: every deal is opened, worked, pushed, won, lost or forgotten.

A deal is the list of what was set on it and when, so that a weekly export, the history and every figure are
views of one and the same past. Nothing here knows a file format.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import words
from dice import Dice
from team import DAY, DROUGHT, FIRST_DAY, GROWN, LAST_EXPORT, REPS, SEED, WINDOW, Deal, Rep, workday
from work import live


def creations() -> Iterator[date]:
    """A day for each new deal, in order: fewer in August and around Christmas, and ever since `DROUGHT`."""
    dice, day, due = Dice(SEED, "creations"), FIRST_DAY, 0.0
    while day < LAST_EXPORT:
        pace = {1: 1.1, 8: 0.3, 9: 1.15, 10: 1.15, 12: 0.65}.get(day.month, 1.0)
        if day.month == 12 and day.day > 19:
            pace = 0.15
        growth = 0.78 if day < GROWN else 0.8 if day >= DROUGHT else 1.0
        due += 2.85 * pace * growth * (0.6 + 0.8 * dice.between(0, 100) / 100)
        while due >= 1:
            due -= 1
            yield day
        day = workday(day + DAY)


def _account(dice: Dice, taken: set[str]) -> tuple[str, str]:
    while True:
        sector = dice.weighted(dict.fromkeys(words.SECTORS, 1.0) | {"Industrie": 2.0, "Services": 1.5})
        shape = dice.pick(words.SECTORS[sector])
        root = dice.pick(words.ROOTS) + dice.pick(words.ENDINGS)
        key = root if "{root}" in shape else ""
        name = shape.replace("{root}{ending}", root).format(
            family=dice.pick(words.FAMILIES), place=dice.pick(words.PLACES)
        )
        if name not in taken and key not in taken:
            taken |= {name, key} - {""}
            return name, sector


def segment(sector: str, dice: Dice) -> str:
    """How big a customer of that sector is."""
    return sector if sector == "Secteur public" else dice.weighted({"PME": 55, "ETI": 35, "Grand compte": 10})


def simulate(
    reps: tuple[Rep, ...] = REPS,
    days: Iterator[date] | None = None,
    key: str = "",
    taken: set[str] | None = None,
) -> list[Deal]:
    """All deals that were open in the two years, in order of creation."""
    taken = set() if taken is None else taken
    weights: Mapping[str, float] = {rep.name: rep.weight for rep in reps}
    by_name = {rep.name: rep for rep in reps}
    accounts: list[tuple[str, str, Rep]] = []
    sold: set[tuple[str, str]] = set()
    deals: list[Deal] = []
    for number, created in enumerate(creations() if days is None else days):
        dice = Dice(SEED, key, number)
        known = accounts and dice.chance(0.36)
        if known:
            account, size, rep = dice.pick(accounts)
        else:
            account, sector = _account(dice, taken)
            size, rep = segment(sector, dice), by_name[dice.weighted(weights)]
            accounts.append((account, size, rep))
        name, price = _product(dice, account, sold, words.MORE_LOTS if known else words.NEW_LOTS)
        factor = {"PME": 0.8, "ETI": 1.05, "Grand compte": 1.6, "Secteur public": 1.1}[size]
        amount = min(120_000, max(5_000, round(dice.spread(price * 820 * factor, 0.45) / 100) * 100))
        source = dice.weighted(words.SOURCES if not known else {"Base clients": 70, "Recommandation": 30})
        deal = Deal(
            number,
            name,
            account,
            size,
            source,
            words.KNOWN_CUSTOMER if known else words.NEW_CUSTOMER,
            rep,
            created,
        )
        live(deal, amount, dice)
        closed = deal.closed()
        if closed is None or closed >= WINDOW:
            deals.append(deal)
    return deals


def _product(dice: Dice, account: str, sold: set[tuple[str, str]], lots: tuple[str, ...]) -> tuple[str, int]:
    while True:
        product = dice.pick(tuple(words.PROJECTS))
        name = product + dice.pick(lots)
        if (account, product) not in sold:
            sold.add((account, product))
            return name, words.PROJECTS[product]
