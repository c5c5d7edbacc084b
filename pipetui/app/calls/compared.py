"""Two calls deal by deal, by what each deal did; the effects sum to the difference of the landings."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content

from pipetui.app.board.cells import width_of
from pipetui.app.calls import telling
from pipetui.app.calls.listed import Item, ListScreen, deal_of, fixed, headed, open_list
from pipetui.app.calls.reading import Held, read_compared, read_held
from pipetui.app.calls.telling import money, number_of
from pipetui.app.commands import COMPARED, bindings
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left, right
from pipetui.app.messages import CanType
from pipetui.deals.errors import Problem
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, labelled, pgettext
from pipetui.pipeline.outlook_compared import WAYS, Compared, Way
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

_AMOUNT = 12


class ComparedScreen(ListScreen[Compared]):
    """What happened between two calls."""

    PLACE = COMPARED
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMPARED)

    def __init__(self, data: Compared, one: str, other: str) -> None:
        super().__init__(data)
        self._which = one, other

    def read(self, pipeline: Pipeline) -> Compared:
        """The same calls."""
        return read_compared(self.app.session.store, pipeline, *self._which)

    def _titles(self) -> tuple[str, str]:
        """What the two are called: by their days, where all else is the same."""
        first, second, pipeline = self.data.first, self.data.second, self.app.pipeline
        if pipeline is None:
            return "", ""
        if (first.period, first.scope) != (second.period, second.scope):
            return telling.call_told(first, pipeline), telling.call_told(second, pipeline)
        days = first.frozen_at.date() != second.frozen_at.date()
        told = format.short_date if days else None
        if told is not None:
            return told(first.frozen_at.date(), pipeline.today), told(second.frozen_at.date(), pipeline.today)
        return (
            format.moment(first.frozen_at, pipeline.today),
            format.moment(second.frozen_at, pipeline.today),
        )

    def named(self) -> Content:
        """Which calls."""
        its = self.data.second
        name = f" {period_told(its.period)} · {scope_told(its.scope)}"
        between = _("from the call of %(first)s to that of %(second)s")
        first, second = self._titles()
        return Content.assemble(
            Content.styled(name, "bold"),
            "   ",
            Content.styled(between % {"first": first, "second": second}, "$muted"),
        )

    # Figures -------------------------------------------------------------------------------------------

    def head(self, width: int) -> list[Row]:
        """What both said, and the difference."""
        first, second = self.data.first, self.data.second
        currency = second.currency
        lines = [
            (phrases.figure("won"), first.totals.won, second.totals.won),
            (phrases.figure("commit"), first.totals.commit, second.totals.commit),
            (phrases.figure("best_case"), first.totals.best_case, second.totals.best_case),
            (phrases.figure("landing"), first.totals.landing, second.totals.landing),
            (_("the manager’s number"), first.number, second.number),
            (phrases.figure("quota"), first.quota, second.quota),
        ]
        if self.is_tight:
            lines = lines[3:5]
        label = max(width_of(name) for name, _one, _other in lines) + 2
        before, after = self._titles()
        rows = [
            Row(
                (
                    left("", label + 1),
                    right(before, _AMOUNT, MUTED),
                    right(after, _AMOUNT, MUTED),
                    right(pgettext("heading", "change"), _AMOUNT, MUTED),
                )
            )
        ]
        for name, one, other in lines:
            change = None if one is None or other is None else other - one
            rows.append(
                Row(
                    (
                        left(f" {name}", label + 1),
                        right(money(one, currency), _AMOUNT, "$money"),
                        right(money(other, currency), _AMOUNT, "$money"),
                        right(
                            "" if change is None else money(change, currency, signed=True), _AMOUNT, "bold"
                        ),
                    )
                )
            )
        return rows if width >= label + 1 + 3 * _AMOUNT else rows[1:]

    # The list ------------------------------------------------------------------------------------------

    def items(self) -> list[Item]:
        """By way, each with what it did to the landing."""
        pipeline, its = self.app.pipeline, self.data
        if pipeline is None:
            return []
        currency = its.second.currency
        found = [
            Item(
                "",
                lambda width: telling.deal_header(width, pgettext("heading", "landing"), _("what happened")),
            )
        ]
        for way in WAYS:
            if changes := its.ways[way]:
                total = sum(change.landing for change in changes)
                found += headed(telling.in_all(way_told(way), len(changes), total, currency))
                found += [self._deal(change, way, pipeline) for change in changes]
        if len(found) == 1:
            return [fixed(Row((Part(" " + _("No deal differs between the two calls."), MUTED),)))]
        found[1:2] = []
        if its.rest:
            found.append(fixed(BLANK))
            rest = money(its.rest, currency, signed=True)
            found.append(fixed(Row((Part(" " + _("other rates of exchange") + f"  {rest}", MUTED),))))
        return found

    def _deal(self, change: Change, way: Way, pipeline: Pipeline) -> Item:
        key, currency = f"deal:{change.deal_id}@{way}", self.data.second.currency
        entry = change.old if way == "out" and change.old is not None else change.entry
        what = telling.differences(change, pipeline) or _("not in the newer call")
        effect = telling.effect(change.landing, currency)
        return Item(
            key,
            lambda width: telling.deal_row(entry, pipeline, currency, key, width, effect=effect, what=what),
        )

    def about(self, key: str) -> list[str]:
        """What happened, in full, and what was said of it in the newer call."""
        pipeline, deal_id = self.app.pipeline, deal_of(key)
        changes = {its.deal_id: its for ways in self.data.ways.values() for its in ways}
        if pipeline is None or deal_id is None or deal_id not in changes:
            return []
        change = changes[deal_id]
        entry = self.data.second.by_deal.get(deal_id) or change.old or change.entry
        told = telling.differences(change, pipeline) or _("not in the newer call")
        if change.landing:
            effect = format.money(change.landing, self.data.second.currency, signed=True)
            told += telling.SEPARATOR + _("landing %(effect)s") % {"effect": effect}
        said = telling.said_of(entry, pipeline)
        return [said[0], labelled(_("what happened"), told), *said[1:]]

    # Other calls ---------------------------------------------------------------------------------------

    @work
    async def action_other(self) -> None:
        """Pick both calls anew."""
        app = self.app
        try:
            held = await app.off_the_loop(lambda: read_held(app.session.store))
        except Problem as problem:
            app.say(str(problem), severity="error")
            return
        one = await self._pick(held, _("Compare the call of"), self._which[0])
        if one is None:
            return
        other = await self._pick(held, _("with the call of"), self._which[1], but=one)
        pipeline = app.pipeline
        if other is None or pipeline is None:
            return
        app.ahead.hold()
        try:
            self.data = await app.off_the_loop(lambda: read_compared(app.session.store, pipeline, one, other))
            self._which = one, other
            self.show()
        except Problem as problem:
            app.say(str(problem), severity="error")
        finally:
            app.post_message(CanType())

    async def _pick(self, held: Held, title: str, current: str, but: str | None = None) -> str | None:
        pipeline = self.app.pipeline
        if pipeline is None:
            return None
        calls = {its.snapshot.id: its.snapshot for its in reversed(held.calls)}
        choices = [
            Choice(
                key,
                telling.call_told(its, pipeline),
                format.short_money(number_of(its), its.currency),
            )
            for key, its in calls.items()
            if key != but
        ]
        return await self.app.push_screen_wait(Pick(title, choices, current=current, in_columns=True))


def way_told(way: Way) -> str:
    """What deals did between two calls."""
    return {
        "won": lambda: pgettext("way", "Won"),
        "in": lambda: pgettext("way", "Came in"),
        "out": lambda: pgettext("way", "Went out"),
        "up": lambda: pgettext("way", "Up"),
        "down": lambda: pgettext("way", "Down"),
        "date": lambda: pgettext("way", "Another date"),
        "amount": lambda: pgettext("way", "Another amount"),
    }[way]()


def open_compared(app: "PipetuiApp", one: str, other: str) -> None:
    """Two frozen calls beside each other."""

    open_list(
        app,
        lambda pipeline: read_compared(app.session.store, pipeline, one, other),
        lambda data: ComparedScreen(data, one, other),
        _("The calls are being read …"),
    )
