"""The deals behind a figure of the accuracy: what was forecast of them, and what became of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content

from pipetui.app.calls import telling
from pipetui.app.calls.listed import Item, ListScreen, deal_of, headed
from pipetui.app.commands import ACCURACY_DEALS, bindings
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, Part, Row
from pipetui.deals.deal import Deal
from pipetui.forecast.accuracy.commits import Conversion, Fate
from pipetui.forecast.accuracy.slippage import Slippage
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.periods import Period
from pipetui.forecast.wording import category_told, period_told
from pipetui.language import _, format, labelled, pgettext
from pipetui.pipeline.outlook_calls import entry
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class Became(NamedTuple):
    """One deal in a list."""

    entry: CallEntry
    what: str
    mark: str = ""
    """What tells its line from others of the same deal."""


class Group(NamedTuple):
    """Deals below a heading."""

    title: str
    deals: tuple[Became, ...]


class Fates(NamedTuple):
    """What a list holds."""

    title: str
    said: str
    groups: tuple[Group, ...]


class BecameScreen(ListScreen[Fates]):
    """Deals and what became of them."""

    PLACE = ACCURACY_DEALS
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACCURACY_DEALS)
    DETAIL = (2, 4)

    def read(self, pipeline: Pipeline) -> Fates:  # noqa: ARG002 - what has become of them stays
        """The same."""
        return self.data

    def named(self) -> Content:
        """Which figure."""
        return Content.styled(f" {self.data.title}", "bold")

    def head(self, width: int) -> list[Row]:  # noqa: ARG002 - one line for every width
        """What the list says."""
        return [Row((Part(f" {self.data.said}", MUTED),))] if self.data.said else []

    def items(self) -> list[Item]:
        """By what became of them."""
        pipeline = self.app.pipeline
        if pipeline is None:
            return []
        found = [Item("", lambda width: telling.deal_header(width, "", _("what became of it")))]
        for group in self.data.groups:
            if group.deals:
                found += headed(f"{group.title} · {phrases.deals(len(group.deals))}")
                found += [self._deal(its, pipeline) for its in group.deals]
        found[1:2] = []
        return found

    @staticmethod
    def _deal(its: Became, pipeline: Pipeline) -> Item:
        key = f"deal:{its.entry.deal_id}@{its.mark}"
        currency = pipeline.currency
        return Item(
            key, lambda width: telling.deal_row(its.entry, pipeline, currency, key, width, what=its.what)
        )

    def about(self, key: str) -> list[str]:
        """The deal in full."""
        pipeline, deal_id = self.app.pipeline, deal_of(key)
        if pipeline is None or deal_id is None:
            return []
        every = (its for group in self.data.groups for its in group.deals)
        found = next((its for its in every if key == f"deal:{its.entry.deal_id}@{its.mark}"), None)
        if found is None:
            return []
        said = telling.said_of(found.entry, pipeline)
        return [said[0], found.what, *said[1:]]


def fates_of_commits(owner: str, its: Conversion, pipeline: Pipeline) -> Fates:
    """What became of the commits of a rep that were not won, and what was won from outside."""
    groups = [
        Group(
            _fate(fate),
            tuple(_miss(miss.period, miss.entry, pipeline) for miss in its.misses if miss.fate == fate),
        )
        for fate in _FATES
    ]
    outside = tuple(
        Became(
            entry(pipeline.deals[win.deal_id], pipeline, _any(pipeline)),
            _outside(win.period, win.category, win.was_in_call, pipeline),
            f"out-{win.period}",
        )
        for win in its.outside
        if win.deal_id in pipeline.deals
    )
    groups.append(Group(_("won from outside the commits"), outside))
    said = _("%(won)d of %(n)d commits were won.") % {"won": its.won, "n": its.n}
    name = owner or _("nobody (unassigned)")
    return Fates(labelled(_("Commits"), name), said, tuple(groups))


_FATES: tuple[Fate, ...] = ("slipped", "lost", "open")


def _fate(fate: Fate) -> str:
    return {
        "won": lambda: phrases.figure("won"),
        "slipped": lambda: _("slipped"),
        "lost": lambda: _("lost"),
        "open": lambda: _("still open"),
    }[fate]()


def _any(pipeline: Pipeline) -> Period:
    from pipetui.forecast.periods import quarter

    return quarter(pipeline.today, pipeline.playbook.fiscal_year_start)


def _miss(period: str, its: CallEntry, pipeline: Pipeline) -> Became:
    deal = pipeline.deals.get(its.deal_id)
    return Became(its, labelled(_period(period, pipeline), _now(deal, pipeline)), period)


def _outside(period: str, category: object, was_in_call: bool, pipeline: Pipeline) -> str:
    told = _("not in the call") if not was_in_call else category_told(str(category) if category else None)
    return labelled(_period(period, pipeline), told)


def _period(name: str, pipeline: Pipeline) -> str:
    return period_told(Period.parse(name, pipeline.playbook.fiscal_year_start))


def _now(deal: Deal | None, pipeline: Pipeline) -> str:
    """How a deal stands today."""
    if deal is None:
        return _("not in the store any more")
    today = pipeline.today
    if deal.status != "open":
        day = "" if deal.settled_on is None else format.short_date(deal.settled_on, today)
        word = phrases.figure("won") if deal.status == "won" else _("lost")
        return f"{word} {day}".rstrip()
    if deal.close_date is None:
        return _("open, without a close date")
    return pgettext("deal", "open, due %(day)s") % {"day": format.short_date(deal.close_date, today)}


def slipped_of(period: Period, its: Slippage, pipeline: Pipeline) -> Fates:
    """What was due in a period and slipped."""
    deals = _told(its.slipped, period, pipeline)
    said = _("Due when the period began, neither won nor lost when it ended.")
    return Fates(labelled(_("Slipped out of"), period_told(period)), said, (Group(_("slipped"), deals),))


def won_in(period: Period, deals: Iterable[Deal], pipeline: Pipeline) -> Fates:
    """What was won in a period."""
    its = sorted(deals, key=lambda deal: (deal.amount is None, -(deal.amount or 0), deal.name.casefold()))
    group = Group(phrases.figure("won"), _told(its, period, pipeline))
    return Fates(labelled(phrases.figure("won"), period_told(period)), "", (group,))


def _told(deals: Iterable[Deal], period: Period, pipeline: Pipeline) -> tuple[Became, ...]:
    return tuple(
        Became(entry(deal, pipeline, period), _now(pipeline.deals.get(deal.id), pipeline), period.name)
        for deal in deals
    )


def open_became(app: "PipetuiApp", fates: Fates) -> None:
    """The deals, or that there are none."""
    if any(group.deals for group in fates.groups):
        app.push_screen(BecameScreen(fates))
    else:
        app.say(_("No deal is behind this figure."))
