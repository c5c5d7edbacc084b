"""What the cells of an export become: seen in the store."""

from datetime import date

import pytest

from pipetui.deals.deal import Deal
from pipetui.store.engine import Store
from pipetui.store.reading import read_board, read_story
from tests.exchange.conftest import Import

HEADER = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Next Step"


def deals(store: Store) -> dict[str, Deal]:
    return {deal.name: deal for deal in read_board(store).deals}


def column(store: Store, bring: Import, name: str, values: list[str], field: str) -> list[object]:
    """Import one deal a value and give what became of the values."""
    rows = "\n".join(f'D{n};Demo;"{value}"' for n, value in enumerate(values))
    bring(f"Deal Name;Stage;{name}\n{rows}\n")
    found = deals(store)
    return [getattr(found[f"D{n}"], field) for n in range(len(values)) if f"D{n}" in found]


def test_amounts_and_currencies(store: Store, bring: Import) -> None:
    report = bring(
        "Deal Name;Stage;Amount;Currency\n"
        "A;Demo;12 500,50 €;\nB;Demo;250k;USD\nC;Demo;;\nD;Demo;0;\nE;Demo;n/a;CHF\nF;Demo;(500);"
        "\nG;Demo;1200;JPY\n"
    )
    assert {name: (deal.amount, deal.currency) for name, deal in deals(store).items()} == {
        "A": (1_250_050, "EUR"), "B": (25_000_000, "USD"), "C": (None, "EUR"), "D": (0, "EUR"),
        "E": (None, "CHF"),
        "F": (-50_000, "EUR"), "G": (1200, "JPY"),
    }  # fmt: skip
    assert any("below zero" in warning for warning in report.warnings)


def test_the_currency_that_is_named_nowhere(store: Store, bring: Import) -> None:
    bring(f"{HEADER}\n1,A,Demo,5,,\n", currency="GBP")
    assert deals(store)["A"].currency == "GBP"


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["10", "75", "100"], [0.1, 0.75, 1.0]),
        (["0.1", "0.75", "1"], [0.1, 0.75, 1.0]),
        (["10 %", "1 %"], [0.1, 0.01]),
        (["0", "1"], [0.0, 1.0]),
        (["0,5", "20"], [0.005, 0.2]),
        (["1000", "20"], [None, 0.2]),
        (["50 %", "0,5", "5"], [0.5, 0.5, 0.05]),
        (["50%", "1", "0.3"], [0.5, 1.0, 0.3]),
    ],
)
def test_probabilities(store: Store, bring: Import, values: list[str], read: list[float | None]) -> None:
    assert column(store, bring, "Probability", values, "probability") == read


def test_decimal_commas_put_the_day_first(store: Store, bring: Import) -> None:
    report = bring('Name,Stage,Amount,Close Date\nA,Demo,"12 500,50 €",03/04/2026\n')
    assert [deal.close_date for deal in read_board(store).deals] == [date(2026, 4, 3)]
    assert any("was read day first" in warning for warning in report.warnings)


def test_the_column_decides_the_order_of_day_and_month(store: Store, bring: Import) -> None:
    assert column(store, bring, "Close Date", ["03/04/2026", "15/04/2026"], "close_date") == [
        date(2026, 4, 3), date(2026, 4, 15),
    ]  # fmt: skip


def test_another_column_decides_where_one_cannot(store: Store, bring: Import) -> None:
    report = bring("Deal Name,Stage,Close Date,Created Date\nA,Demo,02/03/24,02/23/26\n")
    assert deals(store)["A"].close_date == date(2024, 2, 3)
    assert report.warnings == []


def test_where_nothing_decides_a_warning_says_what_would(store: Store, bring: Import) -> None:
    report = bring("Deal Name,Stage,Close Date\nA,Demo,03/04/2026\n")
    assert deals(store)["A"].close_date == date(2026, 3, 4)
    (warning,) = report.warnings
    assert "“03/04/2026” was read month first" in warning
    french = bring("Nom de l'affaire;Étape;Date de clôture\nB;Démo;03/04/2026\n", name="fr.csv")
    assert deals(store)["B"].close_date == date(2026, 4, 3)
    assert "day first" in french.warnings[0]


