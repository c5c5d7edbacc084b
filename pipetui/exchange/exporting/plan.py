"""The mutual action plan of a deal: who does what by when, on both sides. Shared with the buyer."""

from collections.abc import Iterator, Sequence
from datetime import date

from pipetui.deals.clock import Clock
from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.calendar import calendar, promise_events
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.naming import called
from pipetui.exchange.exporting.undertakings import Undertaking
from pipetui.exchange.exporting.view import View
from pipetui.exchange.exporting.wording import day_told, part, to_tick
from pipetui.language import _, labelled


def plan_markdown(deal: Deal, items: Sequence[Undertaking], today: date) -> str:
    """The plan as a list to tick off, each side in order of time.

    Args:
        deal: whose plan it is.
        items: its `undertakings`.
        today: what is due before it is late.
    """
    return "".join(f"{line}\n" for line in _lines(deal, items, today))


def plan_ics(view: View, deal: Deal, items: Sequence[Undertaking], clock: Clock) -> bytes:
    """The plan for a calendar; the events are those of `pipetui export actions`.

    Args:
        view: what the deal is part of.
        deal: whose plan it is.
        items: its `undertakings`; the undated ones have no place in a calendar.
        clock: tells when this was written.
    """
    return b"".join(calendar(_title(deal), promise_events(view, items), clock))


def _title(deal: Deal) -> str:
    return labelled(_("Mutual action plan"), called(deal))


def _lines(deal: Deal, items: Sequence[Undertaking], today: date) -> Iterator[str]:
    yield f"# {escaped(_title(deal))}"
    yield ""
    said = day_told(today, today)
    if deal.status == "open" and deal.close_date:
        closing = _("expected to close on %(day)s") % {"day": day_told(deal.close_date, today)}
        said = f"{said} · {closing}"
    yield said
    if not items:
        yield from ("", _("Nothing was agreed on yet."))
    in_time = sorted(items, key=lambda item: item.promise.due or date.max)
    sides = {"commitment": escaped(deal.account) or _("The buyer"), "action": _("Our team")}
    for kind, side in sides.items():
        its = [item for item in in_time if item.promise.kind == kind]
        yield from part(f"## {side}", [to_tick(item, today, with_deal=False) for item in its])
