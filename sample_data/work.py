"""A rep at work on a deal, day by day: next steps, close dates, categories, what is known of the buyer."""

from datetime import date

import words
from dice import Dice
from fate import Plan, plan
from team import DAY, LAST_EXPORT, Deal, State, month_end, workday

_KNOWN_BY = {
    "need": (0.75, 0.9, 0.96, 0.98, 1, 1),
    "decision_makers": (0.3, 0.55, 0.75, 0.85, 0.9, 0.95),
    "budget": (0.2, 0.4, 0.6, 0.85, 0.93, 0.97),
    "timeline": (0.35, 0.5, 0.65, 0.8, 0.9, 0.97),
    "risk": (0.05, 0.15, 0.35, 0.55, 0.75, 0.85),
    "sponsor": (0.1, 0.3, 0.5, 0.7, 0.85, 0.9),
}
"""Qualification item → share of deals in which it is known by the end of each stage."""


def live(deal: Deal, amount: int, dice: Dice) -> None:
    """Work a deal day by day until it is closed or the last export is written."""
    future = plan(deal, dice)
    worker = _Worker(deal, amount, dice, future)
    day = deal.created
    while day < LAST_EXPORT:
        change = worker.work(day)
        if change:
            deal.log.append((day, change))
        if day == future.ends:
            break
        day = workday(day + DAY)


