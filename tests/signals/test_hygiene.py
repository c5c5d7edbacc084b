from pipetui.signals.hygiene import hygiene
from pipetui.signals.rules import flags_by_deal
from tests.signals.making import context, days, deal, playbook


def test_score_is_the_share_of_deals_in_order() -> None:
    book = playbook(demo={"requires": {"need": 1}})
    known = context(book)
    good = {"levels": "1000000", "next_step": "call", "next_step_date": days(1)}
    deals = [
        deal(id=1, **good),
        deal(id=2, **{**good, "levels": "0333333"}),
        deal(id=3, **{**good, "next_step_date": days(0)}),  # today is not the future
        deal(id=4, **{**good, "next_step_date": None}),
        deal(id=5, **good, close_date=days(-1)),  # a severe flag
        deal(id=6, **good, last_activity=days(-100)),  # a warning alone does not count against it
        deal(id=7, **good, missing_since=days(-1)),
        deal(id=8, **good, status="won", stage_id=4),
    ]
    score, counted, flagged = hygiene(deals, flags_by_deal(deals, known), known)
    assert counted == 6
    assert score == 2 / 6
    assert flagged == 4  # weak, no date, overdue, idle


def test_no_score_without_deals() -> None:
    assert hygiene([], {}, context()) == (None, 0, 0)
