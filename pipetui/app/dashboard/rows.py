"""The lines of a tile, of the answer and of the diagnosis, for a width and a height."""

from collections.abc import Iterator, Sequence

from pipetui.app.board.cells import width_of
from pipetui.app.dashboard.big import LARGE, SMALL, TALL, Size, big
from pipetui.app.forecast import bars, phrases
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left
from pipetui.app.marks import has_unicode, symbol
from pipetui.app.sheet import wrapped
from pipetui.forecast.pace import State
from pipetui.language import _, format, labelled
from pipetui.language.sparkline import sparkline
from pipetui.pipeline.dashboard import Dashboard
from pipetui.pipeline.dashboard_tiles import Tile, title
from pipetui.pipeline.dashboard_told import Answer, Saying
from pipetui.signals.flag import ASCII_SYMBOLS, SYMBOLS, Severity

KEY = "$primary bold"
_SEPARATOR = " · "
_MARGIN = 2
_LINES = 2
"""Lines below the answer that it makes room for."""
_SIZES: tuple[tuple[Size, Size | None], ...] = (
    (LARGE, LARGE),
    (TALL, TALL),
    (SMALL, SMALL),
    (SMALL, None),
)
"""The sizes of the word and of the number, the largest first; `None` is plain text."""
_GAP = 5
"""Cells between them, at least."""
_PLAIN = {
    ord(sign): ASCII_SYMBOLS[severity] for severity, sign in SYMBOLS.items() if sign != _SEPARATOR.strip()
}
_SHORTEST = 8
"""Cells of a name in a row; with fewer it says nothing."""


# The answer ----------------------------------------------------------------------------------------------


def answer(told: Answer, width: int, height: int) -> list[Row]:
    """The word and the number as large as they fit, then what they mean; exactly `height` rows."""
    room = width - 2 * _MARGIN
    said = [Row((Part(" " * _MARGIN + line),)) for part in told.lines for line in wrapped(part, room)]
    word_style = "bold" if told.state is None else f"bold {phrases.STATE_STYLES[told.state]}"
    number_style = "bold" if told.is_enough is None else "bold $good" if told.is_enough else "bold $flag-high"
    rows: list[Row] = []
    for word_size, number_size in _SIZES:
        drawn = _beside(told, word_size, number_size, room)
        if drawn and len(drawn) + min(_LINES, len(said)) <= height:
            rows = [
                Row((Part(" " * _MARGIN), Part(word, word_style), Part(number, number_style)))
                for word, number in drawn
            ]
            break
    else:
        word, number = f" {_sign(told.state)}{' '.join(told.word)} ", f" {told.number} "
        rows = [Row((Part(" " * _MARGIN), Part(word, f"{word_style} reverse"), Part(number, number_style)))]
    if len(rows) > SMALL.rows and len(rows) + 1 + len(said) <= height:
        rows.append(BLANK)
    return [*rows, *said, *[BLANK] * height][:height]


def _beside(told: Answer, word_size: Size, number_size: Size | None, room: int) -> list[tuple[str, str]]:
    """Word and number beside each other; nothing if they are too wide or cannot be drawn."""
    word = big(told.word, word_size)
    number = big(told.number, number_size) if number_size else ["", told.number]
    if word is None or number is None:
        return []
    number += [""] * (len(word) - len(number))
    wide = max(map(width_of, word))
    spare = room - wide - max(map(width_of, number))
    if spare < _GAP:
        return []
    wide += min(spare, _GAP * (word_size.columns + 1))
    return [(left + " " * (wide - width_of(left)), right) for left, right in zip(word, number, strict=True)]


def _sign(state: State | None) -> str:
    return "" if state is None else phrases.state(state).partition(" ")[0] + " "


