"""How good the forecasts were, as rows: numbers against what came, ranges, commits, slippage."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pipetui.app.board.cells import width_of
from pipetui.app.calls.telling import money
from pipetui.app.forecast import bars, phrases
from pipetui.app.forecast.rows import MUTED, Part, Row, left, right
from pipetui.app.marks import has_unicode
from pipetui.forecast.accuracy.commits import ENOUGH_COMMITS, Band, Conversion
from pipetui.forecast.accuracy.horizons import Horizon
from pipetui.forecast.accuracy.measures import ENOUGH_PERIODS, Accuracy
from pipetui.forecast.accuracy.slippage import Slippage
from pipetui.forecast.periods import Period
from pipetui.language import _, format, labelled, ngettext, pgettext
from pipetui.pipeline.outlook_calls import Ended, Held

ENOUGH_DUE: Final = 5
"""Deals due in a period below which no share of them is told."""
_AMOUNT, _OFF = 9, 9
_MARKS: Final = {
    Horizon.MONTH_BEFORE: ("◇", "1"),
    Horizon.START: ("○", "s"),
    Horizon.MIDDLE: ("●", "m"),
}


class Measured(NamedTuple):
    """Everything that is measured."""

    held: Held
    slippage: dict[Period, Slippage]
    """By period that has ended, oldest first."""
    currency: str


def few_periods(n: int) -> str:
    """Why a figure is refused."""
    said = ngettext("%(n)d closed period, %(of)d are needed", "%(n)d closed periods, %(of)d are needed", n)
    return said % {"n": n, "of": ENOUGH_PERIODS}


def horizon(its: Horizon) -> str:
    """When a forecast was made, as a heading of a column."""
    return {
        Horizon.MONTH_BEFORE: lambda: pgettext("horizon", "M-1"),
        Horizon.START: lambda: pgettext("horizon", "start"),
        Horizon.MIDDLE: lambda: pgettext("horizon", "mid"),
    }[its]()


def _mark(its: Horizon) -> str:
    return _MARKS[its][not has_unicode()]


# Numbers against what came -------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A period: what was won, and what had been forecast."""

    period: str
    actual: int
    forecast: dict[Horizon, int]


def _lines(found: Held) -> list[_Line]:
    lines: dict[str, _Line] = {}
    for its, accuracy in found.accuracy.items():
        for hit in accuracy.hits:
            line = lines.setdefault(hit.period, _Line(hit.period, hit.actual, {}))
            line.forecast[its] = hit.forecast
    return [lines[name] for name in sorted(lines)]


def numbers(its: Measured, width: int, called: Callable[[str], str]) -> list[Row]:
    """A period a line, what was won as a bar and the forecasts as marks on it; then bias and WAPE."""
    lines = _lines(its.held)
    if not lines:
        return [_quiet(few_periods(0))]
    names = [called(line.period) for line in lines] + [_("bias"), _("off by (WAPE)")]
    label = max(map(width_of, names)) + 3
    room = max(8, width - label - _AMOUNT - 3 * _OFF - 3)
    amounts = [amount for line in lines for amount in (line.actual, *line.forecast.values())]
    scale = bars.Scale(max(amounts), room)
    head = [left("", label), right(phrases.figure("won"), _AMOUNT, MUTED), left("", room + 3)]
    head += [right(f"{_mark(at)} {horizon(at)}", _OFF, MUTED) for at in Horizon]
    rows = [Row(tuple(head))]
    for line in lines:
        parts = [left(f" {called(line.period)}", label)]
        parts.append(right(money(line.actual, its.currency), _AMOUNT, "$money bold"))
        parts += [Part("   "), *_marked(line, scale)]
        parts += [right(_off(line, at), _OFF) for at in Horizon]
        rows.append(Row(tuple(parts), f"won:{line.period}"))
    for name, told in ((_("bias"), _bias), (_("off by (WAPE)"), _wape)):
        parts = [left(f" {name}", label, "bold"), left("", _AMOUNT + room + 3)]
        parts += [right(told(its.held.accuracy[at]), _OFF, "bold") for at in Horizon]
        rows.append(Row(tuple(parts)))
    for at in Horizon:
        if (refused := _refused(its.held.accuracy[at])) is not None:
            rows.append(_quiet(labelled(horizon(at), refused)))
    return rows


def _marked(line: _Line, scale: bars.Scale) -> list[Part]:
    """The bar of what was won, and on it the marks of what had been forecast, the latest on top."""
    end = scale.at(line.actual)
    cells = [("█" if has_unicode() else "#") if at < end else " " for at in range(scale.width)]
    marks = {scale.at(amount): _mark(at) for at, amount in line.forecast.items()}
    parts: list[Part] = []
    for at, cell in enumerate(cells):
        text, style = (marks[at], "bold $accent") if at in marks else (cell, "$good" if cell != " " else "")
        if parts and parts[-1].style == style:
            parts[-1] = Part(parts[-1].text + text, style, keeps=True)
        else:
            parts.append(Part(text, style, keeps=True))
    return parts


