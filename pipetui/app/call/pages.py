"""The pages of the agenda without a deal: the last call, what changed, the number, freezing."""

from collections.abc import Callable
from typing import Final

from textual.content import Content

from pipetui.app.board.cells import width_of
from pipetui.app.call.desk import Desk
from pipetui.app.call.parts import title
from pipetui.app.deal import sections
from pipetui.app.forecast import phrases
from pipetui.app.sheet import BLANK, Paragraph
from pipetui.deals.category import Category
from pipetui.forecast.calls.agenda import Part, budget
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.calls.number import warnings
from pipetui.forecast.calls.odds import Odds
from pipetui.forecast.calls.snapshot import CallTotals, FrozenRange, Snapshot
from pipetui.forecast.wording import category_told, contradiction_told, difference_told
from pipetui.language import _, format, labelled, ngettext, quoted

MUTED = sections.MUTED
_SEPARATOR = " · "
_SHOWN = 40
"""Changes that are told one by one."""


def page(desk: Desk, part: Part, odds: Odds | None, minutes: int) -> list[Paragraph]:
    """A page of the agenda.

    Args:
        desk: the call.
        part: which one.
        odds: the range; `None` while it is worked out.
        minutes: the time that the meeting has.
    """
    range_ = odds.range if odds else None
    match part:
        case "last_call":
            return [*_last_call(desk), BLANK, *_agenda(desk, minutes)]
        case "changes":
            return _changes(desk)
        case "number":
            return _number(desk, range_)
        case _:
            return _freeze(desk)


def _heading(text: str, *, right: str = "") -> Paragraph:
    return Paragraph(Content.styled(text, "bold"), right=right)


def _pairs(rows: list[tuple[str, str | Content]]) -> list[Paragraph]:
    """Labels in a column, values beside it."""
    indent = max((width_of(label) for label, _value in rows), default=0) + 2
    return [
        Paragraph(
            Content(value) if isinstance(value, str) else value, indent, lead=Content.styled(label, MUTED)
        )
        for label, value in rows
    ]


def _money(minor: int | None, desk: Desk, *, signed: bool = False) -> str:
    return "—" if minor is None else format.money(minor, desk.pipeline.currency, signed=signed)


def _last_call(desk: Desk) -> list[Paragraph]:
    """What was said last, against what is won by now."""
    last = desk.background.last
    if last is None:
        return [
            _heading(_("No call on this period was frozen yet")),
            Paragraph(
                Content.styled(
                    _("What is frozen today stands here next time, beside what became of it."), MUTED
                )
            ),
        ]
    now, today = desk.totals("manager"), desk.pipeline.today
    number = last.totals.landing if last.number is None else last.number
    heading = _("The call of %(day)s") % {"day": format.moment(last.frozen_at, today)}
    told: list[tuple[str, str | Content]] = [
        (_("number"), _money(number, desk)),
        (_("won then"), _money(last.totals.won, desk)),
        (_("won by now"), _money(now.won, desk)),
        (_("still to be won"), _money(max(0, number - now.won), desk)),
        (_("commit then"), _money(last.totals.commit, desk)),
        (_("commit now"), _money(now.commit, desk)),
        (
            _("landing now"),
            f"{_money(now.landing, desk)} ({_money(now.landing - last.totals.landing, desk, signed=True)})",
        ),
    ]
    if last.risks:
        told.append((_("risks then"), quoted(last.risks)))
    return [_heading(heading, right=last.id), *_pairs(told), *_fate(desk, last)]


def _fate(desk: Desk, last: Snapshot) -> list[Paragraph]:
    """What became of the commits of the last call."""
    counted: dict[str, int] = {"won": 0, "lost": 0, "open": 0}
    for then in last.entries:
        if then.state == "open" and then.category is Category.COMMIT:
            deal = desk.pipeline.deals.get(then.deal_id)
            counted[deal.status if deal else "lost"] += 1
    if not sum(counted.values()):
        return []
    told = _("Of its commits %(won)s were won, %(lost)s lost, %(open)s are open.") % {
        name: format.number(count) for name, count in counted.items()
    }
    return [BLANK, Paragraph(Content(told))]


