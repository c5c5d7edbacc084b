"""Why a figure is refused, what the parts of a flow are called: in words, for both faces."""

from pipetui.language import _, pgettext
from pipetui.language.format import percent
from pipetui.trends.flow import Bar
from pipetui.trends.rate import RESOLVED, Rate
from pipetui.trends.velocity import LEAST_WON, Lever, Velocity


def refusal(its: Rate, enough: int) -> str | None:
    """Why a rate is not published: "not enough: 12 of 20"; `None` if it is."""
    if its.reason is None:
        return None
    if its.reason == "unresolved":
        return _("too many still open: %(share)s have an outcome, %(of)s are needed") % {
            "share": percent(its.resolved or 0),
            "of": percent(RESOLVED),
        }
    return _("not enough: %(n)d of %(of)d") % {"n": its.n, "of": enough}


def undefined(its: Velocity, enough: int) -> str | None:
    """Why there is no velocity; `None` if there is one."""
    match its.reason:
        case None:
            return None
        case "few_won":
            return _("not enough: %(n)d of %(of)d wins") % {"n": its.won, "of": LEAST_WON}
        case "no_value":
            return _("nothing that was won has an amount")
        case "no_cycle":
            return _("the median cycle is unknown or 0 days")
    return _("not enough: %(n)d of %(of)d closed deals") % {"n": its.closed, "of": enough}


def lever(name: Lever) -> str:
    """What a lever of the velocity is called."""
    return {
        "n": lambda: _("deals"),
        "win_rate": lambda: _("win rate"),
        "average_won": lambda: _("average deal"),
        "cycle_days": lambda: _("cycle"),
    }[name]()


def bar(name: Bar) -> str:
    """What a bar of a flow is called."""
    return {
        "new": lambda: pgettext("flow", "new"),
        "pulled_in": lambda: pgettext("flow", "pulled in"),
        "increased": lambda: pgettext("flow", "increased"),
        "decreased": lambda: pgettext("flow", "decreased"),
        "pushed": lambda: pgettext("flow", "pushed out"),
        "lost": lambda: pgettext("flow", "lost"),
        "won": lambda: pgettext("flow", "won"),
        "other": lambda: pgettext("flow", "other"),
    }[name]()
