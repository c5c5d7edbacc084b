"""The waterfall: each bar by hand, and the balance over a thousand random histories."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.trends.flow import BARS, ENTRIES, EXITS, Flow, flow
from pipetui.trends.spans import Span
from tests.trends.making import EUROS, TODAY, deal

SINCE, UNTIL = TODAY - timedelta(days=30), TODAY
INSIDE = SINCE + timedelta(days=3)
QUARTER = Span("2026-Q4", date(2026, 10, 1), date(2026, 12, 31))
DUE, LATER = date(2026, 12, 15), date(2027, 2, 1)


def between(then: Deal | None, now: Deal | None, period: Span | None = QUARTER) -> Flow:
    before, after = ({} if its is None else {1: its} for its in (then, now))
    return flow(before, after, EUROS, since=SINCE, until=UNTIL, period=period)


def bars(found: Flow) -> dict[str, int]:
    return {bar: found.amount(bar) for bar in BARS if found.deals(bar)}


def open_(amount: int | None = 100, due: date | None = DUE, **fields: Any) -> Deal:
    return deal(amount=amount, close_date=due, **fields)


def over(status: str, amount: int | None = 100, on: date = INSIDE) -> Deal:
    return deal(amount=amount, close_date=on, closed_on=on, status=status)


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (None, open_(), {"new": 100}),
        (open_(), open_(), {}),
        (open_(), open_(130), {"increased": 30}),
        (open_(), open_(70), {"decreased": 30}),
        (open_(None), open_(70), {"increased": 70}),
        (open_(), open_(None), {"decreased": 100}),
        (open_(), open_(120, LATER), {"pushed": 100}),
        (open_(100, LATER), open_(120), {"pulled_in": 120}),
        (open_(100, None), open_(120), {"pulled_in": 120}),
        (open_(), over("won", 120), {"won": 100}),
        (open_(), over("lost", 120), {"lost": 100}),
        (over("lost", on=SINCE), open_(80), {"new": 80}),
        (None, over("won", 90), {"new": 90, "won": 90}),
        (None, over("lost", 90), {"new": 90, "lost": 90}),
        (open_(100, LATER), over("won", 90), {"pulled_in": 90, "won": 90}),
        (open_(100, LATER), over("lost", 90), {}),
        (None, over("won", on=SINCE), {}),
        (None, over("won", on=date(2027, 1, 1)), {}),
        (open_(), open_(missing_since=INSIDE), {"other": -100}),
        (open_(missing_since=SINCE), open_(), {"other": 100}),
        (open_(), open_(resume_on=LATER, crm_category=Category.OMITTED), {"other": -100}),
        (open_(), open_(300, currency="USD"), {"other": 50}),
        (open_(), None, {"other": -100}),
        (open_(-100), over("won"), {"other": 100}),
        (None, open_(-100), {"other": -100}),
        (open_(0), over("won"), {"won": 0}),
        (over("won", on=SINCE), over("won", on=SINCE), {}),
    ],
)
def test_where_a_deal_goes(then: Deal | None, now: Deal | None, expected: Mapping[str, int]) -> None:
    found = between(then, now)
    assert bars(found) == expected
    assert found.balanced


def test_without_a_period_nothing_is_pulled_or_pushed() -> None:
    assert bars(between(open_(), open_(120, LATER), None)) == {"increased": 20}
    assert bars(between(open_(100, LATER), over("lost"), None)) == {"lost": 100}


def test_what_has_no_rate_stands_apart() -> None:
    found = between(None, open_(900, currency="CHF"))
    assert (found.end, found.other_currencies, found.unpriced) == (0, {"CHF": (1, 900)}, (0, 0))
    assert between(open_(None), open_(None)).unpriced == (1, 1)


_DAYS = [TODAY + timedelta(days=back) for back in range(-60, 61)]
DAYS = st.sampled_from(_DAYS)
AMOUNTS = st.none() | st.integers(-10_000, 10_000_000)


def to_one_of(field: str, values: Sequence[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """A change of that field. Drawn at once, since drawing takes longer than what is tested."""
    return st.sampled_from([(field, value) for value in values])


CHANGES = st.one_of(
    AMOUNTS.map(lambda amount: ("amount", amount)),
    to_one_of("close_date", [*[None] * len(_DAYS), *_DAYS]),
    to_one_of("currency", ["EUR", "USD", "CHF"]),
    to_one_of("status", ["open", "won", "lost"]),
    to_one_of("missing_since", [*[None] * len(_DAYS), *_DAYS]),
    to_one_of("resume_on", [*[None] * len(_DAYS), *_DAYS]),
    to_one_of("crm_category", [None, Category.OMITTED, Category.COMMIT]),
)
HISTORIES = st.lists(
    st.tuples(DAYS, AMOUNTS, DAYS, st.lists(st.tuples(DAYS, CHANGES), max_size=8)), min_size=1, max_size=8
)


def replayed(histories: list[Any], day: date) -> dict[int, Deal]:
    """The deals that had appeared by the end of a day, as they stood then."""
    found = {}
    for id_, (appeared, amount, due, changes) in enumerate(histories):
        if appeared > day:
            continue
        state = {"amount": amount, "close_date": due, "created": appeared}
        for at, (field, value) in sorted(changes, key=lambda its: its[0]):
            if appeared <= at <= day:
                state[field] = value
                if field == "status":
                    state["closed_on"] = None if value == "open" else at
        found[id_] = deal(id_, **state)
    return found


def worth(found: Mapping[int, Deal], period: Span | None) -> int:
    """In euros; there is a rate of one half for dollars and none for francs."""
    whole = 0
    for its in found.values():
        resting = its.resume_on is not None and its.crm_category is Category.OMITTED
        if its.status != "open" or its.missing_since or resting or its.amount is None:
            continue
        if period is not None and (
            its.close_date is None or not period.start <= its.close_date <= period.end
        ):
            continue
        if its.currency == "EUR":
            whole += its.amount
        elif its.currency == "USD":
            half, odd = divmod(abs(its.amount), 2)
            whole += (half + odd) if its.amount > 0 else -(half + odd)
    return whole


@settings(max_examples=1_000)
@given(HISTORIES, DAYS, st.integers(0, 60), st.booleans())
def test_it_balances_to_the_cent(histories: list[Any], since: date, days: int, with_period: bool) -> None:
    until, period = since + timedelta(days=days), QUARTER if with_period else None
    before, after = replayed(histories, since), replayed(histories, until)
    found = flow(before, after, EUROS, since=since, until=until, period=period)
    assert found.balanced
    assert (found.start, found.end) == (worth(before, period), worth(after, period))
    assert all(part.amount >= 0 for part in found.parts if part.bar != "other")
    entries = Counter(part.deal_id for part in found.parts if part.bar in (*ENTRIES, "other"))
    exits = Counter(part.deal_id for part in found.parts if part.bar in EXITS)
    assert max(entries.values(), default=0) <= 2
    assert max(exits.values(), default=0) <= 1
    if not with_period:
        assert not found.deals("pulled_in")
        assert not found.deals("pushed")
    if days == 0:
        assert not found.parts