def _agenda(desk: Desk, minutes: int) -> list[Paragraph]:
    """The parts, with their deals and their time."""
    turns = desk.turns
    if not turns:
        return [Paragraph(Content(_("No open deal is due in this period: nothing has to be classified.")))]
    seconds = budget(turns, minutes)
    rows: list[tuple[str, str | Content]] = []
    held = {stop.part for stop in desk.stops}
    for part, its in seconds.items():
        if part not in held:
            continue
        count = sum(turn.part == part for turn in turns)
        deals = ngettext("%(n)d deal", "%(n)d deals", count) % {"n": count} if count else ""
        time = _("%(n)s min") % {"n": format.number(max(1, round(its / 60)))}
        rows.append((title(part), _SEPARATOR.join(text for text in (deals, time) if text)))
    whole = _("%(n)s min") % {"n": format.number(minutes)}
    return [_heading(_("The agenda"), right=whole), *_pairs(rows)]


def _changes(desk: Desk) -> list[Paragraph]:
    """Deal by deal what is another since the last call, the largest effect first."""
    last = desk.background.last
    if last is None:
        return []
    today = desk.pipeline.today
    found = desk.background.changes
    landing = sum(change.landing for change in found)
    heading = _("Since the call of %(day)s") % {"day": format.short_date(last.frozen_at.date(), today)}
    lines = [
        _heading(heading, right=_("landing %(amount)s") % {"amount": _money(landing, desk, signed=True)})
    ]
    if not found:
        return [*lines, Paragraph(Content(_("Nothing has changed.")))]
    for change in found[:_SHOWN]:
        lines += _change(change, desk)
    if (more := len(found) - _SHOWN) > 0:
        told = ngettext("… and %(n)d more deal", "… and %(n)d more deals", more) % {"n": more}
        lines.append(Paragraph(Content.styled(told, MUTED)))
    return lines


def _change(change: Change, desk: Desk) -> list[Paragraph]:
    entry = change.entry
    name = f"{entry.name} — {entry.account}" if entry.account else entry.name
    effect = (
        format.short_money(change.landing, desk.pipeline.currency, signed=True) if change.landing else "·"
    )
    told = [difference_told(its, entry.currency, desk.pipeline.today) for its in change.differences]
    found = [Paragraph(Content(name), right=effect)]
    if told:
        found.append(Paragraph(Content.styled(_SEPARATOR.join(told), MUTED), 2))
    if change.unfit:
        facts = _SEPARATOR.join(contradiction_told(its) for its in change.unfit)
        said = _("%(category)s no longer fits: %(facts)s") % {
            "category": category_told(entry.category),
            "facts": facts,
        }
        found.append(Paragraph(Content.styled(said, "$flag-medium"), 2))
    return found


# The number ----------------------------------------------------------------------------------------------


def _number(desk: Desk, range_: FrozenRange | None) -> list[Paragraph]:
    """What the reps say, what the manager's categories say, and the manager's own number."""
    rep, manager = desk.totals("rep"), desk.totals("manager")
    call = desk.background.call
    rows: list[tuple[str, str | Content]] = [
        (_("reps: won + commit"), _money(rep.landing, desk)),
        (_("manager: won + commit"), _money(manager.landing, desk)),
        (_("quota"), _money(desk.background.outlook.quota_amount, desk)),
    ]
    if range_ is not None:
        span = phrases.span(range_.p10, range_.p90, desk.pipeline.currency)
        rows.append(("P10–P90", f"{span} (P50 {format.short_money(range_.p50, desk.pipeline.currency)})"))
    shown = (
        Content.styled(_money(call.number, desk), "bold")
        if call.number is not None
        else _("not said yet: enter")
    )
    rows.append((_("the manager's number"), shown))
    lines = [_heading(_("The number")), *_pairs(rows)]
    if call.number is not None:
        remarks = told_warnings(call.number, manager, range_, desk)
        lines += [Paragraph(Content.styled(f"● {told}", "$flag-medium")) for told in remarks]
    if call.risks:
        lines += [BLANK, Paragraph(sections.heading(_("Risks"))), Paragraph(Content(call.risks))]
    return [*lines, BLANK, *_by_owner(desk)]


