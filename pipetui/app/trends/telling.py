"""Words that several views share: what the diagnosis says of one, spans, changes, refused rates."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from pipetui.app.marks import has_unicode, symbol
from pipetui.app.trends.shown import Said
from pipetui.language import _, format, labelled
from pipetui.signals.flag import Severity
from pipetui.trends.diagnosis.wording import told
from pipetui.trends.rate import Rate
from pipetui.trends.spans import Span

if TYPE_CHECKING:
    from pipetui.app.trends.facts import Facts

NOTHING = "—"


def findings(facts: "Facts", rules: Collection[str]) -> tuple[Said, ...]:
    """What the diagnosis has found by some rules: the sentence, and what to try."""
    said: list[Said] = []
    for finding in facts.diagnosis.findings:
        if finding.rule in rules:
            words = told(finding, facts.currency, facts.today)
            said += [
                Said(words.text, "bold $flag-high", f"{symbol(Severity.HIGH)} "),
                Said(labelled(_("Try"), words.attempt)),
            ]
    return tuple(said)


def warns(facts: "Facts", rules: Collection[str]) -> bool:
    """Whether the diagnosis has found something by some rules."""
    return any(finding.rule in rules for finding in facts.diagnosis.findings)


def short_rate(its: Rate, enough: int) -> str:
    """A rate in a few cells; of a refused one why: "12 of 20", "61% known"."""
    if its.value is not None:
        return format.percent(its.value)
    if its.reason == "unresolved" and its.resolved is not None:
        return _("%(share)s known") % {"share": format.percent(its.resolved)}
    return _("%(n)d of %(of)d") % {"n": its.n, "of": enough}


def named(span: Span, today: date) -> str:
    """A period by its name, any other days by their ends."""
    if span.name:
        return format.period(span.name)
    return days(span.start, span.end, today)


def days(start: date, end: date, today: date) -> str:
    """From a day to another."""
    return f"{format.short_date(start, today)} – {format.short_date(end, today)}"


def was(told_before: str) -> str:
    """A figure of the window before."""
    return _("the window before: %(figure)s") % {"figure": told_before}


def bullet() -> str:
    """A sign before a line of a list."""
    return "· " if has_unicode() else "- "
