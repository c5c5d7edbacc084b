"""A rep at work on a deal, day by day: next steps, close dates, categories, what is known of the buyer."""

from datetime import date

import words
from dice import Dice
from fate import Plan, needed, plan
from team import DAY, LAST_EXPORT, TIDYING, Deal, State, month_end, workday

_KNOWN_BY = {
    "need": (0.85, 0.97, 0.99, 0.99, 1, 1),
    "decision_makers": (0.4, 0.8, 0.93, 0.96, 0.98, 0.99),
    "budget": (0.2, 0.4, 0.75, 0.95, 0.98, 0.99),
    "timeline": (0.35, 0.55, 0.75, 0.94, 0.98, 0.99),
    "risk": (0.05, 0.15, 0.4, 0.7, 0.92, 0.96),
    "sponsor": (0.05, 0.2, 0.35, 0.75, 0.95, 0.97),
}
"""Qualification item → share of deals in which it is known by the end of each stage."""
_BETS = {
    (date(2026, 12, 31), date(2026, 12, 18), date(2026, 12, 22)): (0.3, 0.85, 0.9, 0.9, 0.9, 0.9),
    (date(2027, 3, 31), date(2027, 3, 26), date(2027, 2, 26), date(2027, 1, 29)): (0.85,) * 6,
}
"""Days on which deals are said to close → by stage, the share of later dates that become one of them."""


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
        self.gives_up = dice.between(20, 70) if future.kept else dice.between(4, 20)
        """Days after which somebody stops working a deal whose buyer is silent."""
        self.lets_go = self.gives_up + dice.between(40, 260)
        """Days after which not even its close date is looked at."""

    def work(self, day: date) -> State:
        """What is set on the deal that day."""
        before = dict(self.now)
        if day == self.future.ends:
            self._close(day)
        else:
            if day in self.future.enters:
                self._enter(day, self.future.enters[day])
            if day >= self.next_activity and not self._silent(day, self.gives_up):
                self._act(day)
            if day.weekday() == self.review and not self._silent(day, self.lets_go):
                self._review(day)
        return {key: value for key, value in self.now.items() if key not in before or before[key] != value}

    def _silent(self, day: date, days: int = 0) -> bool:
        """Whether the buyer has been silent for longer than that."""
        since = self.future.silent_since
        return since is not None and day >= since + days * DAY

    @property
    def _position(self) -> int:
        return words.STAGES.index(str(self.now["stage"]))

    # -- stages and amounts --------------------------------------------------------------------------------

    def _enter(self, day: date, stage: str) -> None:
        position = words.STAGES.index(stage)
        self.now |= {"stage": stage, "stage_changed": day}
        if position == 0:
            self._open(day)
        elif self.now["amount"] is None:
            if self.dice.chance((0, 0.33, 0.76, 0.88, 0.97, 0.99)[position]):
                self.now["amount"] = self.amount
        elif stage == "Proposition" and self.dice.chance(0.55):
            self._reprice(0.85, 1.2)
        elif stage == "Négociation" and self.dice.chance(0.5):
            self._reprice(0.81, 0.98)
        for item, shares in _KNOWN_BY.items():
            self._learn(item, shares[position])
        if position:
            self._estimate(day, position)
        self._categorise(day)
        self.next_activity = day

    def _open(self, day: date) -> None:
        priced = self.dice.chance(0.33)
        self.now |= {
            "amount": self.amount if priced else None,
            "next_step": "",
            "next_step_date": None,
            "reason": "",
        }
        if priced and self.rep.name == words.SANDBAGGER:
            self._reprice(0.85, 0.85)
        self.now["close_date"] = self._guess(day, 0)

    def _reprice(self, low: float, high: float) -> None:
        factor = low + (high - low) * self.dice.between(0, 100) / 100
        self.now["amount"] = max(3_000, round(int(str(self.now["amount"])) * factor / 100) * 100)

    def _learn(self, item: str, share: float) -> None:
        known = self.now.get(item, "")
        if item == "decision_makers" and self.future.died_in == "Démo":
            share *= 0.2
        share *= 0.8 + 0.2 * self.rep.care
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
        if self.future.kept:
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
        silent = self._silent(day)
        gap = self.dice.between(12, 30) if silent else self.dice.between(2, 7)
        if day.month == 8:
            gap *= 2
        self.next_activity = workday(day + gap * DAY)
        self.now["activity"] = day
        stage = str(self.now["stage"])
        tidy = 0.92 if day < TIDYING else 0.96 if day < TIDYING + 28 * DAY else 1.0
        care = self.rep.care * (0.75 if silent else tidy)
        if self.dice.chance(care):
            ahead = workday(day + (gap + self.dice.between(4, 16)) * DAY)
            self.now |= {"next_step": self.dice.pick(words.NEXT_STEPS[stage]), "next_step_date": ahead}
        elif self.dice.chance(0.35):
            self.now |= {"next_step": self.dice.pick(words.NEXT_STEPS[stage]), "next_step_date": None}
        elif self.dice.chance(0.5):
            self.now |= {"next_step": self.dice.pick(words.VAGUE_STEPS), "next_step_date": None}
        else:
            self.now |= {"next_step": "", "next_step_date": None}

    # -- close dates ---------------------------------------------------------------------------------------

    def _guess(self, day: date, position: int) -> date:
        """When a deal like this is usually won, as this rep sees it."""
        days = needed(self.deal, position) * self.rep.hope * self.dice.spread(1.05, 0.18)
        guess = day + round(days) * DAY
        guess = month_end(guess) if self.dice.chance(0.5) else workday(guess)
        return self._bet(day, guess)

    def _estimate(self, day: date, position: int) -> None:
        """On entering a stage: is the close date still right?"""
        close = self.now["close_date"]
        assert isinstance(close, date)
        if self.rep.name == words.SLIPPER:
            if position >= 3:
                self.now["close_date"] = month_end(day, 1 if day.day > 18 else 0)
        elif position >= 4 and self.future.won:
            late = self.dice.between(-22, -9) if self.dice.chance(0.1) else self.dice.between(-1, 8)
            if self.rep.name == words.SANDBAGGER:
                late = self.dice.between(20, 40)
            self.now["close_date"] = workday(max(self.future.ends + late * DAY, day + 7 * DAY))
        elif position >= 4:
            self.now["close_date"] = workday(day + self.dice.between(20, 45) * DAY)
        elif not 0.65 < (close - day).days / needed(self.deal, position) < 1.7:
            self.now["close_date"] = self._guess(day, position)

    def _bet(self, day: date, guess: date) -> date:
        """The end of the year or of the quarter after it, if there is a chance at all."""
        for bets, shares in _BETS.items() if day >= date(2026, 7, 15) else ():
            if guess > bets[0] and self.dice.chance(shares[self._position]):
                bet = self.dice.pick(bets)
                if (bet - day).days >= 0.4 * (guess - day).days or self._silent(day):
                    return bet
        return guess

    def _review(self, day: date) -> None:
        """The rep's own weekly look at the deal: is the close date still to come, is the category right?"""
        close = self.now["close_date"]
        assert isinstance(close, date)
        silent, position = self._silent(day), self._position
        if self.rep.name == words.SLIPPER:
            if close <= day + 3 * DAY:
                self.now["close_date"] = month_end(max(day, close), 1)
        elif close <= day + DAY:
            if self.dice.chance(0.4 if silent else 0.9):
                self.now["close_date"] = self._pushed(day)
        elif (
            not silent
            and position < 4
            and (close - day).days < 0.45 * needed(self.deal, position)
            and self.dice.chance(0.4 * self.rep.care * self.rep.hope)
        ):
            self.now["close_date"] = self._guess(day, position)
        if self.now["amount"] is not None and position >= 2 and self.dice.chance(0.014):
            self._reprice(0.6, 0.78)
        self._categorise(day)

    def _pushed(self, day: date) -> date:
        if not self._silent(day):
            return workday(day + round(needed(self.deal, self._position) * self.dice.spread(0.7, 0.2)) * DAY)
        later = month_end(day, self.dice.between(1, 2))
        return self._bet(day, later)

    # -- categories ----------------------------------------------------------------------------------------

    def _categorise(self, day: date) -> None:
        position = self._position
        ends = self.future.ends if self.future.won else None
        if self.temper < 0.04:
            category = ""
        elif self.rep.name == words.SANDBAGGER:
            sure = ends is not None and ends <= day + 15 * DAY and position >= 3
            if ends is not None and sure:
                self.now["close_date"] = max(month_end(ends), ends)
            category = "Commit" if sure else "Best Case" if position >= 4 else "Pipeline"
        elif self.rep.name == words.SLIPPER:
            category = "Commit" if position >= 4 or (position == 3 and self.temper > 0.7) else "Best Case"
        elif position < 3:
            category = "Best Case" if position == 2 and self.temper > 0.75 else "Pipeline"
        elif position == 3:
            close = self.now["close_date"]
            assert isinstance(close, date)
            soon = ends is not None and ends <= close <= day + 60 * DAY
            category = "Best Case" if self.temper > 0.2 else "Pipeline"
            if soon and self.temper > 0.5:
                category = "Commit"
        elif ends:
            category = "Commit" if self.temper > 0.15 else "Best Case"
        else:
            category = "Commit" if self.temper > 0.88 else "Best Case"
        if self._silent(day, self.gives_up) and self.rep.name != words.SLIPPER:
            category = "Omitted" if self.temper > 0.75 else "Pipeline"
        self.now["category"] = category
