"""Columns that no list of labels settles alone: what the other columns and the rows say besides."""

from pathlib import Path

import pytest

from pipetui.deals.errors import Problem
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange.conftest import Import

OPEN = ("14/01/2027", "10/12/2026", "02/03/2027", "29/01/2027")
CLOSED = ("04/08/2026", "21/07/2026", "11/07/2026")


def export(path: Path, header: str, *lines: str) -> Path:
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def columns(bring: Import, path: Path) -> dict[str, str]:
    """Field → column, as an import of the file finds them."""
    (file,) = bring(path).files
    return {name: match.column for name, match in file.matches.items()}


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("Date de clôture estimée", "Date de clôture"),
        ("Date de signature estimée", "Date de clôture"),
        ("Date prévisionnelle de signature", "Date de signature"),
        ("Échéance", "Date de clôture"),
        ("Oczekiwane zamknięcie", "Data zamknięcia"),
        ("Предполагаемая дата завершения", "Дата завершения"),
        ("Прогноз закрытия", "Дата закрытия"),
        ("Fecha probable de cierre", "Fecha de cierre"),
        ("Projected close", "Close date"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_date_still_to_come_is_the_expected_one(
    bring: Import, tmp_path: Path, expected: str, actual: str, turned: bool
) -> None:
    pairs = [(day, "") for day in OPEN] + [(day, "05/08/2026") for day in CLOSED]
    names = (actual, expected) if turned else (expected, actual)
    days = [(done, due) if turned else (due, done) for due, done in pairs]
    lines = [
        f"Deal {n},Acme,{'Won' if pairs[n][1] else 'Demo'},100,{','.join(both)}"
        for n, both in enumerate(days)
    ]
    found = columns(
        bring, export(tmp_path / "deals.csv", f"Name,Company,Stage,Amount,{','.join(names)}", *lines)
    )
    assert (found["close_date"], found.get("closed")) == (expected, actual)


def test_days_that_only_closed_deals_have_are_when_they_were_closed(
    store: Store, bring: Import, tmp_path: Path
) -> None:
    lines = [f"A{n},X,Demo,1,{day}," for n, day in enumerate(OPEN)]
    lines += [f"B{n},X,{('Won', 'Lost')[n % 2]},1,{day},0{n + 1}/09/2026" for n, day in enumerate(CLOSED)]
    path = export(tmp_path / "deals.csv", "Name,Company,Stage,Amount,Expected close,Ended", *lines)
    assert columns(bring, path)["closed"] == "Ended"
    days = {deal.name: str(deal.closed_on) for deal in read_board(store).deals if deal.status != "open"}
    assert days == {"B0": "2026-09-01", "B1": "2026-09-02", "B2": "2026-09-03"}


def test_a_day_that_open_deals_have_too_is_not(bring: Import, tmp_path: Path) -> None:
    lines = [f"A{n},X,Demo,1,{day},01/02/2026" for n, day in enumerate(OPEN)]
    lines += [f"B{n},X,Won,1,{day},01/02/2026" for n, day in enumerate(CLOSED)]
    path = export(tmp_path / "deals.csv", "Name,Company,Stage,Amount,Expected close,Ended", *lines)
    assert "closed" not in columns(bring, path)


@pytest.mark.parametrize(
    ("step", "day"),
    [("To do", "Due date"), ("Дальнейшие действия", "Срок исполнения"), ("Co dalej", "Do kiedy")],
)
def test_the_days_beside_the_next_step_are_the_steps(
    bring: Import, tmp_path: Path, step: str, day: str
) -> None:
    lines = [f"A{n},X,Demo,1,Call them,0{n + 1}/12/2026,{close}" for n, close in enumerate(OPEN)]
    path = export(tmp_path / "deals.csv", f"Name,Company,Stage,Amount,{step},{day},Forecast close", *lines)
    found = columns(bring, path)
    assert (found["next_step"], found["next_step_date"], found["close_date"]) == (step, day, "Forecast close")


@pytest.mark.parametrize(
    ("stage", "status", "won", "lost"),
    [
        ("Status", "Resultado", "Ganada", "Perdida"),
        ("Deal status", "Win/Loss", "Won", "Lost"),
        ("Status szansy", "Rozstrzygnięcie", "Wygrana", "Przegrana"),
        ("Этап", "Чем кончилось", "Реализована", "Упущена"),
        ("Étape", "Fin de l'histoire", "Devis signé", "Devis refusé"),
    ],
)
def test_a_column_of_statuses_is_found_beside_the_stages(
    store: Store, bring: Import, tmp_path: Path, stage: str, status: str, won: str, lost: str
) -> None:
    lines = [f"A,X,Offer,{won},1", f"B,X,Contact,{lost},1", "C,X,Offer,,1", "D,X,Contact,,1"]
    path = export(tmp_path / "deals.csv", f"Name,Company,{stage},{status},Amount", *lines)
    found = columns(bring, path)
    assert (found["stage"], found["status"]) == (stage, status)
    ends = {deal.name: deal.status for deal in read_board(store).deals}
    assert ends == {"A": "won", "B": "lost", "C": "open", "D": "open"}


@pytest.mark.parametrize(
    "label", ["Nombre oportunidad", "Nombre de Trato", "Sujet", "Oportunidad de negocio"]
)
def test_a_name_is_a_name_beside_an_id(bring: Import, tmp_path: Path, label: str) -> None:
    lines = [f"{n},Renovación {n},Cliente,Demo,1000,{day}" for n, day in enumerate(OPEN, 100)]
    path = export(
        tmp_path / "deals.csv", f"ID Oportunidad,{label},Cliente,Etapa,Importe,Fecha de cierre", *lines
    )
    found = columns(bring, path)
    assert (found["id"], found["name"]) == ("ID Oportunidad", label)


def test_past_days_of_a_follow_up_are_no_next_step(bring: Import, tmp_path: Path) -> None:
    lines = [f"A{n},X,Demo,1,{day},1{n}/11/2026" for n, day in enumerate(OPEN)]
    path = export(
        tmp_path / "deals.csv", "Oportunidad,Empresa,Etapa,Importe,Fecha de cierre,Último seguimiento", *lines
    )
    found = columns(bring, path)
    assert found["last_activity"] == "Último seguimiento"
    assert "next_step_date" not in found


@pytest.mark.parametrize(
    "last", ["Итог,,,4,", "Сумма,,,4,", "Importe total,,,4,", "Whatever,,,4,", "Nº de oportunidades: 4,,,,"]
)
def test_rows_below_the_deals_are_no_deals(bring: Import, tmp_path: Path, last: str) -> None:
    lines = [f"A{n},X,Demo,1,{day}" for n, day in enumerate(OPEN)]
    report = bring(export(tmp_path / "deals.csv", "Name,Company,Stage,Amount,Close date", *lines, last))
    assert (report.rows, report.new) == (4, 4)


def test_a_last_deal_that_is_not_the_sum_stays(bring: Import, tmp_path: Path) -> None:
    lines = [f"A{n},X,Demo,1,{day}" for n, day in enumerate(OPEN)]
    report = bring(
        export(tmp_path / "deals.csv", "Name,Company,Stage,Amount,Close date", *lines, "Last,,,5,")
    )
    assert report.new == 5


@pytest.mark.parametrize(
    ("header", "cell", "minor", "currency"),
    [
        ("Likely", "261250.97", 26_125_097, "EUR"),
        ("Potentiel HT", '"261 250,97 €"', 26_125_097, "EUR"),
        ("Facturación prevista", '"138741,57"', 13_874_157, "EUR"),
        *((label, "1250", 125_000, "USD") for label in ("amount_usd", "amountUSD", "USD Amount", "arr_usd")),
        ("Amount", "12 500 BYN", 1_250_000, "BYN"),
        ("Amount", '"12 500,50 лв."', 1_250_050, "BGN"),
        ("Amount", "12 500 €/an", 1_250_000, "EUR"),
        ("Amount", "ок. 12 500", 1_250_000, "EUR"),
    ],
)
def test_amounts_as_people_write_them(
    store: Store, bring: Import, tmp_path: Path, header: str, cell: str, minor: int, currency: str
) -> None:
    bring(
        export(
            tmp_path / "deals.csv", f"Name,Company,Stage,{header},Close date", f"A,X,Demo,{cell},14/01/2027"
        )
    )
    (deal,) = read_board(store).deals
    assert (deal.amount, deal.currency or "EUR") == (minor, currency)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, "2027-01-14") for text in ("14.01.2027 r.", "14.01.2027 г.", "14.янв.2027", "14 sty 2027")),
        ("14/01/2027 (prévu)", "2027-01-14"),
        *((text, "2027-01-31") for text in ("janv.-27", "янв.27", "sty 2027")),
        *((text, "2026-12-31") for text in ("déc.-26", "Q4 FY26", "4T2026", "4e trim. 2026", "IV кв. 2026")),
        *((text, "2026-12-31") for text in ("IV kw. 2026", "4º trim. 2026", "fin 2026", "2026", "H2 2026")),
        ("S1 2027", "2027-06-30"),
    ],
)
def test_days_as_people_write_them(store: Store, bring: Import, tmp_path: Path, text: str, day: str) -> None:
    bring(export(tmp_path / "deals.csv", "Name,Company,Stage,Amount,Close date", f"A,X,Demo,1,{text}"))
    (deal,) = read_board(store).deals
    assert str(deal.close_date) == day


