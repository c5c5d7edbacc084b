"""What the figures say, in words, the weightiest first."""

from collections.abc import Sequence

from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row
from pipetui.app.marks import has_unicode, symbol
from pipetui.app.sheet import wrapped
from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Said, Shown, Spot, View
from pipetui.app.trends.telling import bullet
from pipetui.language import _, format, labelled, ngettext
from pipetui.signals.flag import Severity
from pipetui.trends.diagnosis.wording import Told, lacking, title, told

_INDENT = 3
_WIDEST = 96


def diagnosis(facts: Facts) -> View:
    """The findings with their evidence and one thing to try; what there is too little of to say more."""
    its = facts.diagnosis
    words = [
        (finding.rule, told(finding, facts.currency, facts.today), len(finding.deals))
        for finding in its.findings
    ]
    thin = [lacking(one) for one in its.lacking]
    n = len(words)
    figure = ngettext("%(n)s thing stands out", "%(n)s things stand out", n) % {"n": format.number(n)}
    says: list[Said] = []
    if not n:
        figure = _("Nothing stands out")
        if thin:
            figure = _("There is too little data for a diagnosis:").rstrip(": \u00a0\u202f")
            says = [Said(text, lead=bullet()) for text in thin]

    def rows(width: int) -> Sequence[Row]:
        return [row for rule, its, deals in words for row in _rows(rule, its, width, deals)]

    shown = Shown(
        "all",
        "",
        figure,
        n=_("what the figures of the last 365 days say") if n else "",
        says=tuple(says),
        rows=rows,
        spots=tuple(Spot(finding.rule, title(finding.rule), finding.deals) for finding in its.findings),
    )
    return View("diagnosis", str(n) if n else "", [shown], bool(n))


def _rows(rule: str, its: Told, width: int, deals: int) -> list[Row]:
    """The cursor stops at the last line, so that the whole finding is in sight."""
    sign = symbol(Severity.HIGH)
    room = min(_WIDEST, width) - _INDENT - 1
    indent = " " * _INDENT
    found: list[Row] = []
    for number, line in enumerate(wrapped(its.text, room)):
        lead = indent if number else f" {sign} "
        found.append(Row((Part(lead, "$flag-high bold"), Part(line, "bold"))))
    found += [Row((Part(indent), Part(line))) for line in wrapped(its.evidence, room)]
    attempt = labelled(_("Try"), its.attempt)
    found += [Row((Part(indent), Part(line, "$primary"))) for line in wrapped(attempt, room)]
    if deals:
        arrow = "→" if has_unicode() else ">"
        found.append(Row((Part(indent), Part(f"{arrow} {phrases.deals(deals)}", MUTED))))
    return [*found[:-1], found[-1]._replace(key=rule), BLANK]
