"""How long things take when some are not finished yet."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Survival(NamedTuple):
    """A Kaplan–Meier curve: S(t) after each time at which something ended.

    Source: E. L. Kaplan, P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958).
    """

    times: tuple[int, ...]
    share: tuple[float, ...]
    """S(t): the share still waiting after each of `times`."""
    completed: int
    censored: int

    def quantile(self, q: float) -> int | None:
        """The first time by which a share `q` has ended (S(t) ≤ 1 − q); `None` if that is not reached."""
        limit = 1 - q + 1e-12
        return next(
            (time for time, share in zip(self.times, self.share, strict=True) if share <= limit), None
        )

    @property
    def median(self) -> int | None:
        """First time with S(t) ≤ 0.5; `None` if not reached."""
        return self.quantile(0.5)


def kaplan_meier(durations: Iterable[tuple[int, bool]]) -> Survival:
    """The survival curve of (duration, completed) pairs; not completed means censored at that duration.

    S(t) = ∏ (1 − dᵢ/nᵢ); what is censored at a time still counts as at risk there.
    """
    ended: dict[int, int] = {}
    left: dict[int, int] = {}
    for (duration, completed), n in Counter(durations).items():
        (ended if completed else left)[duration] = n
    at_risk = sum(ended.values()) + sum(left.values())
    times: list[int] = []
    share: list[float] = []
    current = 1.0
    for time in sorted(ended.keys() | left.keys()):
        if deaths := ended.get(time, 0):
            current *= 1 - deaths / at_risk
            times.append(time)
            share.append(current)
        at_risk -= deaths + left.get(time, 0)
    return Survival(tuple(times), tuple(share), sum(ended.values()), sum(left.values()))