@pytest.mark.parametrize("label", ["Contract start", "Date de livraison", "Last modified by customer"])
def test_other_days_beside_the_next_step_are_not_the_steps(bring: Import, tmp_path: Path, label: str) -> None:
    lines = [f"A{n},X,Demo,1,{day},Call them,0{n + 1}/12/2026" for n, day in enumerate(OPEN)]
    path = export(tmp_path / "deals.csv", f"Name,Company,Stage,Amount,Close date,Next step,{label}", *lines)
    assert "next_step_date" not in columns(bring, path)


def test_what_a_cell_points_to_is_not_part_of_the_name(store: Store, bring: Import, tmp_path: Path) -> None:
    line = '"=HYPERLINK(""https://x.example/1"",""A"")",Acme Ltd (https://www.notion.so/Acme-1f2e),Demo,1,14/01/2027'
    bring(export(tmp_path / "deals.csv", "Name,Company,Stage,Amount,Close date", line))
    (deal,) = read_board(store).deals
    assert (deal.name, deal.account) == ("A", "Acme Ltd")


def test_a_stage_is_known_by_a_word_of_its_label(bring: Import, tmp_path: Path) -> None:
    lines = [f"A{n},X,В работе,{('Первый', 'Второй')[n % 2]},1,{day}" for n, day in enumerate(OPEN)]
    path = export(
        tmp_path / "deals.csv", "Название,Клиент,Статус,Наш этап работы,Сумма,Дата закрытия", *lines
    )
    assert columns(bring, path)["stage"] == "Наш этап работы"


