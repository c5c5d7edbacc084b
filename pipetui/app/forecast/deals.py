"""Deals as rows: as many facts as there is room for."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from pipetui.app import words
from pipetui.app.board.cards import MORE
from pipetui.app.board.cells import width_of
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, LazyRows, Part, Row, left, right
from pipetui.app.marks import letter, symbol, title
from pipetui.deals.deal import Deal
from pipetui.deals.text import initials
from pipetui.language import _, format, pgettext
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Flag

_AMOUNT, _CATEGORY, _CHANCE = 9, 9, 6
_GAP = 2
_INITIALS = 3
_WORDS = 20
"""Cells from which on flags are told in words."""


class Columns(NamedTuple):
    """How many cells each fact has; 0 where it is left out."""

    name: int
    account: int = 0
    owner: int = 0
    date: int = 13
    category: int = 0
    chance: int = 0
    stage: int = 0
    flags: int = 7

    @classmethod
    def of(cls, width: int) -> Self:
        """For a row of so many cells."""
        if width < 70:
            return cls(name=max(6, width - 1 - _AMOUNT - 2 * _GAP - 8 - 5), date=8, flags=5)
        owner, stage, category, chance, flags = _INITIALS, 11, 0, 0, 7
        if width >= 100:
            owner, stage, category, chance = 16, 14, _CATEGORY, _CHANCE
        if width >= 150:
            stage, flags = 18, 36
        taken = 1 + _AMOUNT + owner + 13 + category + stage + flags
        gaps = 5 + bool(category)
        rest = width - taken - gaps * _GAP - chance
        account = min(30, rest * 2 // 5)
        return cls(rest - account, account, owner, 13, category, chance, stage, flags)


def header(width: int) -> Row:
    """What the columns hold."""
    its = Columns.of(width)
    parts = [left(" " + pgettext("heading", "deal"), its.name + 1, MUTED)]
    for size, text in (
        (its.account, _("account")),
        (its.owner, "" if its.owner <= _INITIALS else _("owner")),
    ):
        if size:
            parts.append(_next(text, size, MUTED))
    parts.append(right(_("amount"), _AMOUNT, MUTED))
    parts.append(_next(pgettext("heading", "close date") if its.account else "", its.date, MUTED))
    for size, text in ((its.category, _("category")), (its.stage, _("stage"))):
        if size:
            parts.append(_next(text, size, MUTED))
    if its.chance:
        parts.append(right("%", its.chance, MUTED))
    parts.append(_next(pgettext("heading", "flags") if its.account else "", its.flags, MUTED))
    return Row(tuple(parts))


def rows(
    deals: Sequence[Deal], pipeline: Pipeline, outlook: Outlook, width: int, *, with_keys: bool
) -> Sequence[Row]:
    """A row a deal, made when it comes into sight."""
    columns = Columns.of(width)
    return LazyRows(len(deals), lambda at: _row(deals[at], pipeline, outlook, columns, with_keys=with_keys))


def _row(deal: Deal, pipeline: Pipeline, outlook: Outlook, its: Columns, *, with_keys: bool) -> Row:
    parts = [left(f" {deal.name}", its.name + 1)]
    if its.account:
        parts.append(_next(deal.account, its.account, MUTED))
    if its.owner:
        parts.append(_next(initials(deal.owner) if its.owner <= _INITIALS else deal.owner, its.owner, MUTED))
    amount = (
        "—" if deal.amount is None else format.short_money(deal.amount, deal.currency or pipeline.currency)
    )
    parts.append(right(amount, _AMOUNT, "$money" if deal.amount is not None else MUTED))
    parts.append(_when(deal, pipeline, its))
    if its.category:
        called = phrases.figure("won") if deal.status == "won" else words.category(deal.category) or "·"
        parts.append(_next(called, its.category, MUTED))
    if its.stage:
        parts.append(_next(pipeline.stages[deal.stage_id].name, its.stage, MUTED))
    if its.chance:
        chance = outlook.chances.get(deal.id)
        parts.append(right("" if chance is None else format.percent(chance.p), its.chance, MUTED))
    parts += _flags(pipeline.flags_of(deal), its.flags)
    return Row(tuple(parts), f"deal:{deal.id}" if with_keys else "")


def _next(text: str, size: int, style: str = "") -> Part:
    return left(" " * _GAP + text, size + _GAP, style)


def _when(deal: Deal, pipeline: Pipeline, its: Columns) -> Part:
    today, day = pipeline.today, deal.close_date if deal.status == "open" else deal.settled_on
    if day is None:
        return _next(_("no date"), its.date, MUTED)
    if deal.status != "open" or not its.account:
        style = MUTED if deal.status != "open" or day >= today else "$flag-high"
        return _next(format.short_date(day, today), its.date, style)
    return _next(format.due(day, today), its.date, "$flag-high" if day < today else "")


def _flags(flags: tuple[Flag, ...], width: int) -> list[Part]:
    """Shapes and letters, the worst first; in words where there is room."""
    parts, last, in_words = [Part(" " * _GAP)], None, width >= _WORDS
    for number, flag in enumerate(flags, start=1):
        sign, style = symbol(flag.severity), f"$flag-{flag.severity}"
        if in_words:
            text = f"{sign} {title(flag.name)}  "
        else:
            text = letter(flag.name) if flag.severity is last else sign + letter(flag.name)
        if width_of(text.rstrip()) + (number < len(flags)) > width:
            parts.append(Part(MORE, style))
            break
        width -= width_of(text)
        last = flag.severity
        parts.append(Part(text, style))
    return parts