class _Worker:
    """A rep at work on one deal; `now` is what the CRM shows."""

    def __init__(self, deal: Deal, amount: int, dice: Dice, future: Plan) -> None:
        self.deal, self.rep, self.dice, self.future, self.amount = deal, deal.rep, dice, future, amount
        self.now: State = {}
        self.next_activity = deal.created
        self.review = dice.between(0, 4)
        self.temper = dice.between(0, 99) / 100
        self.gives_up = dice.between(20, 70)
        """Days after which somebody stops working a stuck deal."""

    def work(self, day: date) -> State:
        """What is set on the deal that day."""
        before = dict(self.now)
        if day == self.future.ends:
            self._close(day)
        else:
            if day in self.future.enters:
                self._enter(day, self.future.enters[day])
            if day >= self.next_activity and not self._forgotten(day):
                self._act(day)
            if day.weekday() == self.review and not self._forgotten(day, 150):
                self._review(day)
        return {key: value for key, value in self.now.items() if key not in before or before[key] != value}

    def _forgotten(self, day: date, grace: int = 0) -> bool:
        since = self.future.stuck_since
        return since is not None and day > since + (self.gives_up + grace) * DAY

    # -- stages and amounts --------------------------------------------------------------------------------

    def _enter(self, day: date, stage: str) -> None:
        position = words.STAGES.index(stage)
        self.now |= {"stage": stage, "stage_changed": day}
        if position == 0:
            self._open(day)
        elif self.now["amount"] is None:
            if self.dice.chance((0, 0.7, 0.85, 0.97, 0.97, 0.99)[position]):
                self.now["amount"] = self.amount
        elif stage == "Proposition" and self.dice.chance(0.55):
            self._reprice(0.8, 1.2)
        elif stage == "Négociation" and self.dice.chance(0.5):
            self._reprice(0.68, 0.97)
        if position >= 3 and self.now["amount"] is None:
            self.now["amount"] = self.amount if self.dice.chance(0.9) else None
        for item, shares in _KNOWN_BY.items():
            self._learn(item, shares[position])
        if position:
            self._estimate(day, position)
        self._categorise(day)
        self.next_activity = day

    def _open(self, day: date) -> None:
        priced = self.dice.chance(0.72)
        low = 0.85 if self.rep.name == words.SANDBAGGER else 1.0
        self.now |= {
            "amount": self.amount if priced else None,
            "next_step": "",
            "next_step_date": None,
            "reason": "",
        }
        if priced and low < 1:
            self._reprice(low, low)
        guess = day + round(self.dice.spread(85, 0.25)) * DAY
        self.now["close_date"] = month_end(guess) if self.dice.chance(0.55) else workday(guess)
        self._year_end(day)

    def _reprice(self, low: float, high: float) -> None:
        factor = low + (high - low) * self.dice.between(0, 100) / 100
        self.now["amount"] = max(3_000, round(int(str(self.now["amount"])) * factor / 100) * 100)

    def _learn(self, item: str, share: float) -> None:
        known = self.now.get(item, "")
        if item == "decision_makers" and self.future.died_in == "Démo":
            share *= 0.2
        share *= 0.55 + 0.45 * self.rep.care
        if known in ("", *words.VAGUE) and self.dice.chance(share):
            self.now[item] = self.dice.pick(words.KNOWN[item])
        elif not known and self.dice.chance(0.05):
            self.now[item] = self.dice.pick(words.VAGUE)

    def _close(self, day: date) -> None:
        stage = words.WON if self.future.won else words.LOST
        if self.future.won and self.now["amount"] is None:
            self.now["amount"] = self.amount
        if self.future.won and self.rep.name == words.SANDBAGGER:
            self._reprice(1.05, 1.25)
        reasons = words.DEMO_REASONS if self.future.died_in == "Démo" else words.REASONS
        if self.future.stuck_since:
            reasons = {"Sans réponse": 55, "Sans décision": 35, "Projet abandonné": 10}
        self.now |= {
            "stage": stage,
            "stage_changed": day,
            "close_date": day,
            "next_step": "",
            "next_step_date": None,
            "category": "Closed" if self.future.won else "Omitted",
            "reason": "" if self.future.won else self.dice.weighted(reasons),
            "activity": day,
        }

    # -- activity and next steps ---------------------------------------------------------------------------

    def _act(self, day: date) -> None:
        stuck = self.future.stuck_since is not None and day >= self.future.stuck_since
        gap = self.dice.between(12, 30) if stuck else self.dice.between(2, 7)
        if day.month == 8:
            gap *= 2
        self.next_activity = workday(day + gap * DAY)
        self.now["activity"] = day
        stage = str(self.now["stage"])
        care = self.rep.care * (0.6 if stuck else 1.0)
        if self.dice.chance(care):
            ahead = workday(day + (gap + self.dice.between(1, 9)) * DAY)
            self.now |= {"next_step": self.dice.pick(words.NEXT_STEPS[stage]), "next_step_date": ahead}
        elif self.dice.chance(0.35):
            self.now |= {"next_step": self.dice.pick(words.NEXT_STEPS[stage]), "next_step_date": None}
        elif self.dice.chance(0.35):
            self.now |= {"next_step": self.dice.pick(words.VAGUE_STEPS), "next_step_date": None}
        elif self.dice.chance(0.5):
            self.now |= {"next_step": "", "next_step_date": None}

    # -- close dates ---------------------------------------------------------------------------------------

    def _estimate(self, day: date, position: int) -> None:
        """On entering a stage, a first or a better guess of the close date."""
        truth = self.future.ends if self.future.won and self.future.ends else None
        if self.rep.name == words.SLIPPER:
            if position >= 3:
                self.now["close_date"] = month_end(day, 1 if day.day > 18 else 0)
            return
        if position >= 4 and truth:
            late = self.dice.between(20, 40) if self.rep.name == words.SANDBAGGER else self.dice.between(0, 6)
            self.now["close_date"] = workday(max(truth + late * DAY, day + 3 * DAY))
        elif position >= 4 or self.dice.chance(0.12):
            self.now["close_date"] = workday(day + self.dice.between(15, 40) * DAY)
        self._year_end(day)

    def _year_end(self, day: date) -> None:
        """Since the summer everybody bets on the end of the year."""
        guess = self.now["close_date"]
        assert isinstance(guess, date)
        if day >= date(2026, 7, 15) and guess > date(2026, 12, 31) and self.dice.chance(0.58):
            self.now["close_date"] = self.dice.pick(
                (date(2026, 12, 31), date(2026, 12, 18), date(2026, 12, 22))
            )

    def _review(self, day: date) -> None:
        """The rep's own weekly look at the deal: is the close date still to come, is the category right?"""
        close = self.now["close_date"]
        assert isinstance(close, date)
        slips = self.rep.name == words.SLIPPER
        if close <= day + (3 if slips else 1) * DAY:
            stuck = self.future.stuck_since is not None and day >= self.future.stuck_since
            if slips or self.dice.chance(0.5 if stuck else 0.9):
                self.now["close_date"] = self._pushed(day, close)
                self._year_end(day)
        if (
            self.now["amount"] is not None
            and self.now["stage"] in words.STAGES[2:]
            and self.dice.chance(0.02)
        ):
            self._reprice(0.6, 0.78)
        self._categorise(day)

    def _pushed(self, day: date, close: date) -> date:
        if self.rep.name == words.SLIPPER:
            return month_end(max(day, close), 1)
        if self.dice.chance(0.5):
            return month_end(day, self.dice.between(1, 2))
        return workday(day + self.dice.between(14, 45) * DAY)

    # -- categories ----------------------------------------------------------------------------------------

    def _categorise(self, day: date) -> None:
        position = words.STAGES.index(str(self.now["stage"]))
        if self.temper < 0.04:
            category = ""
        elif self.rep.name == words.SANDBAGGER:
            ends = self.future.ends if self.future.won else None
            sure = ends is not None and ends <= day + 35 * DAY and position >= 3
            if ends is not None and sure:
                self.now["close_date"] = max(month_end(ends), ends)
            category = "Commit" if sure else "Best Case" if position >= 4 else "Pipeline"
        elif self.rep.name == words.SLIPPER:
            category = "Commit" if position >= 4 or (position == 3 and self.temper > 0.7) else "Best Case"
        elif position < 3:
            category = "Best Case" if position == 2 and self.temper > 0.75 else "Pipeline"
        elif position == 3:
            category = "Commit" if self.temper > 0.9 else "Best Case" if self.temper > 0.2 else "Pipeline"
        elif position == 4:
            category = "Commit" if self.temper > 0.4 else "Best Case"
        else:
            category = "Commit"
        if self._forgotten(day) and self.temper > 0.85:
            category = "Omitted"
        self.now["category"] = category
