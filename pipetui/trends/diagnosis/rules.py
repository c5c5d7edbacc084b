"""The rules as data: name, weight, function. The playbook may switch each of them off."""

from collections.abc import Callable, Collection
from typing import Final, NamedTuple

from pipetui.trends.diagnosis.facts import Answer, Facts, Finding, Thin
from pipetui.trends.diagnosis.of_people import sandbagging
from pipetui.trends.diagnosis.of_stages import creation, demo, discovery
from pipetui.trends.diagnosis.of_time import cycle, fragile, inflated


class Rule(NamedTuple):
    """A rule. What it says in words is `wording.told`'s."""

    name: str
    """As the playbook names it."""
    weight: float
    """How much its findings matter against those of others, at the same excess."""
    find: Callable[[Facts], Answer]


RULES: Final = (
    Rule("demo", 1.0, demo),
    Rule("fragile", 0.9, fragile),
    Rule("inflated", 0.8, inflated),
    Rule("creation", 0.7, creation),
    Rule("discovery", 0.7, discovery),
    Rule("cycle", 0.6, cycle),
    Rule("sandbagging", 0.4, sandbagging),
)


class Diagnosis(NamedTuple):
    """What all rules found."""

    findings: tuple[Finding, ...]
    """The weightiest first."""
    lacking: tuple[Thin, ...]
    """What there is too little of, each kind once: the rules that rest on it were silent."""


def diagnose(facts: Facts, off: Collection[str] = ()) -> Diagnosis:
    """Ask every rule that is not switched off."""
    findings: list[tuple[float, int, Finding]] = []
    lacking: dict[str, Thin] = {}
    for place, rule in enumerate(RULES):
        if rule.name in off:
            continue
        answer = rule.find(facts)
        if isinstance(answer, Finding):
            findings.append((-rule.weight * (1 + answer.excess), place, answer))
        elif isinstance(answer, Thin):
            most = lacking.get(answer.kind, answer)
            lacking[answer.kind] = max(most, answer, key=lambda thin: thin.n)
    return Diagnosis(
        tuple(finding for _score, _place, finding in sorted(findings, key=lambda its: its[:2])),
        tuple(lacking.values()),
    )
