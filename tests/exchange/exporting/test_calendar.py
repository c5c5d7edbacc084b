from collections.abc import Callable
from datetime import date
from itertools import cycle, islice

import pytest
from icalendar import Calendar, Event

from pipetui.deals.clock import Clock
from pipetui.exchange.exporting.calendar import calendar as calendar_file
from pipetui.exchange.exporting.calendar import deal_events
from pipetui.exchange.exporting.deals import Beside
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.writing import apply
from tests.exchange.conftest import Import
from tests.exchange.exporting.conftest import NOW, Looked

NAME = "Acme; phase 2, “élan” \\n \\; 日本語 " + "très long " * 20
CRM = (
    "Id,Name,Account,Owner,Stage,Amount,Close Date,Next Step,Next Step Date\n"
    f'1,"{NAME}",Nordimat,Claire,Discovery,500,2026-12-15,"Call: a, b; c",2026-11-30\n'
    "2,Dateless,,,Discovery,,,Call,\n"
    "3,Sold,,,Won,100,2026-11-02,Invoice,2026-12-01\n"
)

Make = Callable[[], bytes]


def events(data: bytes) -> dict[str, Event]:
    calendar = Calendar.from_ical(data)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_next_steps_and_close_dates_of_open_deals(bring: Import, calendar: Make) -> None:
    bring(CRM)
    found = events(calendar())
    assert list(found) == [
        f"Call: a, b; c · {NAME.strip()} — Nordimat",
        f"Expected close: {NAME.strip()} — Nordimat",
    ]
    step, close = found.values()
    assert (step["dtstart"].dt, step["dtend"].dt) == (date(2026, 11, 30), date(2026, 12, 1))
    assert step["dtstart"].params["VALUE"] == "DATE"
    assert close["dtstart"].dt == date(2026, 12, 15)
    assert close["description"] == "Owner: Claire\nStage: Discovery\nAmount: €500.00"


def test_lines_are_folded_at_75_octets_and_end_in_crlf(bring: Import, calendar: Make) -> None:
    bring(CRM)
    data = calendar()
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert data.count(b"\n") == data.count(b"\r\n")


def test_the_same_event_keeps_its_uid_and_counts_up(
    store: Store, bring: Import, calendar: Make, looked: Looked, playbook: Playbook
) -> None:
    from pipetui.deals.edits import Change

    bring(CRM)
    before = {str(event["uid"]): event for event in events(calendar()).values()}
    assert len(before) == 2
    deal = next(deal for deal in looked().deals.values() if deal.external_id == "1")
    change = Change(deal.id, deal.version, "next_step_date", date(2026, 12, 4))
    apply(store, [change], by="claire", at=NOW, playbook=playbook)
    after = {str(event["uid"]): event for event in events(calendar()).values()}
    assert before.keys() == after.keys()
    (moved,) = (uid for uid in after if after[uid]["dtstart"].dt != before[uid]["dtstart"].dt)
    assert moved.endswith("-next-step@pipetui")
    assert after[moved]["sequence"] > before[moved]["sequence"]


def test_events_are_written_before_all_of_them_are_made(bring: Import, looked: Looked, clock: Clock) -> None:
    bring(CRM)
    pipeline = looked()
    known = {id_: Beside(f"d{id_}", "") for id_ in pipeline.deals}
    without_end = deal_events(pipeline, cycle(pipeline.deals.values()), known)
    _head, first, *_others = islice(calendar_file("Pipeline", without_end, clock), 10)
    assert first.startswith(b"BEGIN:VEVENT")


@pytest.mark.parametrize("content", ["Id,Name,Stage,Close Date\n1,A,Discovery,\n"])
def test_without_dates_it_is_an_empty_calendar(bring: Import, calendar: Make, content: str) -> None:
    bring(content)
    assert events(calendar()) == {}


def test_missing_deals_are_left_out(bring: Import, calendar: Make) -> None:
    head = "Id,Name,Stage,Close Date\n"
    bring(f"{head}1,A,Discovery,2026-12-01\n2,B,Discovery,2026-12-02\n", as_of=date(2026, 11, 15))
    bring(f"{head}1,A,Discovery,2026-12-01\n", as_of=date(2026, 11, 22))
    assert list(events(calendar())) == ["Expected close: A"]
