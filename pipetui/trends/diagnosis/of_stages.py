"""Where deals get lost on their way."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from pipetui.trends.conversion import Conversion
from pipetui.trends.diagnosis.facts import Answer, Facts, Finding, Thin, Value

LOW: Final = 0.5
"""A conversion below is low."""
GOOD: Final = 0.7
"""The last stage's from here on is good."""
DEADLY: Final = 0.4
"""The share of losses in a demo stage from which on deals die there."""
SLOW: Final = 0.85
"""Created against a year before, or against the need, below which too little is."""


def discovery(facts: Facts) -> Answer:
    """Low conversion at qualification, and at no other stage."""
    known = False
    for its in _pipelines(facts):
        published = [one for one in its if one.rate.value is not None]
        first = its[0]
        if first.rate.value is None or len(published) < 2:
            continue
        known = True
        others = [one.rate.value or 0.0 for one in published if one is not first]
        if first.rate.value < LOW <= min(others):
            values: dict[str, Value] = {
                "stage": first.stage.name,
                "rate": first.rate.value,
                "moved_on": first.moved_on,
                "n": first.rate.n,
                "next_lowest": min(others),
            }
            return Finding("discovery", 1 - first.rate.value / LOW, values, first.died_deals)
    return None if known else _thin(facts)


def demo(facts: Facts) -> Answer:
    """High loss in a stage in which something is shown, higher than in any other."""
    found: Answer = None
    known = False
    for its in _pipelines(facts):
        for one in its:
            if one.stage.id not in facts.demos or one.loss is None:
                continue
            known = True
            worst = max(other.loss for other in its if other.loss is not None)
            if one.loss >= DEADLY and one.loss >= worst:
                before = facts.conversion_before.get(one.stage.id)
                without, told = facts.undecided.get(one.stage.id, (0, 0))
                values: dict[str, Value] = {
                    "stage": one.stage.name,
                    "loss": one.loss,
                    "died": one.died,
                    "n": one.rate.n,
                    "before": before.loss if before else None,
                    "undecided": without,
                    "told": told,
                }
                found = Finding("demo", min(1.0, (one.loss - DEADLY) / 0.2), values, one.died_deals)
    if found or known or not facts.demos:
        return found
    return _thin(facts, only_demos=True)


def creation(facts: Facts) -> Answer:
    """Good final conversion and few entries: fewer than the quota needs, or than a year before."""
    last = [its[-1] for its in _pipelines(facts) if its[-1].rate.value is not None]
    if not last:
        return _thin(facts)
    now, before = facts.created
    if now < facts.enough and before < facts.enough:
        return Thin("created", max(now, before), facts.enough)
    best = max(last, key=lambda one: one.rate.n)
    if best.rate.value is None or best.rate.value < GOOD:
        return None
    against = now / before if before >= facts.enough else None
    needed = facts.creation.share if facts.creation else None
    shares = [share for share in (against, needed) if share is not None]
    if not shares or min(shares) >= SLOW:
        return None
    need = facts.creation.need if facts.creation else None
    values: dict[str, Value] = {
        "stage": best.stage.name,
        "rate": best.rate.value,
        "created": now,
        "created_before": before if against is not None and against < SLOW else None,
        "a_week": now / 13,
        "needed_a_week": need.count if need and needed is not None and needed < SLOW else None,
        "share_of_need": needed if needed is not None and needed < SLOW else None,
    }
    return Finding("creation", min(1.0, 1 - min(shares) / SLOW), values)


def _pipelines(facts: Facts) -> list[Sequence[Conversion]]:
    return [list(its) for _name, its in groupby(facts.conversion, key=lambda one: one.stage.pipeline)]


def _thin(facts: Facts, *, only_demos: bool = False) -> Thin | None:
    """The stage that lacks least."""
    ns = [
        one.rate.n
        for one in facts.conversion
        if one.rate.reason == "few" and (not only_demos or one.stage.id in facts.demos)
    ]
    return Thin("resolved", max(ns), facts.enough) if ns else None
