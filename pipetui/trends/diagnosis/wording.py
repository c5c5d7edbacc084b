"""The findings in words: one sentence, its evidence, and one thing to try."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from pipetui.language import _, ngettext
from pipetui.language.format import number, percent, period, short_date, short_money
from pipetui.trends.diagnosis.facts import Finding, Thin


class Told(NamedTuple):
    """A finding as a manager would say it."""

    text: str
    evidence: str
    attempt: str
    """What to try."""


def told(finding: Finding, currency: str, today: date) -> Told:
    """A finding in the language in use."""
    return _WORDS[finding.rule](_Values(finding.values, currency, today))


def lacking(thin: Thin) -> str:
    """What there is too little of: "12 closed deals, 20 are needed"."""
    return _LACKING[thin.kind](thin.n) % {"n": thin.n, "of": thin.of}


def title(rule: str) -> str:
    """What a rule is called in a list."""
    return _TITLES[rule]()


class _Values:
    """The evidence, ready to be written."""

    def __init__(self, values: Mapping[str, Any], currency: str, today: date) -> None:
        self._values = values
        self._currency = currency
        self._today = today

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def percent(self, name: str) -> str:
        return percent(self._values[name])

    def days(self, name: str) -> str:
        return number(self._values[name])

    def times(self, name: str) -> str:
        return _("%(n)s×") % {"n": number(self._values[name], 1)}

    def money(self, name: str) -> str:
        return short_money(self._values[name], self._currency)

    def date(self, name: str) -> str:
        return short_date(self._values[name], self._today)

    def period(self, name: str) -> str:
        return period(self._values[name])


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _discovery(its: _Values) -> Told:
    return Told(
        _("Qualification is where it sticks: only %(rate)s get beyond %(stage)s.")
        % {"rate": its.percent("rate"), "stage": its["stage"]},
        _("%(moved_on)d of %(n)d deals moved on from there; the next lowest stage keeps %(next)s.")
        % {"moved_on": its["moved_on"], "n": its["n"], "next": its.percent("next_lowest")},
        _("Work on discovery: two more questions about the need before a deal is opened."),
    )


def _demo(its: _Values) -> Told:
    before = undecided = ""
    if its["before"] is not None:
        before = _("It was %(share)s in the window before.") % {"share": its.percent("before")}
    if its["told"] and 2 * its["undecided"] >= its["told"]:
        undecided = _("Of the %(told)d lost, %(n)d had no known decision maker.") % {
            "told": its["told"],
            "n": its["undecided"],
        }
    return Told(
        _("Deals die in %(stage)s: %(share)s are lost there.")
        % {"stage": its["stage"], "share": its.percent("loss")},
        _sentences(
            _("%(died)d of the %(n)d deals that came to %(stage)s and have an outcome were lost there.")
            % {"died": its["died"], "n": its["n"], "stage": its["stage"]},
            before,
            undecided,
        ),
        _("Hold no demo without the decision maker in the room, and agree on the next step before it."),
    )


def _creation(its: _Values) -> Told:
    year = need = ""
    if its["created_before"] is not None:
        year = _("%(n)d new deals in 13 weeks, %(before)d in the same weeks a year earlier.") % {
            "n": its["created"],
            "before": its["created_before"],
        }
    if its["needed_a_week"] is not None:
        need = _("%(n)s new deals a week, the quota needs %(needed)s.") % {
            "n": number(its["a_week"], 1),
            "needed": number(its["needed_a_week"], 1),
        }
    elif its["share_of_need"] is not None:
        need = _("What is created is %(share)s of what the quota needs.") % {
            "share": its.percent("share_of_need")
        }
    return Told(
        _("What gets to the end is won, but too little comes in."),
        _sentences(
            _("%(rate)s of the deals in %(stage)s are won.")
            % {"rate": its.percent("rate"), "stage": its["stage"]},
            need,
            year,
        ),
        _("Look upstream: block two half-days a week for prospecting and review the sources."),
    )


def _cycle(its: _Values) -> Told:
    return Told(
        _("Deals take longer and longer: %(now)s days to the win, %(first)s a year ago.")
        % {"now": its.days("now"), "first": its.days("first")},
        _("Median from creation to win, by half-years: %(first)s, %(middle)s, %(now)s days (n = %(n)d).")
        % {"first": its.days("first"), "middle": its.days("middle"), "now": its.days("now"), "n": its["n"]},
        _("Ask what makes it urgent for the buyer, and whether whoever decides has been met."),
    )


def _inflated(its: _Values) -> Told:
    oldest = ""
    if (
        its["oldest"] is not None
        and its["oldest_before"] is not None
        and its["oldest"] > its["oldest_before"]
    ):
        oldest = _("Above 180 days: %(now)s, then %(before)s.") % {
            "now": its.percent("oldest"),
            "before": its.percent("oldest_before"),
        }
    return Told(
        _("The pipeline is swollen: %(share)s of the open deals are older than 90 days.")
        % {"share": its.percent("share")},
        _sentences(
            _("%(old)d of %(open)d open deals, worth %(amount)s; on %(since)s they were %(before)s.")
            % {
                "old": its["old"],
                "open": its["open"],
                "amount": its.money("amount"),
                "since": its.date("since"),
                "before": its.percent("before"),
            },
            oldest,
        ),
        _("Decide on the old ones, one by one and out loud: lost, nurture, or a dated step by the buyer."),
    )


def _fragile(its: _Values) -> Told:
    stale = ""
    if its["without_stale"] is not None:
        stale = _("Without stale deals: %(coverage)s.") % {"coverage": its.times("without_stale")}
    return Told(
        _("%(period)s is on plan, but %(next)s is thin: covered %(coverage)s, %(target)s are needed.")
        % {
            "period": its.period("period"),
            "next": its.period("next"),
            "coverage": its.times("coverage"),
            "target": its.times("target"),
        },
        _sentences(
            _("%(won)s won where %(expected)s were expected by today.")
            % {"won": its.money("won"), "expected": its.money("expected")},
            _("%(open)s open against a quota of %(quota)s, at a win rate of %(rate)s.")
            % {"open": its.money("open"), "quota": its.money("quota"), "rate": its.percent("win_rate")},
            stale,
        ),
        _("Use the good month: put the time that closing no longer takes into new deals for %(next)s.")
        % {"next": its.period("next")},
    )


def _sandbagging(its: _Values) -> Told:
    return Told(
        _("%(owner)s commits too late: %(rate)s of the commits are won.")
        % {"owner": its["owner"], "rate": its.percent("rate")},
        _("%(won)d of %(n)d commits of past calls were won in their period; 80 to 90%% is sound.")
        % {"won": its["won"], "n": its["n"]},
        _("Ask in the next call which best-case deal would be a commit if nothing could go wrong."),
    )


_WORDS: Final[Mapping[str, Callable[[_Values], Told]]] = {
    "discovery": _discovery,
    "demo": _demo,
    "creation": _creation,
    "cycle": _cycle,
    "inflated": _inflated,
    "fragile": _fragile,
    "sandbagging": _sandbagging,
}
_LACKING: Final[Mapping[str, Callable[[int], str]]] = {
    "resolved": lambda n: ngettext(
        "%(n)d deal with a known outcome in the best-known stage, %(of)d are needed for a conversion",
        "%(n)d deals with a known outcome in the best-known stage, %(of)d are needed for a conversion",
        n,
    ),
    "closed": lambda n: ngettext(
        "%(n)d closed deal, %(of)d are needed for a win rate",
        "%(n)d closed deals, %(of)d are needed for a win rate",
        n,
    ),
    "cycles": lambda n: ngettext(
        "%(n)d win in the weakest half-year, %(of)d in each of three are needed to compare cycles",
        "%(n)d wins in the weakest half-year, %(of)d in each of three are needed to compare cycles",
        n,
    ),
    "created": lambda n: ngettext(
        "%(n)d new deal in 13 weeks, %(of)d are needed to judge creation",
        "%(n)d new deals in 13 weeks, %(of)d are needed to judge creation",
        n,
    ),
    "open": lambda n: ngettext(
        "%(n)d open deal of a known age, %(of)d are needed to judge ages",
        "%(n)d open deals of a known age, %(of)d are needed to judge ages",
        n,
    ),
    "commits": lambda n: ngettext(
        "%(n)d commit of one owner in past calls, %(of)d are needed to judge commits",
        "%(n)d commits of one owner in past calls, %(of)d are needed to judge commits",
        n,
    ),
}
_TITLES: Final[Mapping[str, Callable[[], str]]] = {
    "discovery": lambda: _("Low conversion at qualification"),
    "demo": lambda: _("Deals die after the demo"),
    "creation": lambda: _("Too few new deals"),
    "cycle": lambda: _("Longer cycles"),
    "inflated": lambda: _("Swollen pipeline"),
    "fragile": lambda: _("Good month, fragile pipeline"),
    "sandbagging": lambda: _("Commits held back"),
}
