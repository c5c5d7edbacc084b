"""The bars of the minutes as SVG: won ⊂ commit ⊂ best case ⊂ upside, range and number against the quota."""

from collections.abc import Iterator
from html import escape
from typing import Final

from pipetui.forecast.minutes import Minutes
from pipetui.language import _, labelled, pgettext
from pipetui.language.format import money, short_money

_WIDTH: Final = 880
_LEFT: Final = 118
"""Where bars begin."""
_RIGHT: Final = 700
"""Where the longest ends."""
_ROW: Final = 30
_BAR: Final = 18
_TOP: Final = 34
"""Room for what the line of the quota is called."""


def bars(its: Minutes) -> str:
    """One `<svg>` of about 880 × 210, drawn with the classes of the page."""
    call = its.snapshot
    ends = its.cumulative
    drawn = [*ends, call.quota or 0, call.number or 0, *(call.range[:3] if call.range else ())]
    scale = (_RIGHT - _LEFT) / max(1, *drawn)

    def at(minor: int) -> float:
        return float(round(_LEFT + max(0, minor) * scale, 1))

    def whole(minor: int) -> str:
        return money(minor, call.currency, whole=True)

    rows: list[str] = []
    names = (pgettext("figure", "won"), _("commit"), _("best case"), _("upside"))
    kinds = ("won", "commit", "best_case", "upside")
    for place, name in enumerate(names):
        y = _TOP + place * _ROW
        rows += _label(name, whole(ends[place]), y)
        begin = 0
        for kind, end in list(zip(kinds, ends, strict=True))[: place + 1]:
            if at(end) > at(begin):
                rows.append(_rect(kind, at(begin), y, at(end) - at(begin)))
            begin = max(begin, end)
    place = len(names)
    if call.range:
        p10, p50, p90, _share = call.range
        y = _TOP + place * _ROW
        middle = y + _BAR / 2
        rows += _label("P10–P90", " – ".join(short_money(end, call.currency) for end in (p10, p90)), y)
        rows.append(f'<path class="span" d="M{at(p10)} {middle}H{at(p90)}"/>')
        rows += [f'<path class="span" d="M{at(end)} {middle - 5}V{middle + 5}"/>' for end in (p10, p90)]
        rows.append(f'<circle class="middle" cx="{at(p50)}" cy="{middle}" r="5"/>')
        place += 1
    if call.number is not None:
        y = _TOP + place * _ROW
        rows += _label(_("number"), whole(call.number), y)
        x, middle = at(call.number), y + _BAR / 2
        rows.append(f'<path class="number" d="M{x} {middle - 7}l7 7l-7 7l-7 -7z"/>')
        place += 1
    height = _TOP + place * _ROW
    if call.quota is not None:
        rows += _quota(at(call.quota), labelled(_("quota"), whole(call.quota)), height)
    told = escape(labelled(_("Categories, range and number against the quota"), _described(its)))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{told}">\n'
        + "\n".join(rows)
        + "\n</svg>"
    )


def _label(name: str, told: str, y: float) -> Iterator[str]:
    base = y + _BAR - 4
    yield f'<text x="0" y="{base}">{escape(name)}</text>'
    yield f'<text x="{_WIDTH}" y="{base}" text-anchor="end">{escape(told)}</text>'


def _rect(kind: str, x: float, y: float, width: float) -> str:
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{round(width, 1)}" height="{_BAR}"/>'


def _quota(x: float, told: str, height: float) -> Iterator[str]:
    yield f'<path class="quota" d="M{x} {_TOP - 8}V{height - 4}"/>'
    anchor = "end" if x > (_LEFT + _RIGHT) / 2 else "start"
    yield f'<text class="quota-told" x="{x}" y="18" text-anchor="{anchor}">{escape(told)}</text>'


def _described(its: Minutes) -> str:
    """The same in words, for those who do not see it."""
    ends, call = its.cumulative, its.snapshot
    names = (pgettext("figure", "won"), _("commit"), _("best case"), _("upside"))
    parts = [f"{name} {short_money(end, call.currency)}" for name, end in zip(names, ends, strict=True)]
    if call.quota is not None:
        parts.append(_("quota") + f" {short_money(call.quota, call.currency)}")
    return ", ".join(parts)
