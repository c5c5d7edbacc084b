"""What became of the commits of a call, rep by rep."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.categories import Side
from pipetui.forecast.periods import Period

Fate = Literal["won", "slipped", "lost", "open"]
"""Won and lost: within the period. Slipped: closed later, or dated later by now. Open: neither so far.

What a date was on the last evening is not asked: weekly exports tell of that evening's pushes days later."""
Band = Literal["loose", "watch", "sound", "sandbagging"]

ENOUGH_COMMITS: Final = 5
"""Reps commit to a few deals a period; with fewer in all, one deal more or less would be another band."""


class Outcome(NamedTuple):
    """What is known today of a deal that was in a call, or could have been."""

    status: Literal["open", "won", "lost"]
    settled_on: date | None
    close_date: date | None
    """The expected one."""
    amount: int | None = None
    """Minor units of the reporting currency."""
    owner: str = ""
    name: str = ""


class Miss(NamedTuple):
    """A commit that was not won."""

    period: str
    entry: CallEntry
    fate: Fate


class Outside(NamedTuple):
    """A win that the commits did not hold."""

    period: str
    deal_id: int
    name: str
    owner: str
    amount: int | None
    category: Category | None = None
    """What it was in the call."""
    was_in_call: bool = False


class Conversion(NamedTuple):
    """Of one rep, over the periods that have ended."""

    n: int
    won: int
    misses: tuple[Miss, ...]
    outside: tuple[Outside, ...]
    rate: float | None = None
    """`None`: n is too small, `reason` says so."""
    reason: str | None = None
    """`few_commits`."""

    @property
    def band(self) -> Band | None:
        """< 75 % loose, 80–90 % sound, > 95 % sandbagging, between them to watch."""
        return None if self.rate is None else band(self.won, self.n)

    def missed(self, fate: Fate) -> int:
        """How many slipped, were lost, or are still open."""
        return sum(miss.fate == fate for miss in self.misses)


def band(won: int, n: int) -> Band:
    """Of won ÷ n, compared as whole numbers so that 80 % is 80 %."""
    percent = 100 * won
    if percent < 75 * n:
        return "loose"
    if percent > 95 * n:
        return "sandbagging"
    return "sound" if 80 * n <= percent <= 90 * n else "watch"


def outcome_of(deal: Deal, worth: int | None) -> Outcome:
    """What became of a deal, as it stands today; `worth` is its amount in the reporting currency."""
    settled = None if deal.status == "open" else deal.settled_on
    return Outcome(deal.status, settled, deal.close_date, worth, deal.owner, deal.name)


def fate_of(outcome: Outcome | None, last: date) -> Fate:
    """What became of a deal in a period that ended on a day; one that is known no more is open."""
    if outcome is None:
        return "open"
    if outcome.status != "open":
        if outcome.settled_on is not None and outcome.settled_on > last:
            return "slipped"
        return "won" if outcome.status == "won" else "lost"
    return "slipped" if outcome.close_date is not None and outcome.close_date > last else "open"


def conversions(
    calls: Iterable[tuple[Snapshot, Mapping[int, Outcome]]],
    *,
    side: Side = "rep",
    enough: int = ENOUGH_COMMITS,
) -> dict[str, Conversion]:
    """Commit conversion by owner: commits at the snapshot that were won in the period ÷ all of them.

    Wins from outside are those won in the period after the snapshot that were no commit in it: some other
    category, unclassified, omitted, or not in the call at all. Of several calls on one period every deal
    counts once: as a commit if it was one in any of them, and from outside if it was one in none.

    Args:
        calls: frozen calls on periods that have ended, such as one each (`horizons.latest`) or all of them,
            and by deal id what became of the deals of their scope, those that were not in them included.
        side: whose commits.
        enough: with fewer commits the rate is refused, and the deals are shown all the same.
    """
    commits: dict[tuple[Period, int], tuple[CallEntry, Fate]] = {}
    wins: dict[tuple[Period, int], Outside] = {}
    known: set[tuple[Period, int]] = set()
    for snapshot, outcomes in sorted(calls, key=lambda its: its[0].frozen_at):
        period, entries = snapshot.period, snapshot.by_deal
        for entry in snapshot.entries:
            key = period, entry.deal_id
            if entry.state == "won" and key not in wins:
                known.add(key)
            elif entry.state == "open" and entry.category_of(side) is Category.COMMIT:
                commits[key] = entry, fate_of(outcomes.get(entry.deal_id), period.end)
        for deal_id, outcome in outcomes.items():
            found = _outside(deal_id, outcome, snapshot, entries.get(deal_id), side)
            if found:
                wins[period, deal_id] = found
    outside = [win for key, win in sorted(wins.items()) if key not in commits and key not in known]
    owners = {entry.owner for entry, _fate in commits.values()} | {win.owner for win in outside}
    return {
        owner: _conversion(
            [(key[0], *its) for key, its in sorted(commits.items()) if its[0].owner == owner],
            tuple(win for win in outside if win.owner == owner),
            enough,
        )
        for owner in sorted(owners, key=lambda name: (not name, name.casefold()))
    }


def _outside(
    deal_id: int, outcome: Outcome, snapshot: Snapshot, entry: CallEntry | None, side: Side
) -> Outside | None:
    """A win in the period after the call, whatever it was in it."""
    period = snapshot.period
    if outcome.status != "won" or outcome.settled_on is None or outcome.settled_on not in period:
        return None
    if entry is None:
        if outcome.settled_on < snapshot.frozen_at.date():
            return None
        return Outside(period.name, deal_id, outcome.name, outcome.owner, outcome.amount)
    if entry.state == "won":
        return None
    category = entry.category_of(side)
    return Outside(period.name, deal_id, entry.name, entry.owner, outcome.amount, category, was_in_call=True)


def _conversion(
    commits: Sequence[tuple[Period, CallEntry, Fate]], outside: tuple[Outside, ...], enough: int
) -> Conversion:
    n, won = len(commits), sum(fate == "won" for _period, _entry, fate in commits)
    misses = tuple(Miss(period.name, entry, fate) for period, entry, fate in commits if fate != "won")
    if n < enough:
        return Conversion(n, won, misses, outside, reason="few_commits")
    return Conversion(n, won, misses, outside, won / n)
