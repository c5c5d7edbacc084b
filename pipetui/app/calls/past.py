"""A frozen call: its figures, what no longer matches, and every deal with what was said of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import BindingType
from textual.content import Content

from pipetui.app.calls import telling
from pipetui.app.calls.listed import Item, ListScreen, deal_of, headed, open_list
from pipetui.app.calls.reading import Past, read_past
from pipetui.app.calls.telling import Pair, money
from pipetui.app.commands import PAST_CALL, bindings
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, Part, Row
from pipetui.app.marks import symbol
from pipetui.app.sheet import wrapped
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, labelled, ngettext, pgettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.calls.minutes import Meant

_GROUPS: Final = ("commit", "best_case", "upside", "unclassified", "omitted", "won")
"""In the order of the call: what was decided comes before what is won."""
_RISKS = 2
"""Lines that the risks may take above the list."""


class PastCallScreen(ListScreen[Past]):
    """What was agreed on, and what became of it."""

    PLACE = PAST_CALL
    BINDINGS: ClassVar[list[BindingType]] = bindings(PAST_CALL)

    def read(self, pipeline: Pipeline) -> Past:
        """The same call; what no longer matches may be something else."""
        return read_past(self.app.session.store, pipeline, self.data.snapshot.id)

    def named(self) -> Content:
        """Which call."""
        its, pipeline = self.data.snapshot, self.app.pipeline
        name = f" {period_told(its.period)} · {scope_told(its.scope)}"
        when = "" if pipeline is None else format.moment(its.frozen_at, pipeline.today)
        parts = [_("frozen %(when)s by %(who)s") % {"when": when, "who": its.by}]
        if its.revision > 1:
            parts.append(_("revision %(n)d") % {"n": its.revision})
        parts.append(its.id)
        return Content.assemble(
            Content.styled(name, "bold"), "   ", Content.styled(telling.SEPARATOR.join(parts), "$muted")
        )

    # Figures -------------------------------------------------------------------------------------------

    def head(self, width: int) -> list[Row]:
        """The frozen figures, and whether they still hold."""
        its = self.data.snapshot
        currency, totals = its.currency, its.totals

        def told(minor: int | None) -> str:
            return money(minor, currency)

        figures = [
            Pair(phrases.figure("won"), told(totals.won)),
            Pair(phrases.figure("commit"), told(totals.commit)),
            Pair(phrases.figure("best_case"), told(totals.best_case)),
            Pair(phrases.figure("upside"), told(totals.upside)),
            Pair(phrases.figure("unclassified"), told(totals.unclassified)),
            Pair(phrases.figure("landing"), told(totals.landing)),
            Pair(_("the manager’s number"), told(its.number)),
            Pair(phrases.figure("quota"), told(its.quota)),
        ]
        if its.quota is not None:
            figures.append(Pair(_("gap"), money(totals.landing - its.quota, currency, signed=True), "bold"))
        if totals.landing != its.rep_totals.landing:
            figures.append(Pair(_("landing by the reps"), told(its.rep_totals.landing)))
        if its.range is not None:
            figures.append(
                Pair(
                    "P50 · P10–P90",
                    f"{told(its.range.p50)} · {phrases.span(its.range.p10, its.range.p90, currency)}",
                )
            )
            if its.range.p_quota is not None:
                figures.append(Pair(_("P(≥ quota)"), format.percent(its.range.p_quota)))
        rows = telling.pairs(figures, width)
        rows.append(self._match())
        if its.risks:
            lines = wrapped(labelled(_("risks"), its.risks), width - 2)
            rows += [Row((Part(f" {line}"),)) for line in lines[:_RISKS]]
        return rows

    def _match(self) -> Row:
        its, drift = self.data.snapshot, self.data.drift
        if self.data.is_over:
            return Row((Part(" " + _("The period is over: accuracy says what became of it."), MUTED),))
        if drift.matches and not drift.joined:
            return Row((Part(" ✓ " + _("Still what its deals say."), "$good"),))
        parts = []
        if drift.left:
            n = len(drift.left)
            parts.append(ngettext("%(n)d deal has left it", "%(n)d deals have left it", n) % {"n": n})
        if drift.joined:
            n = len(drift.joined)
            parts.append(ngettext("%(n)d came in", "%(n)d came in", n) % {"n": n})
        effect = format.short_money(drift.landing, its.currency, signed=True)
        parts.append(_("landing %(effect)s") % {"effect": effect})
        said = labelled(_("No longer matches"), telling.SEPARATOR.join(parts))
        return Row((Part(f" {symbol(Severity.MEDIUM)} ", "$flag-medium"), Part(said, "bold")))

    # The list ------------------------------------------------------------------------------------------

    def items(self) -> list[Item]:
        """What left the call, what came in, then its deals by category."""
        pipeline, drift = self.app.pipeline, self.data.drift
        if pipeline is None:
            return []
        found = [
            Item(
                "",
                lambda width: telling.deal_header(width, pgettext("heading", "landing"), _("since the call")),
            )
        ]
        if not self.data.is_over:
            found += self._changes(_("No longer matches"), drift.left, pipeline, "left")
            found += self._changes(_("Came in since"), drift.joined, pipeline, "joined")
        since = {} if self.data.is_over else {change.deal_id: change for change in drift.left}
        groups: dict[str, list[CallEntry]] = {}
        for entry in self.data.snapshot.entries:
            groups.setdefault(_group(entry), []).append(entry)
        for name in _GROUPS:
            if name in groups:
                found += self._group(name, groups[name], since, pipeline)
        return found[:1] + found[2:] if len(found) > 1 else found

    def _changes(self, title: str, changes: Iterable[Change], pipeline: Pipeline, mark: str) -> list[Item]:
        its = list(changes)
        if not its:
            return []
        currency = self.data.snapshot.currency
        total = sum(change.landing for change in its)
        head = telling.in_all(title, len(its), total, currency)
        return [*headed(head), *(self._change(change, pipeline, mark) for change in its)]

    def _change(self, change: Change, pipeline: Pipeline, mark: str) -> Item:
        key, currency = f"deal:{change.deal_id}@{mark}", self.data.snapshot.currency
        what = telling.differences(change, pipeline)
        effect = telling.effect(change.landing, currency)
        entry = change.old or change.entry
        return Item(
            key,
            lambda width: telling.deal_row(entry, pipeline, currency, key, width, effect=effect, what=what),
        )

    def _group(
        self, name: str, entries: list[CallEntry], since: dict[int, Change], pipeline: Pipeline
    ) -> list[Item]:
        currency = self.data.snapshot.currency
        entries.sort(key=lambda its: (its.worth is None, -(its.worth or 0), its.name.casefold()))
        total = sum(its.worth or 0 for its in entries)
        parts = [phrases.figure(name), phrases.deals(len(entries))]
        if total:  # unpriced deals have none
            parts.append(money(total, currency))
        head = telling.SEPARATOR.join(parts)
        return [*headed(head), *(self._deal(its, since.get(its.deal_id), pipeline) for its in entries)]

    def _deal(self, entry: CallEntry, change: Change | None, pipeline: Pipeline) -> Item:
        key, currency = f"deal:{entry.deal_id}", self.data.snapshot.currency
        said = entry.said
        what = said.condition or said.override_reason or said.reason or said.note
        effect = ""
        if change is not None:
            what, effect = telling.differences(change, pipeline), telling.effect(change.landing, currency)
        return Item(
            key,
            lambda width: telling.deal_row(entry, pipeline, currency, key, width, effect=effect, what=what),
        )

    def about(self, key: str) -> list[str]:
        """What was said of the deal, and what is different now."""
        pipeline, deal_id = self.app.pipeline, deal_of(key)
        if pipeline is None or deal_id is None:
            return []
        change = next(
            (its for its in (*self.data.drift.left, *self.data.drift.joined) if its.deal_id == deal_id), None
        )
        entry = self.data.snapshot.by_deal.get(deal_id) or (change.entry if change else None)
        found = [] if entry is None else telling.said_of(entry, pipeline)
        if change is not None and not self.data.is_over:
            told = telling.differences(change, pipeline)
            if change.landing:
                effect = format.money(change.landing, self.data.snapshot.currency, signed=True)
                told += telling.SEPARATOR + _("landing %(effect)s") % {"effect": effect}
            found.insert(1, labelled(_("since the call"), told))
        return found

    # What can be done ----------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """The call before, or after."""
        there = self.data.beside(step)
        if there is None:
            self.app.say(
                _("There is no call after this one.") if step > 0 else _("There is no call before this one.")
            )
        else:
            self._go(there.snapshot.id)

    @work
    async def _go(self, snapshot_id: str) -> None:
        from pipetui.app.messages import CanType
        from pipetui.deals.errors import Problem

        app, pipeline = self.app, self.app.pipeline
        if pipeline is None:
            return
        app.ahead.hold()
        try:
            self.data = await app.off_the_loop(lambda: read_past(app.session.store, pipeline, snapshot_id))
            self.show()
        except Problem as problem:
            app.say(str(problem), severity="error")
        finally:
            app.post_message(CanType())

    def action_compare(self) -> None:
        """With the call before."""
        from pipetui.app.calls.compared import open_compared

        before = self.data.beside(-1)
        if before is None:
            self.app.say(_("There is no call before this one."))
        else:
            open_compared(self.app, before.snapshot.id, self.data.snapshot.id)

    @work
    async def action_copy(self) -> None:
        """The minutes, as Markdown, into the clipboard of the terminal."""
        from pipetui.app.calls.minutes import copy_minutes

        await copy_minutes(self.app, self._meant)

    @work
    async def action_write(self) -> None:
        """The minutes, into a file."""
        from pipetui.app.calls.minutes import write_minutes

        await write_minutes(self.app, self._meant)

    @property
    def _meant(self) -> "Meant":
        from pipetui.app.calls.minutes import Meant

        its = self.data.snapshot
        return Meant(self.data.call.call_id, its.id, its.period.name, its.frozen_at.date())


def _group(entry: CallEntry) -> str:
    if entry.state == "won":
        return "won"
    return "unclassified" if entry.category is None else entry.category.value


def open_past(app: "PipetuiApp", snapshot_id: str) -> None:
    """A frozen call."""

    open_list(
        app,
        lambda pipeline: read_past(app.session.store, pipeline, snapshot_id),
        PastCallScreen,
        _("The call is being read …"),
    )
