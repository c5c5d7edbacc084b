"""A share of cases, refused on thin data."""

from typing import Final, Literal, NamedTuple

ENOUGH: Final = 20
"""Fewer cases than this and no rate is published, unless the playbook asks for another number."""
RESOLVED: Final = 0.8
"""The share of a cohort whose end must be known."""

Refusal = Literal["few", "unresolved"]


class Rate(NamedTuple):
    """Hits of n cases."""

    hits: int
    n: int
    value: float | None
    """0–1; `None` if it is refused."""
    reason: Refusal | None = None
    """Few: n is too small. Unresolved: too many of the cohort are still open."""
    open: int = 0
    """Cases of the cohort whose end is not known yet; not in n."""

    @property
    def resolved(self) -> float | None:
        """The share of the cohort whose end is known."""
        whole = self.n + self.open
        return self.n / whole if whole else None


def rate(hits: int, n: int, enough: int = ENOUGH, still_open: int = 0) -> Rate:
    """Hits ÷ n, if n is large enough and at least four of five of the cohort have come to an end."""
    if n < enough or n == 0:
        return Rate(hits, n, None, "few", still_open)
    if 5 * n < 4 * (n + still_open):
        return Rate(hits, n, None, "unresolved", still_open)
    return Rate(hits, n, hits / n, None, still_open)