def test_a_reason_of_the_status_says_whether_it_is_won_beside_a_stage(store: Store, bring: Import) -> None:
    bring(
        "Topic\tEst. Revenue\tSales Stage\tStatus Reason\tOwner\n"
        "Cloud\t$125,000.00\tPropose\tIn Progress\tKim Lee\nPilot\t$5,000.00\tClose\tWon\tAna Ruiz\n"
    )
    assert {name: deal.status for name, deal in deals(store).items()} == {"Cloud": "open", "Pilot": "won"}


def test_placeholders_are_empty_but_none_is_a_name(store: Store, bring: Import) -> None:
    bring(
        "Deal Name,Account Name,Owner,Stage,Amount,Close Date\n"
        "None,None,None,Demo,#N/A,TBD\nNA,#N/A,Unassigned,Demo,-,n/a\n"
    )
    found = deals(store)
    assert (found["None"].account, found["None"].owner) == ("None", "")
    assert (found["NA"].account, found["NA"].owner) == ("", "")
    assert [(deal.amount, deal.close_date) for deal in found.values()] == [(None, None), (None, None)]


def test_a_deal_without_a_name_is_called_by_account_and_id(store: Store, bring: Import) -> None:
    bring("Opportunity ID,Opportunity Name,Account Name,Stage\n7,,Acme,Demo\n8,\u200b,,Demo\n")
    assert set(deals(store)) == {"Acme 7", "8"}
    bring("Deal Name,Account Name,Stage\n,,Demo\n", name="other.csv")
    assert "(no name)" in deals(store)


def test_ids_of_companies_are_no_part_of_their_names(store: Store, bring: Import) -> None:
    bring(
        "Record ID,Deal Name,Deal Stage,Associated Company (Primary)\n1,A,Demo,Acme (5551)\n2,B,"
        "Demo,Beta (FR)\n"
    )
    assert {deal.account for deal in deals(store).values()} == {"Acme", "Beta (FR)"}


def test_statuses_win_over_stages(store: Store, bring: Import) -> None:
    bring(
        "Deal - ID;Deal - Title;Deal - Stage;Deal - Status;Deal - Won time;Deal - Lost time;"
        "Deal - Expected close date\n"
        "1;A;Demo;Open;;;2026-12-01\n2;B;Demo;Won;2026-11-02 10:00;;\n3;C;Proposal;Lost;;2026-10-01 09:00;\n"
    )
    found = deals(store)
    assert {name: (deal.status, deal.closed_on) for name, deal in found.items()} == {
        "A": ("open", None), "B": ("won", date(2026, 11, 2)), "C": ("lost", date(2026, 10, 1)),
    }  # fmt: skip
    kinds = {stage.id: stage.kind for stage in read_board(store).stages}
    assert all(kinds[deal.stage_id] == deal.status for deal in found.values())


def test_flags_tell_the_status_where_there_is_no_column_for_it(store: Store, bring: Import) -> None:
    bring("Id,Name,StageName,IsClosed,IsWon\n1,A,Zzz,1,1\n2,B,Yyy,1,\n3,C,Xxx,,\n")
    assert {name: deal.status for name, deal in deals(store).items()} == {
        "A": "won",
        "B": "lost",
        "C": "open",
    }


def test_closed_deals_without_any_date_are_counted(store: Store, bring: Import) -> None:
    report = bring(f"{HEADER}\n1,A,Closed Won,5,,\n2,B,Closed Lost,5,,\n3,C,Demo,5,,\n")
    assert [warning for warning in report.warnings if "2 closed deals have no close date" in warning]
    assert deals(store)["A"].settled_on is None


def test_answers_give_level_one_and_keep_their_text(store: Store, bring: Import) -> None:
    bring("Deal Name,Stage,Need,Budget,Champion,Next Step\nA,Demo,Faster invoices,TBD,Ana,Call them\n")
    deal = deals(store)["A"]
    assert deal.levels == "1000011", "need, next step and sponsor"
    story = read_story(store, deal.id)
    assert dict(story.texts) == {"need": "Faster invoices", "sponsor": "Ana"}


def test_hostile_names_are_kept_harmless(store: Store, bring: Import) -> None:
    bring(f"{HEADER}\n1,Q3 [Renewal] [/] \x1b]0;x\x07\u202e!,Demo,5,,\n")
    assert set(deals(store)) == {"Q3 [Renewal] [/] ]0;x!"}


