"""The first screen in words: its answer and its diagnosis, for the app and for a page that is mailed."""

from typing import NamedTuple

from pipetui.forecast.pace import State
from pipetui.language import _, format, labelled, ngettext, pgettext
from pipetui.pipeline.dashboard import Dashboard
from pipetui.trends.diagnosis.wording import lacking, told

_SEPARATOR = " · "


class Answer(NamedTuple):
    """What one look answers."""

    state: State | None
    """`None`: nobody can tell without a quota."""
    word: str
    """In capitals: ahead, on track or behind; without a quota what the number is."""
    number: str
    """How far the landing is from the quota; without one the landing."""
    is_enough: bool | None
    """Whether the landing is the quota or more; `None` without a quota."""
    lines: tuple[str, ...]
    """What the word means, then what the number does."""


class Saying(NamedTuple):
    """A finding in words; without evidence it is what is lacking, or that nothing was found."""

    text: str
    evidence: str = ""
    attempt: str = ""


def answer(its: Dashboard, key: str) -> Answer:
    """The first line. `key` is what sets a quota here; "" where nothing does."""
    outlook, currency = its.outlook, its.pipeline.currency
    figures, pace = outlook.figures, outlook.pace
    if figures.quota is None or figures.gap is None or pace is None:
        landing = format.short_money(figures.landing, currency)
        said = _("No quota: nobody can tell whether that is enough.")
        how = _("%(key)s sets the quota; or write it in the playbook.") % {"key": key}
        if not key:
            how = _("Write the quota in the playbook.")
        return Answer(None, pgettext("capitals", "LANDING"), landing, None, (said, how))
    words = {
        "ahead": pgettext("capitals", "AHEAD"),
        "on_track": pgettext("capitals", "ON TRACK"),
        "behind": pgettext("capitals", "BEHIND"),
    }
    values = {
        "won": format.percent(figures.won.amount / figures.quota),
        "share": format.percent(float(pace.share.value)),
    }
    won = _("%(won)s of the quota won") % values
    if pace.share.source == "own" and pace.share.value and its.pipeline.today <= outlook.period.end:
        won = _("%(won)s of the quota won (usually %(share)s by now)") % values
    number = format.short_money(figures.gap, currency, signed=True)
    gap = labelled(number, _gap(its))
    return Answer(
        pace.state, words[pace.state], number, figures.gap >= 0, (_SEPARATOR.join((won, _time(its))), gap)
    )


def _gap(its: Dashboard) -> str:
    gap, missing = its.outlook.figures.gap or 0, its.outlook.lacking
    if gap >= 0:
        return _("landing above the quota") if gap else _("landing on the quota")
    if not missing:
        return _("landing short of the quota")
    if its.outlook.lacks_less_than_a_deal:
        return _("landing short of the quota, by less than an average deal")
    return ngettext(
        "landing short of the quota, by about %(n)d average deal",
        "landing short of the quota, by about %(n)d average deals",
        missing,
    ) % {"n": missing}


def _time(its: Dashboard) -> str:
    period, today = its.outlook.period, its.pipeline.today
    if today > period.end:
        return _("the period is over")
    if today < period.start:
        return _("the period has not begun")
    gone = ((today - period.start).days + 1) / period.days
    return _("%(share)s of the time gone") % {"share": format.percent(gone)}


def sayings(its: Dashboard) -> list[Saying]:
    """The diagnosis in words; what there is too little of where nothing could be said; empty until read."""
    found = its.diagnosis
    if found is None:
        return []
    said = [Saying(*told(one, its.pipeline.currency, its.pipeline.today)) for one in found.findings]
    if said:
        return said
    if not found.lacking:
        return [Saying(_("Nothing stands out: no rule has found anything."))]
    return [
        Saying(_("There is too little data for a diagnosis:")),
        *(Saying(lacking(one)) for one in found.lacking),
    ]
