from datetime import date
from decimal import Decimal

from pipetui.deals.acceptance import settled
from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.signals.hygiene import Hygiene, by_owner, by_pipeline, by_team, hygiene, hygiene_by
from pipetui.signals.rules import flags_by_deal
from tests.signals.making import STAGES, context, days, deal, playbook

BOOK = playbook(demo={"requires": {"need": 1}})
KNOWN = context(BOOK)
EUR = Rates("EUR", {"USD": Decimal("0.5")})
GOOD = {"levels": "1000000", "next_step": "call", "next_step_date": days(1)}


def of(*deals: Deal) -> Hygiene:
    return hygiene(deals, flags_by_deal(deals, KNOWN), KNOWN, EUR)


def test_score_is_the_share_of_deals_in_order() -> None:
    found = of(
        deal(id=1, **GOOD),
        deal(id=2, **{**GOOD, "levels": "0333333"}),
        deal(id=3, **{**GOOD, "next_step_date": days(0)}),  # today is not the future
        deal(id=4, **{**GOOD, "next_step_date": None}),
        deal(id=5, **GOOD, close_date=days(-1)),  # a severe flag
        deal(id=6, **GOOD, last_activity=days(-100)),  # a warning alone does not count against it
        deal(id=7, **GOOD, missing_since=days(-1)),
        deal(id=8, **GOOD, status="won", stage_id=4),
    )
    assert found.open == 6
    assert found.score == 2 / 6
    assert found.flagged == 4  # weak, no date, overdue, idle


def test_the_amount_has_a_share_of_its_own() -> None:
    found = of(
        deal(id=1, **GOOD, amount=300_00),
        deal(id=2, amount=600_00),
        deal(id=3, **GOOD),  # unpriced: no amount, but a deal
        deal(id=4, **GOOD, amount=200_00, currency="USD"),  # 100 euros
        deal(id=5, amount=1_000_00, currency="XXX"),  # no rate
    )
    assert (found.score, found.amount, found.amount_score) == (3 / 5, 1_000_00, 0.4)


def test_a_severe_flag_that_somebody_accepted_does_not_count_against_it() -> None:
    late = deal(id=1, **GOOD, close_date=days(-1))
    assert of(late).score == 0
    assert of(late._replace(accepted=settled(late, ["overdue"], date(2026, 12, 1), "agreed"))).score == 1


def test_no_score_without_deals() -> None:
    assert of() == (None, 0, 0, None, 0)
    assert of(deal()).amount_score is None


def test_parts_of_owners_teams_and_pipelines() -> None:
    stages = (*STAGES, STAGES[1]._replace(id=9, pipeline="Renewals"))
    known = context(BOOK, stages=stages)
    deals = [
        deal(id=1, **GOOD, owner="marc", team="West"),
        deal(id=2, owner="Claire", team="West"),
        deal(id=3, **GOOD, owner="Claire", stage_id=9),
        deal(id=4, owner="Zoé", status="won", stage_id=4),
    ]
    flags = flags_by_deal(deals, known)

    def scores(group: object) -> dict[str, float | None]:
        parts = hygiene_by(group, deals, flags, known, EUR)  # type: ignore[arg-type]
        return {name: part.score for name, part in parts.items()}

    assert list(scores(by_owner).items()) == [("Claire", 1 / 2), ("marc", 1.0)]
    assert scores(by_team) == {"": 1.0, "West": 1 / 2}
    assert scores(by_pipeline(known)) == {"Renewals": 1.0, "Sales": 1 / 2}
