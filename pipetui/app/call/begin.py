"""The dialog that begins a call: whose, and how long the meeting is."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.dialogs.pick import Choice, Line
from pipetui.app.forecast import phrases
from pipetui.forecast.calls.agenda import SECONDS_A_DEAL
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.store.calls import Call, open_call

LONGEST = 600
"""Minutes."""


class Offer(NamedTuple):
    """A call that can be begun, gone on with, or reopened."""

    scope: Scope
    deals: int
    """Open ones due in the period."""
    going_on: Call | None = None
    reopens: Call | None = None


def offers(pipeline: Pipeline, period: Period, calls: Sequence[Call]) -> list[Offer]:
    """Everybody's, each team's and each owner's; then what was frozen last and can be reopened."""
    teams: dict[str, int] = {}
    owners: dict[str, int] = {}
    for deal in pipeline.deals.values():
        if deal.counts and deal.close_date in period:
            owners[deal.owner] = owners.get(deal.owner, 0) + 1
            teams[deal.team] = teams.get(deal.team, 0) + 1
    found = [Scope()]
    found += [Scope(team=name) for name in _named(teams)]
    found += [Scope(owner=name) for name in _named(owners)]
    counts = {Scope(): sum(owners.values())}
    counts |= {Scope(team=name): count for name, count in teams.items() if name}
    counts |= {Scope(owner=name): count for name, count in owners.items() if name}
    begun = [Offer(its, counts.get(its, 0), open_call(calls, period.name, its)) for its in found]
    newest = {its.scope: its for its in calls if its.period == period.name}
    return begun + [
        Offer(scope, counts.get(scope, 0), reopens=call) for scope, call in newest.items() if call.is_frozen
    ]


def _named(names: Iterable[str]) -> list[str]:
    return sorted((name for name in names if name), key=str.casefold)


class Begin(Dialog[tuple[Offer, int]]):
    """Up and down choose whose call it is, digits how many minutes it has."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

    def __init__(self, offers: Sequence[Offer], period: Period, scope: Scope, minutes: int) -> None:
        title = _("Forecast call on %(period)s: whose?") % {"period": period_told(period)}
        super().__init__(title, _("↑ ↓ choose · digits: minutes · enter begins · esc never mind"))
        self._offers = offers
        self._minutes = minutes
        self._at = next((at for at, its in enumerate(offers) if its.scope == scope), 0)

    def compose_body(self) -> ComposeResult:
        """The scopes, and the minutes."""
        yield OptionList(*(Option(Line(_choice(its))) for its in self._offers), markup=False)
        with Horizontal(classes="line"):
            yield Static(_("Minutes") + " ", classes="label", markup=False)
            yield Box(str(self._minutes), restrict=r"\d{0,3}", id="minutes")
            yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """At the scope that the figures are of."""
        options = self.query_one(OptionList)
        options.can_focus = False
        options.highlighted = self._at
        self._tell()

    def action_move(self, step: int) -> None:
        """Another scope."""
        self._at = max(0, min(len(self._offers) - 1, self._at + step))
        self.query_one(OptionList).highlighted = self._at
        self._tell()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def _tell(self) -> None:
        """How long it takes at 90 seconds a deal."""
        its, minutes = self._offers[self._at], self._typed_minutes
        if minutes is None:
            told = _("Say how many minutes the meeting has.")
        else:
            needed = -(-its.deals * SECONDS_A_DEAL // 60)
            told = _("%(deals)s take %(n)s min at %(seconds)s s each") % {
                "deals": phrases.deals(its.deals),
                "n": format.number(needed),
                "seconds": SECONDS_A_DEAL,
            }
        self.query_one(".said", Static).update(told, layout=False)

    @property
    def _typed_minutes(self) -> int | None:
        text = self.query_one(Input).value
        return int(text) if text and 0 < int(text) <= LONGEST else None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._at = event.option_index
        self._take()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def _take(self) -> None:
        minutes = self._typed_minutes
        if minutes is not None:
            self.dismiss((self._offers[self._at], minutes))


def _choice(its: Offer) -> Choice:
    label = scope_told(its.scope)
    if its.scope.team:
        label = _("team %(name)s") % {"name": its.scope.team}
    detail = ngettext("%(n)s open deal", "%(n)s open deals", its.deals) % {"n": format.number(its.deals)}
    if its.going_on is not None:
        detail = _("goes on, begun by %(who)s") % {"who": its.going_on.by}
    if its.reopens is not None:
        newest = its.reopens.revisions[-1]
        label = _("reopen: %(whose)s") % {"whose": label}
        detail = _("frozen on %(day)s") % {"day": format.moment(newest.at, newest.at.date())}
    return Choice("", label, detail)