def _off(line: _Line, at: Horizon) -> str:
    forecast = line.forecast.get(at)
    if forecast is None or not line.actual:
        return "—"
    return format.percent((forecast - line.actual) / line.actual, signed=True)


def _bias(its: Accuracy) -> str:
    return "—" if its.bias is None else format.percent(its.bias, 1, signed=True)


def _wape(its: Accuracy) -> str:
    return "—" if its.wape is None else format.percent(its.wape, 1)


def _refused(its: Accuracy) -> str | None:
    if its.reason is None:
        return None
    return _("nothing was won in these periods") if its.reason == "nothing_won" else few_periods(its.n)


# Ranges --------------------------------------------------------------------------------------------------


def calibration_told(its: Measured) -> str:
    """How often what came lay inside P10–P90."""
    found = its.held.calibration
    if found.rate is None:
        return few_periods(found.n)
    said = ngettext(
        "%(inside)d of %(n)d inside, %(share)s; 80%% would be right",
        "%(inside)d of %(n)d inside, %(share)s; 80%% would be right",
        found.n,
    )
    return said % {"inside": found.inside, "n": found.n, "share": format.percent(found.rate)}


def ranges(its: Measured, width: int, called: Callable[[str], str]) -> list[Row]:
    """A period a line: the last range that was frozen, and what was won as a mark."""
    found = its.held.ranges
    told = f" {calibration_told(its)}   "
    sample, mark = ("├─●─┤", "◆") if has_unicode() else ("[-o-]", "X")
    legend = [Part(sample, keeps=True), Part(" P10, P50, P90   ", MUTED), Part(mark, "bold $accent")]
    legend.append(Part(f" {phrases.figure('won')}", MUTED))
    fits = width_of(told) + sum(width_of(part.text) for part in legend) <= width and found
    rows = [Row((Part(told, "" if found else MUTED), *(legend if fits else ())))]
    if not found:
        return rows
    label = max(width_of(called(period.name)) for period in found) + 3
    verdicts = max(width_of(_verdict(one)) for one in found.values()) + 2
    room = max(8, width - label - _AMOUNT - 3 - verdicts)
    scale = bars.Scale(max(max(one.range.p90, one.actual) for one in found.values()), room)
    for period, one in found.items():
        line = bars.line(one.range.p10, one.range.p50, one.range.p90, scale, one.actual)
        if 0 <= scale.at(one.actual) < room:
            line = _over(line, scale.at(one.actual), "◆" if has_unicode() else "X")
        parts = [left(f" {called(period.name)}", label)]
        parts.append(right(money(one.actual, its.currency), _AMOUNT, "$money bold"))
        parts += [Part("   "), *line, right(_verdict(one), verdicts, MUTED)]
        rows.append(Row(tuple(parts), f"range:{period.name}"))
    return rows


def _over(parts: Sequence[Part], at: int, mark: str) -> list[Part]:
    """A mark over whatever stands in a cell."""
    found: list[Part] = []
    for text, style, keeps in parts:
        if 0 <= at < len(text):
            found += [Part(text[:at], style, keeps), Part(mark, "bold $accent", keeps=True)]
            found.append(Part(text[at + 1 :], style, keeps))
        else:
            found.append(Part(text, style, keeps))
        at -= len(text)
    return [part for part in found if part.text]


def _verdict(its: Ended) -> str:
    if its.actual < its.range.p10:
        return pgettext("range", "below")
    return pgettext("range", "above") if its.actual > its.range.p90 else pgettext("range", "inside")


# Commits -------------------------------------------------------------------------------------------------


class _Column(NamedTuple):
    title: str
    value: Callable[[Conversion], str]
    style: str = ""


def commits(found: Sequence[tuple[str, Conversion]], width: int) -> list[Row]:
    """What became of the commits, rep by rep."""
    if not found:
        return [_quiet(_("No call on a period that is over held a commit yet."))]
    columns = [
        _Column(phrases.figure("won"), lambda its: f"{its.won}/{its.n}", "bold"),
        _Column("%", lambda its: "—" if its.rate is None else format.percent(its.rate)),
        _Column(_("slipped"), lambda its: _count(its.missed("slipped"))),
        _Column(_("lost"), lambda its: _count(its.missed("lost"))),
        _Column(pgettext("fate", "open"), lambda its: _count(its.missed("open"))),
        _Column(pgettext("wins", "outside"), lambda its: _count(len(its.outside)), MUTED),
    ]
    sizes = [max(5, width_of(column.title)) + 2 for column in columns]
    verdict = max(width_of(_band(its)) for _owner, its in found) + 2
    bar = _BAR if width >= _FOR_BAR else 0
    name = max(8, min(28, width - 1 - sum(sizes) - verdict - bar))
    head = [left("", name + 1)] + [
        right(column.title, size, MUTED) for column, size in zip(columns, sizes, strict=True)
    ]
    if bar:
        head += [left("", verdict + 2), *_legend(bar - 4)]
    rows = [Row(tuple(head))]
    for owner, its in found:
        parts = [left(f" {owner or _('nobody (unassigned)')}", name + 1)]
        parts += [
            right(column.value(its), size, column.style) for column, size in zip(columns, sizes, strict=True)
        ]
        style = _BAND_STYLES.get(its.band or "", MUTED)
        parts.append(left("  " + _band(its), verdict, style))
        if bar:
            parts += [Part("  "), *_fates(its, bar - 4)]
        rows.append(Row(tuple(parts), f"owner:{owner}"))
    return rows


