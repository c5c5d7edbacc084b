"""Why a probability is what it is, in words."""

from pipetui.forecast.probabilities import Chance
from pipetui.language import _, labelled, ngettext
from pipetui.language.format import percent


def why(chance: Chance, stage: str, min_sample: int = 20) -> str:
    """One sentence: "38%: 13 of 34 deals that stood in Demo for 15–30 days …"."""
    return labelled(percent(chance.p), _reason(chance, stage, min_sample))


def _reason(chance: Chance, stage: str, min_sample: int) -> str:
    if chance.source == "over":
        return _("the period is over, nothing more is won in it")
    if chance.source == "playbook":
        told = _("the playbook’s probability for %(stage)s") % {"stage": stage}
        n = chance.blended.n
        if n >= min_sample:
            lacking = _("no deal of past periods stood there with as much of the period left")
        else:
            lacking = ngettext(
                "past periods had only %(n)d such deal of %(of)d",
                "past periods had only %(n)d such deals of %(of)d",
                n,
            ) % {"n": n, "of": min_sample}
        return _("%(told)s (%(detail)s)") % {"told": told, "detail": lacking}
    if chance.sample.n == 0:
        return _(
            "the rate of similar deals; none stood in %(stage)s as long with as much of the period left"
        ) % {"stage": stage}
    counted = _sample(chance, stage)
    if chance.towards is None:
        return counted
    detail = _("too few alone, so drawn towards the %(rate)s of similar deals") % {
        "rate": percent(chance.towards)
    }
    return _("%(told)s (%(detail)s)") % {"told": counted, "detail": detail}


def _sample(chance: Chance, stage: str) -> str:
    values = {"won": chance.sample.won, "n": chance.sample.n, "stage": stage}
    if chance.ages is None:
        return (
            ngettext(
                "%(won)d of %(n)d deal that stood in %(stage)s with as much of the period left was won in it",
                "%(won)d of %(n)d deals that stood in %(stage)s "
                "with as much of the period left were won in it",
                chance.sample.n,
            )
            % values
        )
    return ngettext(
        "%(won)d of %(n)d deal that stood in %(stage)s for %(days)s "
        "with as much of the period left was won in it",
        "%(won)d of %(n)d deals that stood in %(stage)s for %(days)s "
        "with as much of the period left were won in it",
        chance.sample.n,
    ) % {**values, "days": _days(*chance.ages)}


def _days(first: int, last: int | None) -> str:
    if last is None:
        return _("more than %(days)d days") % {"days": first - 1}
    return _("%(first)d–%(last)d days") % {"first": first, "last": last}
