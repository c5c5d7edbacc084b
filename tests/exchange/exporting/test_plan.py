"""The mutual action plan of a deal, as it is mailed to the buyer."""

from datetime import date

import pytest
from icalendar import Calendar

from pipetui import language
from pipetui.deals.clock import Clock
from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.calendar import calendar, promise_events
from pipetui.exchange.exporting.plan import plan_ics, plan_markdown
from tests.exchange.conftest import Import
from tests.exchange.exporting.conftest import Do, Looked, Undertaken

TODAY = date(2026, 11, 22)
CRM = (
    "Id,Name,Account,Owner,Stage,Amount,Close Date\n"
    "1,<b>Portail</b> # | [x](http://x) &lt;,*Nordimat*,Claire,Discovery,500,2027-01-15\n"
    "2,Extranet,,Marc,Demo,900,\n"
)


@pytest.fixture
def deal(bring: Import, looked: Looked) -> Deal:
    bring(CRM)
    return next(deal for deal in looked().deals.values() if deal.external_id == "1")


@pytest.fixture
def planned(deal: Deal, undertake: Do, undertaken: Undertaken) -> None:
    undertake("1", "action", "send the contract", "Claire", date(2026, 11, 27))
    undertake("1", "commitment", "sign", "*their* CFO", date(2027, 1, 15))
    undertake("1", "commitment", "validate the annex", "", date(2026, 11, 20))
    undertake("1", "action", "show the demo", "", date(2026, 11, 10))
    undertake("1", "commitment", "name a sponsor", "", date(2026, 11, 11))
    threads = {its.promise.what: its.promise.thread for its in undertaken()}
    undertake("1", "action", "show the demo", "", date(2026, 11, 10), "kept", thread=threads["show the demo"])
    undertake(
        "1",
        "commitment",
        "name a sponsor",
        "",
        date(2026, 11, 11),
        "broken",
        thread=threads["name a sponsor"],
    )


@pytest.mark.usefixtures("planned")
def test_who_does_what_by_when_on_both_sides(deal: Deal, undertaken: Undertaken) -> None:
    assert plan_markdown(deal, undertaken(), TODAY).splitlines() == [
        r"# Mutual action plan: \<b\>Portail\</b\> \# \| \[x\](http://x) \&lt; (\*Nordimat\*)",
        "",
        "Sunday 22 Nov · expected to close on Friday 15 Jan 2027",
        "",
        r"## \*Nordimat\*",
        "",
        "- [ ] Wednesday 11 Nov: name a sponsor · **broken**",
        "- [ ] Friday 20 Nov: validate the annex · **2 days late**",
        r"- [ ] Friday 15 Jan 2027: sign (\*their\* CFO)",
        "",
        "## Our team",
        "",
        "- [x] Tuesday 10 Nov: show the demo",
        "- [ ] Friday 27 Nov: send the contract (Claire)",
    ]


@pytest.mark.usefixtures("planned")
def test_in_french(deal: Deal, undertaken: Undertaken) -> None:
    language.use("fr")
    plan = plan_markdown(deal, undertaken(), TODAY)
    assert plan.startswith("# Plan d’action commun\u00a0: ")
    assert "\ndimanche 22 nov. · signature prévue le vendredi 15 janv. 2027\n" in plan
    assert "\n- [ ] mercredi 11 nov.\u00a0: name a sponsor · **non tenu**\n" in plan
    assert "\n## Notre équipe\n" in plan


def test_nothing_agreed_on_is_said(deal: Deal) -> None:
    assert plan_markdown(deal, [], TODAY).splitlines()[-1] == "Nothing was agreed on yet."


def test_a_buyer_without_a_name(deal: Deal, looked: Looked, undertake: Do, undertaken: Undertaken) -> None:
    undertake("2", "commitment", "answer")
    other = next(deal for deal in looked().deals.values() if deal.external_id == "2")
    assert plan_markdown(other, undertaken(), TODAY).splitlines() == [
        "# Mutual action plan: Extranet",
        "",
        "Sunday 22 Nov",
        "",
        "## The buyer",
        "",
        "- [ ] no date: answer",
    ]


@pytest.mark.usefixtures("planned")
def test_its_events_are_those_of_the_list_of_actions(
    deal: Deal, looked: Looked, undertaken: Undertaken
) -> None:
    clock = Clock(fixed=TODAY)
    plan = Calendar.from_ical(plan_ics(looked(), deal, undertaken(), clock))
    every = Calendar.from_ical(b"".join(calendar("All", promise_events(looked(), undertaken()), clock)))
    uids = [{str(event["uid"]) for event in each.walk("VEVENT")} for each in (plan, every)]
    assert uids[0] == uids[1]
    assert len(uids[0]) == 5
    assert str(plan["x-wr-calname"]).startswith("Mutual action plan: <b>Portail</b>")
