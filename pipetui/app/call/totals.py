"""The live totals: both sides' categories, the quota, the range, and what this very deal changes."""

from pipetui.app.board.cells import width_of
from pipetui.app.call.desk import Desk
from pipetui.app.forecast import bars, phrases
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left, right
from pipetui.app.marks import has_unicode
from pipetui.forecast.calls.odds import Odds
from pipetui.forecast.calls.snapshot import CallTotals
from pipetui.forecast.wording import period_told
from pipetui.language import _, format

GROUPS = ("won", "commit", "best_case", "upside")
_VALUE = 12


def _up_to(totals: CallTotals, group: str) -> int:
    """What a group and the surer ones before it come to."""
    return sum(getattr(totals, name) for name in GROUPS[: GROUPS.index(group) + 1])


def _money(minor: int | None, desk: Desk) -> str:
    return "—" if minor is None else format.short_money(minor, desk.pipeline.currency)


def _exact(minor: int | None, desk: Desk) -> str:
    """To the unit, so that one sees what a deal changes; in short where there is no room."""
    if minor is None:
        return "—"
    told = format.whole_money(minor, desk.pipeline.currency)
    return told if width_of(told) < _VALUE else _money(minor, desk)


def panel(desk: Desk, odds: Odds | None, width: int, *, learning: bool) -> list[Row]:
    """The panel beside the deal; its lines stay where they are whatever the deal.

    Args:
        desk: the call.
        odds: the range; `None` while it is worked out.
        width: cells there are.
        learning: whether the past is still being read.
    """
    rep, manager = desk.totals("rep"), desk.totals("manager")
    label = max(8, width - 2 * _VALUE - 1)

    def row(name: str, *values: str, style: str = "", muted: bool = False) -> Row:
        cells = [right(text, _VALUE, MUTED if muted else style) for text in values]
        return Row((left(f" {name}", width - _VALUE * len(values), MUTED if muted else ""), *cells))

    def both(name: str, group: str) -> Row:
        mine = desk.side == "rep"
        return Row(
            (
                left(f" {name}", label + 1),
                right(_exact(_up_to(rep, group), desk), _VALUE, "$money bold" if mine else MUTED),
                right(_exact(_up_to(manager, group), desk), _VALUE, MUTED if mine else "$money bold"),
            )
        )

    sides = (_("rep"), _("manager"))
    rows = [
        Row(
            (
                left(f" {period_told(desk.background.period)}", label + 1, "bold"),
                *(right(side, _VALUE, MUTED) for side in sides),
            )
        ),
        both(phrases.figure("won"), "won"),
        *(both("+ " + phrases.figure(group), group) for group in GROUPS[1:]),
        *_bars(desk, odds, width),
    ]
    quota, totals = desk.background.outlook.quota_amount, rep if desk.side == "rep" else manager
    if quota is None:
        rows.append(row(_("no quota"), muted=True))
    else:
        rows.append(row(phrases.figure("quota"), _exact(quota, desk)))
        rows.append(row(_("gap"), _exact(totals.landing - quota, desk), style="bold"))
    rows += [
        BLANK,
        row(phrases.figure("unclassified"), _money(totals.unclassified, desk), muted=not totals.unclassified),
    ]
    if totals.unpriced:
        rows.append(row(phrases.figure("unpriced"), format.number(totals.unpriced), muted=True))
    return [*rows, BLANK, *_range(desk, odds, width, learning=learning)]


def _bars(desk: Desk, odds: Odds | None, width: int) -> list[Row]:
    """One nested bar of the side that speaks, the range below it, the quota across both."""
    totals, quota = desk.totals(desk.side), desk.background.outlook.quota_amount
    ends = [(group, _up_to(totals, group)) for group in GROUPS]
    most = max([amount for _group, amount in ends] + [quota or 0] + ([odds.range.p90] if odds else []))
    scale = bars.Scale(most, width - 1)
    if most <= 0:
        return [BLANK, BLANK, BLANK]
    blank = Part(" ")
    line = Row()
    if odds is not None:
        its = odds.range
        line = Row((blank, *bars.line(its.p10, its.p50, its.p90, scale, quota)))
    return [BLANK, Row((blank, *bars.bar(ends, scale, quota))), line]


def _range(desk: Desk, odds: Odds | None, width: int, *, learning: bool) -> list[Row]:
    if odds is None:
        return [Row((left(" " + (_("the past is being read …") if learning else "…"), width, MUTED),))]
    its, currency = odds.range, desk.pipeline.currency
    rows = [
        Row(
            (
                left(" P10–P90", width - 2 * _VALUE, MUTED),
                right(phrases.span(its.p10, its.p90, currency), 2 * _VALUE, "$money"),
            )
        ),
        Row((left(" P50", width - _VALUE, MUTED), right(_money(its.p50, desk), _VALUE, "$money"))),
    ]
    if its.p_quota is not None:
        rows.append(
            Row(
                (
                    left(" " + _("P(≥ quota)"), width - _VALUE, MUTED),
                    right(format.percent(its.p_quota), _VALUE, "bold"),
                )
            )
        )
    return [*rows, *(Row((left(f" {line}", width, style),)) for line, style in _effect(desk, odds))]


def _effect(desk: Desk, odds: Odds) -> list[tuple[str, str]]:
    """What this very deal changes: its own chance, and P(≥ quota) without it."""
    deal = desk.deal
    if deal is None or deal.status != "open":
        return []
    chance = desk.chances.get(deal.id)
    if chance is None:
        return []
    told = [(_("this deal: %(chance)s") % {"chance": format.percent(chance)}, MUTED)]
    if text := effect(desk, odds):
        told.insert(0, (text, "bold"))
    return told


def effect(desk: Desk, odds: Odds | None) -> str:
    """ "8% → 6% without it"; "" if there is nothing to say."""
    if odds is None or odds.range.p_quota is None or not desk.stop.deal_id:
        return ""
    without = odds.without(desk.stop.deal_id)
    if without is None:
        return ""
    arrow = "→" if has_unicode() else "->"
    return _("%(with)s %(arrow)s %(without)s without it") % {
        "with": format.percent(odds.range.p_quota),
        "arrow": arrow,
        "without": format.percent(without),
    }


def lines(desk: Desk, odds: Odds | None, width: int) -> list[Row]:
    """The same in two lines, for a small screen."""
    totals, quota = desk.totals(desk.side), desk.background.outlook.quota_amount
    figures = [
        (
            phrases.figure("won") if group == "won" else "+ " + phrases.figure(group),
            _money(_up_to(totals, group), desk),
        )
        for group in GROUPS
    ]
    figures.append((phrases.figure("unclassified"), _money(totals.unclassified, desk)))
    chances = []
    if quota is not None:
        chances.append((phrases.figure("quota"), _money(quota, desk)))
        chances.append((_("gap"), format.short_money(totals.landing - quota, desk.pipeline.currency)))
    if text := effect(desk, odds):
        chances.append(("", text))
    if odds is not None:
        its = odds.range
        chances.append(("P10–P90", phrases.span(its.p10, its.p90, desk.pipeline.currency)))
        chances.append(("P50", _money(its.p50, desk)))
    return [_line(figures, width), _line(chances, width)]


def _line(pairs: list[tuple[str, str]], width: int) -> Row:
    """Labels and values in one line, as many as fit."""
    parts: list[Part] = []
    room = width
    for label, value in pairs:
        text = f" {label} " if label else " "
        if room < len(text) + len(value) + 1:
            break
        room -= len(text) + len(value) + 1
        parts += [Part(text, MUTED), Part(value, "$money bold" if label else "bold"), Part(" ")]
    return Row(tuple(parts))