_BAR, _FOR_BAR = 34, 110
_BAND_STYLES = {
    "loose": "$flag-high",
    "watch": "$flag-medium",
    "sound": "$good",
    "sandbagging": "$flag-medium",
}


def _count(n: int) -> str:
    return format.number(n) if n else "·"


def _band(its: Conversion) -> str:
    if its.band is None:
        return _("%(of)d are needed") % {"of": ENOUGH_COMMITS}
    words: dict[Band, Callable[[], str]] = {
        "loose": lambda: _("loose"),
        "watch": lambda: _("to be watched"),
        "sound": lambda: _("sound"),
        "sandbagging": lambda: _("sandbagging"),
    }
    return words[its.band]()


_WAYS: Final = (
    (("█", "#"), "$good"),
    (("▓", "="), "$flag-medium"),
    (("▒", "-"), "$flag-high"),
    (("░", "."), "$muted"),
)
"""Won, slipped, lost, open: each by its own density, and only then by its colour."""


def _legend(width: int) -> list[Part]:
    """What the parts of the bars are, if there is room to say so."""
    names = (phrases.figure("won"), _("slipped"), _("lost"), pgettext("fate", "open"))
    if sum(map(width_of, names)) + 3 * len(names) > width + 4:
        return []
    found = []
    for name, (signs, style) in zip(names, _WAYS, strict=True):
        found += [Part(signs[not has_unicode()], style, keeps=True), Part(f" {name} ", MUTED)]
    return found


def _fates(its: Conversion, width: int) -> list[Part]:
    """Won, slipped, lost and open as shares of a bar."""
    counts = its.won, its.missed("slipped"), its.missed("lost"), its.missed("open")
    found, before, ended = [], 0, 0
    for count, (signs, style) in zip(counts, _WAYS, strict=True):
        ended += count
        end = (2 * ended * width + its.n) // (2 * its.n) if its.n else 0
        found.append(Part(signs[not has_unicode()] * (end - before), style, keeps=True))
        before = end
    return [part for part in found if part.text]


# Slippage ------------------------------------------------------------------------------------------------


def slipped(its: Measured, width: int, called: Callable[[str], str]) -> list[Row]:
    """A period a line: of what was due at its start, what was neither won nor lost at its end."""
    if not its.slippage:
        return [_quiet(_("No period is over at whose start it was known what was due."))]
    label = max(width_of(called(period.name)) for period in its.slippage) + 3
    rows = []
    for period, one in its.slippage.items():
        values = {"n": format.number(len(one.slipped)), "due": format.number(one.due)}
        told = _("%(n)s of %(due)s deals") % values
        amounts = _("%(amount)s of %(due)s") % {
            "amount": money(one.slipped_amount, its.currency),
            "due": money(one.due_amount, its.currency),
        }
        shares = _shares(one)
        parts = [left(f" {called(period.name)}", label), right(told, 20), right(amounts, 22, "$money")]
        parts.append(Part("   " + shares, MUTED if one.due < ENOUGH_DUE else "bold"))
        rest = width - label - 42 - 3 - width_of(shares) - 2
        if rest >= 10 and one.rate is not None and one.due >= ENOUGH_DUE:
            n = round(one.rate * rest)
            sign, empty = ("▓", "░") if has_unicode() else ("=", ".")
            parts += [
                Part("  "),
                Part(sign * n, "$flag-medium", keeps=True),
                Part(empty * (rest - n), MUTED, keeps=True),
            ]
        rows.append(Row(tuple(parts), f"slip:{period.name}"))
    return rows


def _shares(one: Slippage) -> str:
    if one.due < ENOUGH_DUE:
        return _("%(of)d deals are needed for a share") % {"of": ENOUGH_DUE}
    parts = []
    if one.rate is not None:
        parts.append(format.percent(one.rate))
    if one.amount_rate is not None:
        parts.append(_("%(share)s of the amount") % {"share": format.percent(one.amount_rate)})
    return " · ".join(parts)


def _quiet(text: str) -> Row:
    return Row((Part(f" {text}", MUTED),))