def test_teams_come_from_the_column(store: Store, bring: Import) -> None:
    bring("Deal Name,Stage,Owner,Team\nA,Demo,Claire,Ouest\nB,Demo,Claire,Ouest\n")
    assert deals(store)["A"].team == "Ouest"


def test_categories(store: Store, bring: Import) -> None:
    report = bring("Deal Name,Stage,Forecast Category\nA,Demo,Commit\nB,Demo,Pipeline\nC,Demo,Nonsense\n")
    assert {name: deal.category for name, deal in deals(store).items()} == {
        "A": "commit",
        "B": None,
        "C": None,
    }
    assert ["“Nonsense”" in warning for warning in report.warnings] == [True]


def test_the_options_settle_what_a_column_leaves_open(store: Store, bring: Import) -> None:
    text = 'Deal Name,Stage,Amount,Close Date\nA,Demo,"12,500",03/04/2026\n'
    told = bring(text).warnings
    assert any("--dates dmy" in warning for warning in told)
    assert any("--decimal comma" in warning for warning in told)
    assert (deals(store)["A"].amount, deals(store)["A"].close_date) == (1_250_000, date(2026, 3, 4))
    settled = bring(text, source="other", dates="dmy", decimal=",")
    assert settled.warnings == []
    other = next(deal for deal in read_board(store).deals if deal.amount == 1_250)
    assert other.close_date == date(2026, 4, 3)


def test_a_column_that_decides_is_not_overruled(store: Store, bring: Import) -> None:
    bring("Deal Name,Stage,Close Date\nA,Demo,03/04/2026\nB,Demo,25/04/2026\n", dates="mdy")
    assert deals(store)["A"].close_date == date(2026, 4, 3)


def test_the_currency_of_a_column(store: Store, bring: Import) -> None:
    bring("Deal Name;Stage;Amount (k£)\nA;Demo;12.5\nB;Demo;250k\nC;Demo;3 €\n")
    assert {name: (deal.amount, deal.currency) for name, deal in deals(store).items()} == {
        "A": (1_250_000, "GBP"), "B": (25_000_000, "GBP"), "C": (300_000, "EUR"),
    }  # fmt: skip
    bring("Deal Name;Stage;Amount\nD;Demo;$5\nE;Demo;7\n", name="signs.csv")
    assert deals(store)["E"].currency == "USD", "what the column writes once it means everywhere"
    bring("Deal Name;Stage;Amount;Currency\nF;Demo;$5;CAD\n", name="canada.csv")
    assert deals(store)["F"].currency == "CAD"


def test_dates_without_a_day_are_told(store: Store, bring: Import) -> None:
    report = bring("Deal Name,Stage,Close Date,Created Date\nA,Demo,Q4 2026,2026-01-01\nB,Demo,,Nov 2025\n")
    assert deals(store)["A"].close_date == date(2026, 12, 31)
    assert any("“Q4 2026”" in warning for warning in report.warnings)
    assert [row.column for row in report.rejects] == ["Created Date"], "a creation is known to the day"


def test_lines_of_products_are_one_deal(store: Store, bring: Import) -> None:
    rows = "A,Acme,Demo,100,Widget,2\nA,Acme,Demo,100,Gadget,1\nA,Beta,Demo,100,Gadget,1\n"
    report = bring(f"Opportunity Name,Account Name,Stage,Amount,Product Name,Quantity\n{rows}")
    assert (report.new, report.skipped.total()) == (2, 1)


def test_the_row_updated_last_counts_else_the_last(store: Store, bring: Import) -> None:
    rows = "1,A,Demo,5,2026-11-02\n1,A,Demo,7,2026-11-01\n"
    dated = bring(f"Opportunity ID,Opportunity Name,Stage,Amount,Last Modified Date\n{rows}")
    assert deals(store)["A"].amount == 500
    assert any("updated last" in warning for warning in dated.warnings)
    undated = bring("Opportunity ID,Opportunity Name,Stage,Amount\n1,B,Demo,5\n1,B,Demo,7\n", source="x")
    assert deals(store)["B"].amount == 700
    assert any("no column tells" in warning for warning in undated.warnings)


