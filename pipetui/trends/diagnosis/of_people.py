"""What somebody's commits are worth."""

from typing import Final

from pipetui.trends.diagnosis.facts import Answer, Facts, Finding, Thin, Value

TOO_SURE: Final = 0.95
"""A larger share of commits won is no luck: they were held back until nothing could go wrong."""


def sandbagging(facts: Facts) -> Answer:
    """Somebody's commits are nearly all won. Only one is named: whoever has most of them."""
    if not facts.commits:
        return None
    most = max(n for _won, n in facts.commits.values())
    if most < facts.enough:
        return Thin("commits", most, facts.enough)
    sure = [
        (n, owner, won)
        for owner, (won, n) in facts.commits.items()
        if owner and n >= facts.enough and won / n > TOO_SURE
    ]
    if not sure:
        return None
    n, owner, won = max(sure)
    values: dict[str, Value] = {"owner": owner, "rate": won / n, "won": won, "n": n}
    return Finding("sandbagging", min(1.0, (won / n - TOO_SURE) / (1 - TOO_SURE)), values)