def test_an_opportunity_in_numbers_is_its_amount(store: Store, bring: Import, tmp_path: Path) -> None:
    header = "ID,TITLE,STAGE_ID,OPPORTUNITY,CURRENCY_ID,COMPANY_TITLE,CLOSEDATE,DATE_CREATE,OPENED"
    lines = [
        f"{n},Deal {n},{('C2:NEW', 'C2:WON', 'C2:LOSE')[n]},100{n},RUB,Co {n},{OPEN[n]},01/02/2026,Y"
        for n in range(3)
    ]
    report = bring(export(tmp_path / "deals.csv", header, *lines))
    assert (report.new, report.rejected) == (3, 0)
    found = {deal.name: (deal.amount, deal.account, deal.status) for deal in read_board(store).deals}
    assert found == {
        "Deal 0": (100_000, "Co 0", "open"),
        "Deal 1": (100_100, "Co 1", "won"),
        "Deal 2": (100_200, "Co 2", "lost"),
    }


@pytest.mark.parametrize("label", ["Client", "Account", "Клиент"])
def test_a_line_for_each_customer_is_a_deal(store: Store, bring: Import, tmp_path: Path, label: str) -> None:
    path = export(
        tmp_path / "deals.csv", f"{label},Stage,Amount,Close date", "Acme,Demo,100,14/01/2027", "Beta,Demo,5,"
    )
    assert bring(path).new == 2
    assert {(deal.name, deal.account) for deal in read_board(store).deals} == {
        ("Acme", "Acme"),
        ("Beta", "Beta"),
    }


def test_a_summary_by_stage_is_no_list_of_deals(bring: Import, tmp_path: Path) -> None:
    path = export(
        tmp_path / "deals.csv", "Étape,Nombre,Somme de Montant", "Devis,5,12000", "Négociation,4,30000"
    )
    with pytest.raises(Problem, match="holds no deals"):
        bring(path)


@pytest.mark.parametrize("chance", ["60-80%", "<50%", "High"])
def test_a_chance_that_is_no_number_costs_nobody_his_deal(
    store: Store, bring: Import, tmp_path: Path, chance: str
) -> None:
    header = "Name,Company,Stage,Amount,Probability"
    report = bring(export(tmp_path / "deals.csv", header, f"A,X,Demo,1,{chance}", "B,X,Demo,1,40%"))
    assert (report.new, report.rejected) == (2, 0)
    assert {deal.name: deal.probability for deal in read_board(store).deals} == {"A": None, "B": 0.4}
    assert any(chance in warning for warning in report.warnings)


def test_open_or_closed_is_no_stage_where_another_column_says_how_it_ended(
    store: Store, bring: Import, tmp_path: Path
) -> None:
    lines = ["A,X,Gagné,1,Clôturé", "B,X,Perdu,1,Clôturé", "C,X,Proposition,1,Ouvert"]
    bring(export(tmp_path / "deals.csv", "Libellé,Tiers,Statut opportunité,Montant opportunité,État", *lines))
    assert {deal.name: deal.status for deal in read_board(store).deals} == {
        "A": "won",
        "B": "lost",
        "C": "open",
    }


@pytest.mark.parametrize("label", ["Contact", "Primary contact", "Kontakt", "Контакт"])
def test_a_contact_is_a_person_even_where_the_column_is_empty(
    bring: Import, tmp_path: Path, label: str
) -> None:
    path = export(tmp_path / "a.csv", f"Deal name,Stage,Amount,{label}", "Audit,Demo,100,", "Tour,Demo,90,")
    assert "last_activity" not in columns(bring, path)