def told_warnings(number: int, totals: CallTotals, range_: FrozenRange | None, desk: Desk) -> list[str]:
    """What is odd about a number, a sentence each; it is taken all the same."""
    return [
        _WARNINGS[its.kind]() % {"amount": _money(its.bound, desk)}
        for its in warnings(number, totals, range_)
    ]


_WARNINGS: Final[dict[str, Callable[[], str]]] = {
    "below_won": lambda: _("Below what is won already (%(amount)s)."),
    "below_range": lambda: _("Below P10 (%(amount)s): nine times out of ten it ends higher."),
    "above_range": lambda: _("Above P90 (%(amount)s): nine times out of ten it ends lower."),
    "unlike_commits": lambda: _("More than 10%% off won + commit (%(amount)s)."),
}


def _by_owner(desk: Desk) -> list[Paragraph]:
    """What each rep says: won and commit, best case, upside."""
    found: dict[str, list[int]] = {}
    places = {"won": 0, "commit": 0, "best_case": 1, "upside": 2, None: 3}
    for its in desk.entries:
        name = "won" if its.state == "won" else its.category_of("rep")
        at = places.get(name)
        if its.state in ("won", "open") and at is not None:
            found.setdefault(its.owner or _("nobody (unassigned)"), [0, 0, 0, 0])[at] += its.worth or 0
    rows: list[tuple[str, str | Content]] = []
    currency = desk.pipeline.currency
    for owner, sums in sorted(found.items(), key=lambda pair: -pair[1][0]):
        told = [format.short_money(sums[0], currency)]
        told += [
            more() % {"amount": format.short_money(its, currency)}
            for more, its in zip(_MORE, sums[1:], strict=True)
            if its
        ]
        rows.append((owner, _SEPARATOR.join(told)))
    return (
        [Paragraph(sections.heading(_("The reps’ own calls: won + commit"))), *_pairs(rows)] if rows else []
    )


_MORE: Final[tuple[Callable[[], str], ...]] = (
    lambda: _("best case +%(amount)s"),
    lambda: _("upside +%(amount)s"),
    lambda: _("unclassified %(amount)s"),
)


# Freezing ------------------------------------------------------------------------------------------------


def _freeze(desk: Desk) -> list[Paragraph]:
    """What is about to be kept for good, or what was."""
    call = desk.background.call
    if call.is_frozen:
        newest = call.revisions[-1]
        told = _("Frozen on %(day)s by %(who)s, revision %(n)d.") % {
            "day": format.moment(newest.at, desk.pipeline.today),
            "who": newest.by,
            "n": newest.revision,
        }
        return [
            _heading(_("Frozen"), right=newest.snapshot_id),
            Paragraph(Content(told)),
            BLANK,
            *_pairs([(_("number"), _money(call.number, desk))]),
            BLANK,
            Paragraph(Content.styled(_("enter writes the minutes into a file."), "bold")),
            Paragraph(
                Content.styled(
                    _("R reopens it: what was frozen stays, the next freeze is another revision."), MUTED
                )
            ),
        ]
    totals = desk.totals("manager")
    left = [its for its in desk.deal_ids if not desk.is_reached(its)]
    rows: list[tuple[str, str | Content]] = [
        (_("number"), _money(call.number, desk)),
        (_("won + commit"), _money(totals.landing, desk)),
        (phrases.figure("unclassified"), _money(totals.unclassified, desk)),
    ]
    found = [_heading(_("Freeze the call")), *_pairs(rows), BLANK]
    if call.number is None:
        found.append(
            Paragraph(
                Content.styled("● " + _("Without a number of its own won + commit is kept."), "$flag-medium")
            )
        )
    if left:
        told = ngettext("%(n)d deal was not reached", "%(n)d deals were not reached", len(left)) % {
            "n": len(left)
        }
        names = [desk.pipeline.deals[its].name for its in left[:8]]
        more = [" …"] if len(left) > len(names) else []
        found += [
            Paragraph(Content.styled("● " + labelled(told, ", ".join(names) + "".join(more)), "$flag-medium"))
        ]
    return [
        *found,
        BLANK,
        Paragraph(Content.styled(_("enter freezes the call: nobody changes it any more."), "bold")),
    ]
