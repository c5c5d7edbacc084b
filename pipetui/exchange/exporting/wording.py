"""The words for commitments and actions, and the lines of a Markdown list of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from pipetui.deals.promise import Promise
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.naming import called
from pipetui.exchange.exporting.undertakings import Undertaking
from pipetui.language import _, labelled, ngettext, pgettext
from pipetui.language.format import long_date


def kind_told(promise: Promise) -> str:
    """Whose it is."""
    return _("action") if promise.kind == "action" else _("commitment")


def state_told(promise: Promise) -> str:
    """What became of it."""
    is_action = promise.kind == "action"
    match promise.state:
        case "kept":
            return _("done") if is_action else _("kept")
        case "broken":
            return _("not done") if is_action else _("broken")
        case _state:
            return pgettext("promise", "open")


def lateness(promise: Promise, today: date) -> str:
    """By how much it is late; "" if it is not."""
    if promise.due is None or not promise.is_late(today):
        return ""
    days = (today - promise.due).days
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}


def day_told(day: date | None, today: date) -> str:
    """A day with its weekday, and with its year if that is another one."""
    if day is None:
        return _("no date")
    return long_date(day) if day.year == today.year else f"{long_date(day)} {day.year}"


def to_tick(item: Undertaking, today: date, *, with_deal: bool) -> str:
    """A line of a Markdown list: until when, what, who; ticked if it was kept, told if it was not.

    "- [ ] Friday 20 Nov: sign the annex (their DPO) — Portal (Nordimat) · **2 days late**".
    """
    promise = item.promise
    box = "x" if promise.state == "kept" else " "
    said = labelled(day_told(promise.due, today), escaped(promise.what))
    if promise.who and (not with_deal or promise.who != item.owner):
        said = f"{said} ({escaped(promise.who)})"
    if with_deal and item.deal:
        said = f"{said} — {escaped(called(item.deal))}"
    mark = state_told(promise) if promise.state == "broken" else lateness(promise, today)
    return f"- [{box}] {said} · **{mark}**" if mark else f"- [{box}] {said}"


def part(title: str, lines: Sequence[str]) -> Iterator[str]:
    """The lines of a list below a title; nothing without lines."""
    if lines:
        yield from ("", title, "", *lines)