def test_row_numbers_are_no_ids(store: Store, bring: Import) -> None:
    bring("N°;Affaire;Étape\n1;A;Démo\n2;B;Démo\n")
    assert {deal.external_id for deal in deals(store).values()} == {""}
    bring("N°;Affaire;Étape;Client\n17;C;Démo;x\n12;D;Démo;y\n", name="ids.csv")
    assert deals(store)["C"].external_id == "17"


@pytest.mark.parametrize("total", ["Total;;;300\n", "Итого;;;300\n;;;\nnote below;;;\n"])
def test_row_numbers_are_no_ids_above_a_total_either(store: Store, bring: Import, total: str) -> None:
    report = bring(f"№;Deal;Stage;Amount\n1;A;Demo;100\n2;B;Demo;200\n{total}")
    assert report.rows == 2
    assert {deal.external_id for deal in read_board(store).deals} == {""}


@pytest.mark.parametrize("word", ["Deleted", "Eliminado", "Supprimée", "Удалена", "Usunięta"])
def test_a_status_may_say_that_a_deal_was_deleted(store: Store, bring: Import, word: str) -> None:
    report = bring(f"Deal ID,Deal Name,Stage,Status\n1,A,Demo,Open\n2,B,Demo,{word}\n")
    assert (report.new, report.skipped) == (1, {"deleted in the CRM": 1})
    assert report.warnings == []


def test_somebody_who_left_is_still_called_the_same(store: Store, bring: Import) -> None:
    bring(
        "Deal ID,Deal Name,Stage,Deal owner\n1,A,Demo,Léa Morel\n2,B,Demo,Léa Morel (Deactivated User)\n"
        "3,C,Demo,Tom (Paris)\n4,D,Demo,Tom (inactif)\n"
    )
    deals = sorted(read_board(store).deals)
    assert [deal.owner for deal in deals] == ["Léa Morel", "Léa Morel", "Tom (Paris)", "Tom"]


def test_casings_of_an_owner_are_one(store: Store, bring: Import) -> None:
    header = "Id,Name,StageName,Owner.Name\n"
    bring(f"{header}1,A,Demo,Claire Dubois\n2,B,Demo,claire dubois\n3,C,Demo,Claire Dubois\n")
    again = bring(f"{header}1,A,Demo,CLAIRE DUBOIS\n2,B,Demo,claire  dubois\n3,C,Demo,Marc\n")
    assert again.changed == 1
    assert {deal.name: deal.owner for deal in read_board(store).deals} == {
        "A": "Claire Dubois", "B": "Claire Dubois", "C": "Marc",
    }  # fmt: skip


def test_what_a_won_deal_brought_goes_before_what_was_expected(store: Store, bring: Import) -> None:
    bring(
        "Topic;Status;Est. Revenue;Actual Revenue;Pipeline Phase\n"
        "A;Open;100;90;Propose\nB;Won;100;120,50;Close\nC;Lost;100;0;Propose\nD;Won;100;;Close\n"
    )
    found = {name: deal.amount for name, deal in deals(store).items()}
    assert found == {"A": 10_000, "B": 12_050, "C": 10_000, "D": 10_000}


def test_three_decimals_of_a_probability_are_no_thousands(store: Store, bring: Import) -> None:
    assert column(store, bring, "Probability", ["60.000", "100.000", "5.000"], "probability") == [
        0.6,
        1.0,
        0.05,
    ]


def test_lost_may_be_a_column_of_its_own(store: Store, bring: Import) -> None:
    bring("Affaire;Étape;Gagné;Perdu\nA;Devis;Non;Non\nB;Devis;Oui;Non\nC;Devis;Non;Oui\n")
    assert {name: deal.status for name, deal in deals(store).items()} == {
        "A": "open",
        "B": "won",
        "C": "lost",
    }


def test_what_is_not_won_and_closed_on_a_day_is_lost(store: Store, bring: Import) -> None:
    bring(
        "deal,stage,expected_close_date,closed_at,won\nA,Demo,2026-12-01,,false\n"
        "B,closed,2026-10-01,2026-10-05,true\nC,closed,2026-10-01,2026-10-06,false\n"
    )
    assert {name: deal.status for name, deal in deals(store).items()} == {
        "A": "open",
        "B": "won",
        "C": "lost",
    }
