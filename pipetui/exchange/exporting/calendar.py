"""Next steps, expected close dates, commitments and actions as an iCalendar file (RFC 5545).

All of them are all-day VEVENTs. A VTODO would say better what a commitment or action is, but Outlook and
Google Calendar leave VTODOs out of a file without a word and Apple's Calendar does so in a subscribed one,
while every one of them shows an event. What was kept or broken stays, with a mark before its title: an event
that is merely no longer in the file would stand in the calendar as if it were still due.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Final

from pipetui.deals.clock import Clock
from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.deals import Beside
from pipetui.exchange.exporting.undertakings import Undertaking
from pipetui.exchange.exporting.view import View
from pipetui.exchange.exporting.wording import kind_told, state_told
from pipetui.exchange.own import COLUMNS
from pipetui.language import labelled
from pipetui.language.builtin import shown
from pipetui.language.format import money

if TYPE_CHECKING:
    from icalendar import Event

_MARKS: Final = {"kept": "✓ ", "broken": "✗ "}


def calendar(name: str, events: Iterable["Event"], clock: Clock) -> Iterator[bytes]:
    """A calendar file, an event at a time.

    The same event has the same UID in every file, so that a calendar that takes one in again moves it.

    Args:
        name: what the calendar is called.
        events: what is in it.
        clock: tells when it was written; without a timezone it goes by the machine's.
    """
    from icalendar import Calendar

    frame = Calendar()
    frame.add("prodid", "-//pipetui//pipetui//EN")
    frame.add("version", "2.0")
    frame.add("x-wr-calname", name)
    head, end, tail = frame.to_ical().partition(b"END:VCALENDAR")
    written = clock.now().replace(tzinfo=clock.zone).astimezone(UTC)
    yield head
    for event in events:
        event.add("dtstamp", written)
        yield event.to_ical()
    yield end + tail


def deal_events(view: View, deals: Iterable[Deal], known: Mapping[int, Beside]) -> Iterator["Event"]:
    """The next steps and expected close dates of the open deals that their CRM still has.

    Args:
        view: what the deals are part of.
        deals: closed and missing ones are left out.
        known: their identities.
    """
    for deal in deals:
        if deal.status != "open" or deal.missing_since is not None:
            continue
        told, version, uid = "\n".join(_told(view, deal)), deal.version, known[deal.id].identity
        if deal.next_step_date is not None:
            step = _with_deal(deal.next_step or COLUMNS["next_step"].told, deal)
            yield _event(f"{uid}-next-step", deal.next_step_date, step, told, version)
        if deal.close_date is not None:
            title = labelled(COLUMNS["close_date"].told, _called(deal))
            yield _event(f"{uid}-close", deal.close_date, title, told, version)


def promise_events(view: View, items: Iterable[Undertaking]) -> Iterator["Event"]:
    """Commitments and actions on the day they are due; without one they have no place in a calendar.

    Args:
        view: what their deals are part of.
        items: open ones, kept ones and broken ones.
    """
    for promise, deal, uid, _changed in items:
        if promise.due is not None:
            title = labelled(promise.who, promise.what) if promise.who else promise.what
            title = f"{_MARKS.get(promise.state, '')}{title}"
            told = [labelled(kind_told(promise).capitalize(), state_told(promise))]
            if deal is not None:
                title = _with_deal(title, deal)
                told += _told(view, deal)
            yield _event(uid, promise.due, title, "\n".join(told), view.revision)


def _event(uid: str, day: date, summary: str, description: str, sequence: int) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@pipetui")
    event.add("summary", summary)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("sequence", sequence)
    event.add("transp", "TRANSPARENT")  # it is due that day, nobody is busy all day
    event.add("description", description)
    return event


def _with_deal(text: str, deal: Deal) -> str:
    return f"{text} · {_called(deal)}"


def _called(deal: Deal) -> str:
    return f"{deal.name} — {deal.account}" if deal.account else deal.name


def _told(view: View, deal: Deal) -> Iterator[str]:
    stage = view.stages[deal.stage_id]
    if deal.owner:
        yield labelled(COLUMNS["owner"].told, deal.owner)
    yield labelled(COLUMNS["stage"].told, shown(stage.name))
    if deal.amount is not None:
        yield labelled(COLUMNS["amount"].told, money(deal.amount, deal.currency or view.currency))