def course(its: Dashboard, width: int) -> list[Row]:
    """Won, commit, best case and upside as one bar, with the quota across it; the range below it."""
    figures, range_, currency = its.outlook.figures, its.outlook.range, its.pipeline.currency
    room = width - 2 * _MARGIN
    most = max(figures.cumulative.upside, figures.quota or 0, range_.p90 if range_ else 0)
    if most <= 0:
        return []
    scale = bars.Scale(most, room)
    names = ("won", "commit", "best_case", "upside")
    parts = list(zip(names, figures.cumulative, strict=True))
    space = Part(" " * _MARGIN)
    rows = [Row((space, *bars.bar(parts, scale, figures.quota)))]
    told = [f"{phrases.figure(name)} {format.short_money(amount, currency)}" for name, amount in parts]
    if figures.quota is not None:
        told.append(f"{phrases.figure('quota')} {format.short_money(figures.quota, currency)}")
    rows.append(Row((space, left(next(_flowed(told, room), ""), room, MUTED))))
    return rows


# Tiles ---------------------------------------------------------------------------------------------------


def tile(its: Tile, key: str, width: int, height: int) -> list[Row]:
    """Name and figure, what is said below it, and as many of its rows as fit."""
    sign = "" if its.mark is None else f"{symbol(its.mark)} "
    figure = Part(f" {sign}{its.figure}", f"bold {_mark_style(its.mark)}")
    name = max(0, width - width_of(figure.text) - width_of(key) - 1)
    rows = [Row((Part(f"{key} ", KEY), left(its.title, name, "bold"), figure), its.key)]
    drawn = ""
    if any(share is not None for share in its.course):
        drawn = f"{sparkline(its.course, plain=not has_unicode())} "
    lines = list(_flowed(its.parts, width - 1 - width_of(drawn)))
    plain = {} if has_unicode() else _PLAIN
    for n, line in enumerate(text.translate(plain) for text in lines[: height - 1]):
        rows.append(Row((Part(drawn, "$primary"), Part(line)) if n == 0 else (Part(line),)))
    listed = its.rows if its.heading is None else (its.heading, *its.rows)
    if its.heading is not None and len(rows) + 2 > height:
        listed = ()  # without it nobody knows what the rows are
    for what, value in listed:
        room = width - width_of(value) - 1
        if len(rows) >= height or room < min(width_of(what), _SHORTEST):
            break
        rows.append(Row((left(what, room, MUTED), Part(f" {value}", MUTED))))
    return rows


def _mark_style(mark: Severity | None) -> str:
    return "$money" if mark is None else f"$flag-{mark}"


def diagnosis(said: Sequence[Saying], key: str, width: int, height: int) -> list[Row]:
    """The findings, the weightiest first: each with what to try, then with its evidence, as they fit."""
    head = [Row((Part(f"{key} ", KEY), Part(title("diagnosis"), "bold")), "diagnosis")]
    if not said:
        return [*head, Row((Part("…", MUTED),))]
    for with_evidence in (True, False):
        blocks = [_block(one, width, with_evidence=with_evidence) for one in said]
        if sum(map(len, blocks)) < height:
            break
    rows = head
    for block in blocks:
        if len(rows) + len(block) <= height:
            rows += block
        elif len(rows) == 1 or len(rows) + 1 == height:
            return [*rows, *block][:height]
        else:
            break
    return rows


def _block(its: Saying, width: int, *, with_evidence: bool) -> list[Row]:
    mark = f"{symbol(Severity.HIGH)} " if its.attempt else ""
    indent = " " * width_of(mark)
    rows = [*_hanging(its.text, mark, width, "bold" if its.attempt else "")]
    if its.evidence and with_evidence:
        rows += _hanging(its.evidence, indent, width, MUTED)
    if its.attempt:
        rows += _hanging(labelled(_("Try"), its.attempt), indent, width, "")
    return rows


def _hanging(text: str, lead: str, width: int, style: str) -> Iterator[Row]:
    indent = " " * width_of(lead)
    for n, line in enumerate(wrapped(text, width - width_of(lead) - 1)):
        mark = Part(lead, "$flag-high" if lead.strip() else "") if n == 0 else Part(indent)
        yield Row((mark, Part(line, style)))


def _flowed(parts: Sequence[str], width: int) -> Iterator[str]:
    """Parts on as few lines as they fit, none broken; one that is wider than a line is left to be cut."""
    line = ""
    for part in parts:
        longer = f"{line}{_SEPARATOR}{part}" if line else part
        if line and width_of(longer) > width:
            yield line
            line = part
        else:
            line = longer
    if line:
        yield line
