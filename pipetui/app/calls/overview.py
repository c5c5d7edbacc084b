"""The calls held on a period: their numbers as a chart, one to open, two to compare."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from pipetui.app.calls.chart import Point, columns
from pipetui.app.calls.compared import open_compared
from pipetui.app.calls.listed import Item, ListScreen, open_list, sentence
from pipetui.app.calls.past import open_past
from pipetui.app.calls.reading import Held, read_held
from pipetui.app.calls.telling import money, number_of
from pipetui.app.commands import CALLS, FORECAST, bindings, of_place
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, Part, Row, left, right
from pipetui.app.keymap import key_of
from pipetui.app.marks import has_unicode
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, pgettext
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.store.calls import Frozen

_SMALL, _LARGE = 8, 12
"""Rows of the chart."""
_AMOUNT = 11


class CallsScreen(ListScreen[Held]):
    """What was said, call by call."""

    PLACE = CALLS
    BINDINGS: ClassVar[list[BindingType]] = bindings(CALLS)
    DETAIL = (0, 0)

    def __init__(self, data: Held, period: Period, scope: Scope) -> None:
        super().__init__(data)
        self._period = period
        self._scope = scope
        self._all = not data.of(period, scope) and bool(data.calls)
        """Whether the calls of all periods and scopes are listed."""
        self._marked: str | None = None

    def read(self, pipeline: Pipeline) -> Held:  # noqa: ARG002 - what was frozen stays as it is
        """The calls."""
        return read_held(self.app.session.store)

    @property
    def _listed(self) -> "tuple[Frozen, ...]":
        return self.data.calls if self._all else self.data.of(self._period, self._scope)

    def named(self) -> Content:
        """Whose calls, on what."""
        name = f"{period_told(self._period)} · {scope_told(self._scope)}"
        return Content.assemble(
            Content.styled(" " + _("Previous calls"), "bold"), "   ", Content.styled(name, "$muted")
        )

    # The chart -----------------------------------------------------------------------------------------

    def head(self, width: int) -> list[Row]:
        """Landing and number of each call against the quota."""
        calls = self._line
        if not calls:
            return []
        currency, quota = calls[-1].snapshot.currency, calls[-1].snapshot.quota
        points = [
            Point(_day(its, self.app.session.today), its.snapshot.totals.landing, its.snapshot.number)
            for its in calls
        ]
        height = _SMALL if self.is_tight else _LARGE
        chart = columns(points, quota, width, height, lambda amount: format.short_money(amount, currency))
        block, mark, rule = "█●┄" if has_unicode() else "#o-"
        legend = [Part(" "), Part(block, "$primary"), Part(" " + _("landing (won + commit)") + "   ", MUTED)]
        if any(its.snapshot.number is not None for its in calls):
            legend += [Part(mark, "bold"), Part(" " + _("the manager’s number") + "   ", MUTED)]
        if quota is not None:
            legend += [Part(rule, "$accent"), Part(f" {phrases.figure('quota')}", MUTED)]
        return [*chart, Row(tuple(legend))]

    @property
    def _line(self) -> "list[Frozen]":
        """The calls of the period as they were frozen last."""
        replaced = self.data.replaced()
        return [its for its in self.data.of(self._period, self._scope) if its.snapshot.id not in replaced]

    # The list ------------------------------------------------------------------------------------------

    def items(self) -> list[Item]:
        """The newest first."""
        if not self._listed:
            key = next(its for its in of_place(FORECAST) if its.id == "forecast.call")
            said = _("No forecast call was frozen yet. One is begun in Forecast with %(key)s.")
            return [sentence(said % {"key": key_of(key, self.app.keymap_in_use)}, MUTED, indent=1)]
        replaced = self.data.replaced()
        calls = list(self._listed)
        found = [Item("", lambda width: _header(width, whose=self._all))]
        for its in reversed(calls):
            before = self._before(its)
            found.append(self._item(its, before, is_replaced=its.snapshot.id in replaced))
        return found

    def _before(self, its: "Frozen") -> "Frozen | None":
        """The call that was held before on the same period and scope."""
        line = self.data.of(its.snapshot.period, its.snapshot.scope)
        at = line.index(its)
        return line[at - 1] if at else None

    def _item(self, its: "Frozen", before: "Frozen | None", *, is_replaced: bool) -> Item:
        is_marked = its.snapshot.id == self._marked
        today = self.app.session.today
        key = f"call:{its.snapshot.id}"
        whose = self._all

        def make(width: int) -> Row:
            one = its.snapshot
            mark = ("◆ " if has_unicode() else "* ") if is_marked else "  "
            when = format.moment(one.frozen_at, today)
            if one.revision > 1:
                when += " " + pgettext("short", "rev. %(n)d") % {"n": one.revision}
            style = MUTED if is_replaced else ""
            parts = [Part(mark, "$accent bold"), left(when, _WHEN, style)]
            if whose:
                name = f"{period_told(one.period)} · {scope_told(one.scope)}"
                parts.append(left(name, _whose(width), style))
            since = "" if before is None else money(_since(one, before), one.currency, signed=True)
            range_ = one.range
            gap = None if one.quota is None else one.totals.landing - one.quota
            cells = [
                (money(one.number, one.currency), "$money bold"),
                (since, ""),
                (money(one.totals.landing, one.currency), "$money"),
                (money(gap, one.currency, signed=True), MUTED),
                (money(one.totals.best_case, one.currency), MUTED),
            ]
            parts += [right(text, _AMOUNT, style_) for text, style_ in cells[: _fits(width, whose=whose)]]
            if range_ is not None and width >= _FOR_RANGE + _whose(width) * whose:
                span = phrases.span(range_.p10, range_.p90, one.currency)
                parts.append(right(span, 16, MUTED))
            if is_replaced:
                parts.append(Part("  " + _("frozen anew later"), MUTED))
            return Row(tuple(parts), key)

        return Item(key, make)

    # What can be done ----------------------------------------------------------------------------------

    @property
    def _here(self) -> str | None:
        kind, _colon, name = self.key.partition(":")
        return name if kind == "call" else None

    def enter(self, key: str) -> None:  # noqa: ARG002 - there is one way only
        """The call under the cursor."""
        if (here := self._here) is not None:
            open_past(self.app, here)

    def action_mark(self) -> None:
        """The call that is compared with others, until it is marked again."""
        if (here := self._here) is not None:
            self._marked = None if here == self._marked else here
            self.show()

    def action_compare(self) -> None:
        """The call under the cursor with the marked one, else with the one before it."""
        here, other = self._here, self._marked
        if here is None:
            return
        if other is None or other == here:
            its = next(its for its in self.data.calls if its.snapshot.id == here)
            before = self._before(its)
            other = None if before is None else before.snapshot.id
        if other is None:
            self.app.say(_("There is no call before this one: mark another one to compare it with."))
        else:
            open_compared(self.app, other, here)

    def action_toggle_all(self) -> None:
        """Calls of all periods and scopes, or of the one looked at."""
        self._all = not self._all
        self.show()


_WHEN = 20
_FOR_RANGE = 2 + _WHEN + 5 * _AMOUNT + 16


def _whose(width: int) -> int:
    return 22 if width < 100 else 32


def _fits(width: int, *, whose: bool) -> int:
    """How many amounts there is room for."""
    return max(2, min(5, (width - 2 - _WHEN - (_whose(width) if whose else 0)) // _AMOUNT))


def _header(width: int, *, whose: bool) -> Row:
    parts = [left("  " + pgettext("heading", "frozen"), 2 + _WHEN, MUTED)]
    if whose:
        parts.append(left(_("period, whose"), _whose(width), MUTED))
    names = (
        pgettext("heading", "number"),
        pgettext("heading", "change"),
        pgettext("heading", "landing"),
        _("gap"),
        phrases.figure("best_case"),
    )
    parts += [right(name, _AMOUNT, MUTED) for name in names[: _fits(width, whose=whose)]]
    if width >= _FOR_RANGE + _whose(width) * whose:
        parts.append(right("P10–P90", 16, MUTED))
    return Row(tuple(parts), stays=True)


def _since(one: Snapshot, before: "Frozen") -> int:
    return number_of(one) - number_of(before.snapshot)


def _day(its: "Frozen", today: date) -> str:
    return format.short_date(its.snapshot.frozen_at.date(), today)


def open_calls(app: "PipetuiApp", period: Period, scope: Scope) -> None:
    """The calls held on a period of a scope."""
    open_list(
        app,
        lambda _pipeline: read_held(app.session.store),
        lambda data: CallsScreen(data, period, scope),
        _("The previous calls are being read …"),
    )
