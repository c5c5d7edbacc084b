"""What periods, scopes, categories, contradictions and differences between two calls are called."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from pipetui.deals.category import Category
from pipetui.forecast.calls.differing import Difference
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown
from pipetui.language.format import period, short_date, short_money


def period_told(its: Period) -> str:
    """A period as people say it: "Q4 2026", "November 2026", "2026"."""
    return period(its.name)


def scope_told(its: Scope) -> str:
    """Whose forecast it is."""
    return its.owner or its.team or _("everybody")


def category_told(its: Category | str | None) -> str:
    """A forecast category; "—" for none."""
    return "—" if its is None else _CATEGORIES[Category(its)]()


def contradiction_told(name: str) -> str:
    """A fact that speaks against a category, as `calls.gate.contradictions` names it."""
    return _CONTRADICTIONS[name]() if name in _CONTRADICTIONS else name


def difference_told(its: Difference, currency: str, today: date) -> str:
    """One thing that is another now: "pushed out to 15 Jan", "lowered from €40k to €30k".

    Args:
        its: what is different.
        currency: of its amounts.
        today: days of other years are told with their year.
    """
    if its.kind == "pushed":
        times = _count(its.new) - _count(its.old)
        return ngettext("pushed %(n)d time", "pushed %(n)d times", times) % {"n": times}

    def told(value: object) -> str:
        if isinstance(value, date):
            return short_date(value, today)
        if isinstance(value, int):
            return short_money(value, currency)
        if isinstance(value, str) and its.kind in _OF_CATEGORIES:
            return category_told(value)
        return shown(str(value or "—"))

    return _DIFFERENCES[its.kind]() % {"old": told(its.old), "new": told(its.new)}


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


_CATEGORIES: Final[Mapping[Category, Callable[[], str]]] = {
    Category.COMMIT: lambda: _("commit"),
    Category.BEST_CASE: lambda: _("best case"),
    Category.UPSIDE: lambda: _("upside"),
    Category.OMITTED: lambda: _("omitted"),
}
_CONTRADICTIONS: Final[Mapping[str, Callable[[], str]]] = {
    "overdue": lambda: _("close date is past"),
    "weak": lambda: _("weakly qualified"),
    "outside_period": lambda: _("closes outside the period"),
    "pushed": lambda: _("pushed too often"),
    "unpriced": lambda: _("no amount"),
    "no_next_step": lambda: _("no dated next step"),
}
_OF_CATEGORIES: Final = frozenset({"up", "down", "classified", "unclassified"})
_DIFFERENCES: Final[Mapping[str, Callable[[], str]]] = {
    "won": lambda: _("won since"),
    "lost": lambda: _("lost since"),
    "missing": lambda: _("not in the export any more"),
    "nurture": lambda: _("in nurture since"),
    "reopened": lambda: _("reopened"),
    "gone": lambda: _("not in the store any more"),
    "new": lambda: _("new, closes on %(new)s"),
    "pulled_in": lambda: _("pulled in to %(new)s"),
    "pushed_out": lambda: _("pushed out to %(new)s"),
    "undated": lambda: _("without a close date now"),
    "later": lambda: _("later: %(old)s → %(new)s"),
    "earlier": lambda: _("earlier: %(old)s → %(new)s"),
    "raised": lambda: _("raised from %(old)s to %(new)s"),
    "lowered": lambda: _("lowered from %(old)s to %(new)s"),
    "priced": lambda: _("priced at %(new)s"),
    "unpriced": lambda: _("without an amount now"),
    "currency": lambda: _("in another currency: %(old)s → %(new)s"),
    "up": lambda: _("up from %(old)s to %(new)s"),
    "down": lambda: _("down from %(old)s to %(new)s"),
    "classified": lambda: _("classified: %(new)s"),
    "unclassified": lambda: _("no longer classified"),
    "forward": lambda: _("on to the stage %(new)s"),
    "back": lambda: _("back to the stage %(new)s"),
}
