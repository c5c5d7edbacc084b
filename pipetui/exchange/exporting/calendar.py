"""Next steps and expected close dates as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.deals import Beside
from pipetui.exchange.exporting.view import View
from pipetui.exchange.own import COLUMNS
from pipetui.language import _, labelled
from pipetui.language.builtin import shown
from pipetui.language.format import money

if TYPE_CHECKING:
    from icalendar import Event


def calendar_bytes(view: View, deals: Iterable[Deal], known: Mapping[int, Beside], at: datetime) -> bytes:
    """All-day events of the open deals that their CRM still has.

    The same event has the same UID in every export, so that a calendar that takes the file in again moves it.

    Args:
        view: what the deals are part of.
        deals: closed and missing ones are left out.
        known: their identities.
        at: now, with a timezone.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//pipetui//pipetui//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Pipeline"))
    events: list[bytes] = []
    for deal in deals:
        if deal.status == "open" and deal.missing_since is None:
            for event in _events(view, deal, known[deal.id].identity):
                event.add("dtstamp", at)
                events.append(event.to_ical())  # as text it takes a tenth of the memory
    head, end, tail = calendar.to_ical().partition(b"END:VCALENDAR")
    return b"".join((head, *events, end, tail))


def _events(view: View, deal: Deal, identity: str) -> Iterator["Event"]:
    called = f"{deal.name} — {deal.account}" if deal.account else deal.name
    if deal.next_step_date is not None:
        step = deal.next_step or COLUMNS["next_step"].told
        yield _event(view, deal, f"{identity}-next-step", deal.next_step_date, f"{step} · {called}")
    if deal.close_date is not None:
        title = labelled(COLUMNS["close_date"].told, called)
        yield _event(view, deal, f"{identity}-close", deal.close_date, title)


def _event(view: View, deal: Deal, uid: str, day: date, summary: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@pipetui")
    event.add("summary", summary)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("sequence", deal.version)
    event.add("transp", "TRANSPARENT")  # it is due that day, nobody is busy all day
    event.add("description", "\n".join(_told(view, deal)))
    return event


def _told(view: View, deal: Deal) -> Iterator[str]:
    stage = view.stages[deal.stage_id]
    if deal.owner:
        yield labelled(COLUMNS["owner"].told, deal.owner)
    yield labelled(COLUMNS["stage"].told, shown(stage.name))
    if deal.amount is not None:
        yield labelled(COLUMNS["amount"].told, money(deal.amount, deal.currency or view.currency))
