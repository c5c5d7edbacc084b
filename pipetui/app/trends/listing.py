"""The deals behind a point: what they are worth, how they stand today, to be opened one after the other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content

from pipetui.app.board.cells import cut
from pipetui.app.calls.listed import Item, ListScreen
from pipetui.app.commands import TRENDS_DEALS, bindings
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, LazyRows, Part, Row, left, right
from pipetui.app.trends.shown import Spot
from pipetui.deals.deal import Deal
from pipetui.language import _, format, pgettext
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

_AMOUNT, _HOW, _OWNER, _GAP = 10, 20, 16, 2


class Behind(NamedTuple):
    """A point and where it stands."""

    spot: Spot
    where: str
    """View and cut."""
    among: tuple[int, ...] = ()
    """The deals that follow each other where each point is one."""


class SpotScreen(ListScreen[Behind]):
    """The deals behind a point."""

    PLACE = TRENDS_DEALS
    BINDINGS: ClassVar[list[BindingType]] = bindings(TRENDS_DEALS)
    DETAIL = (0, 0)

    def read(self, pipeline: Pipeline) -> Behind:  # noqa: ARG002 - the point stays, its deals are told anew
        """The same."""
        return self.data

    def named(self) -> Content:
        """Which point, how many deals, what they are worth."""
        pipeline, spot = self.app.pipeline, self.data.spot
        its = [] if pipeline is None else ordered(spot, pipeline)
        count = phrases.deals(len(its))
        if pipeline is not None:
            count += " · " + format.money(whole(spot, its, pipeline), pipeline.currency)
        return Content.assemble(
            Content.styled(f" {cut(spot.name, 60)}", "bold"),
            f"   {count}   ",
            Content.styled(self.data.where, "$muted"),
        )

    def head(self, width: int) -> list[Row]:
        """What the columns hold."""
        return [header(width, self.data.spot)]

    def items(self) -> list[Item]:
        """The largest first."""
        pipeline, spot = self.app.pipeline, self.data.spot
        if pipeline is None:
            return []
        return [_item(deal, spot, pipeline) for deal in ordered(spot, pipeline)]


def _item(deal: Deal, spot: Spot, pipeline: Pipeline) -> Item:
    return Item(f"deal:{deal.id}", lambda width: row(deal, spot, pipeline, width))


def ordered(spot: Spot, pipeline: Pipeline) -> list[Deal]:
    """The deals that are still in the store, by what they add or are worth, the largest first."""
    found = [pipeline.deals[deal_id] for deal_id in spot.deals if deal_id in pipeline.deals]
    return sorted(found, key=lambda deal: (-abs(_worth(deal, spot, pipeline)), deal.name.casefold()))


def whole(spot: Spot, deals: Sequence[Deal], pipeline: Pipeline) -> int:
    """What they are worth together, in minor units of the reporting currency."""
    return sum(_worth(deal, spot, pipeline) for deal in deals)


def _worth(deal: Deal, spot: Spot, pipeline: Pipeline) -> int:
    if spot.amounts is not None:
        return spot.amounts.get(deal.id, 0)
    if deal.amount is None:
        return 0
    rates = pipeline.playbook.conversion
    return rates.convert(deal.amount, deal.currency or rates.currency) or 0


def rows(spot: Spot, pipeline: Pipeline, width: int) -> Sequence[Row]:
    """The deals beside the view, without a cursor."""
    its = ordered(spot, pipeline)
    said = f"{phrases.deals(len(its))} · {format.short_money(whole(spot, its, pipeline), pipeline.currency)}"
    title = [
        Row((left(f" {spot.name}", width, "bold"),)),
        Row((Part(f" {said}", MUTED),)),
        header(width, spot),
    ]

    def make(at: int) -> Row:
        if at < len(title):
            return title[at]
        return row(its[at - len(title)], spot, pipeline, width)._replace(key="")

    return LazyRows(len(title) + len(its), make)


class _Sizes(NamedTuple):
    name: int
    account: int
    owner: int
    how: int


def _sizes(width: int) -> _Sizes:
    how = _HOW if width >= 56 else 12
    owner = _OWNER + _GAP if width >= 90 else 0
    rest = width - 1 - _AMOUNT - _GAP - how - owner
    account = rest * 2 // 5 if width >= 76 else 0
    return _Sizes(max(8, rest - account), account, owner, how)


def header(width: int, spot: Spot) -> Row:
    """What the columns hold."""
    its = _sizes(width)
    amount = _("amount") if spot.amounts is None else _("it adds")
    parts = [left(" " + pgettext("heading", "deal"), its.name + 1, MUTED)]
    if its.account:
        parts.append(left("  " + _("account"), its.account, MUTED))
    if its.owner:
        parts.append(left("  " + _("owner"), its.owner, MUTED))
    parts += [right(amount, _AMOUNT, MUTED), left("  " + _("today"), its.how + _GAP, MUTED)]
    return Row(tuple(parts), stays=True)


def row(deal: Deal, spot: Spot, pipeline: Pipeline, width: int) -> Row:
    """One deal."""
    its = _sizes(width)
    parts = [left(f" {deal.name}", its.name + 1)]
    if its.account:
        parts.append(left(f"  {deal.account}", its.account, MUTED))
    if its.owner:
        parts.append(left(f"  {deal.owner}", its.owner, MUTED))
    parts.append(right(_amount(deal, spot, pipeline), _AMOUNT, "$money"))
    parts.append(left(f"  {_how(deal, pipeline)}", its.how + _GAP, _STYLES.get(deal.status, "")))
    return Row(tuple(parts), f"deal:{deal.id}")


_STYLES = {"won": "$good", "lost": MUTED}


def _amount(deal: Deal, spot: Spot, pipeline: Pipeline) -> str:
    if spot.amounts is not None:
        return format.short_money(spot.amounts.get(deal.id, 0), pipeline.currency, signed=True)
    if deal.amount is None:
        return "—"
    return format.short_money(deal.amount, deal.currency or pipeline.currency)


def _how(deal: Deal, pipeline: Pipeline) -> str:
    """How it stands today: its stage, or when it was won or lost."""
    if deal.status == "open":
        return pipeline.stages[deal.stage_id].name
    words: dict[str, Callable[[], str]] = {
        "won": lambda: pgettext("deal", "won"),
        "lost": lambda: pgettext("deal", "lost"),
    }
    day = "" if deal.settled_on is None else format.short_date(deal.settled_on, pipeline.today)
    return f"{words[deal.status]()} {day}".rstrip()


def open_spot(app: "PipetuiApp", behind: Behind) -> None:
    """The deals behind a point; a single one opens itself."""
    pipeline = app.pipeline
    if pipeline is None:
        return
    its = ordered(behind.spot, pipeline)
    if not its:
        app.say(_("No deal is behind this figure."))
    elif len(its) == 1:
        among = [deal_id for deal_id in behind.among if deal_id in pipeline.deals]
        app.open_deal(its[0], among if its[0].id in among else [its[0].id])
    else:
        app.push_screen(SpotScreen(behind))
