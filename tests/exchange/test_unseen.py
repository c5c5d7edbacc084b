"""Exports of companies that nobody has seen, made up after the CRMs' own labels: every deal comes out right.

The files in tests/data/made/unseen are invented; what is expected was read off them by hand.
"""

from datetime import date
from pathlib import Path

import pytest

from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange.conftest import Import
from tests.exchange.test_real_files import DATA

UNSEEN = DATA / "made" / "unseen"

Expected = list[tuple[str, str, str, str, int | None, str, str | None]]
"""Name, account, owner, status, minor units, currency, close date (the actual one of a closed deal)."""

CASES: dict[str, tuple[str, Expected]] = {
    "sf_es.csv": ("salesforce", [
        ("Renovación ñ", "Telefónica", "José Núñez", "open", 1_250_000, "EUR", "2026-12-15"),
        ("Licencias", "Repsol", "Ana Ruiz", "won", 800_050, "EUR", "2026-09-01"),
        ("Consultoría", "Iberdrola", "Ana Ruiz", "lost", 300_000, "EUR", "2026-09-02"),
    ]),
    "sf_ru.csv": ("salesforce", [
        ("Сервера", "Газпром", "Пётр", "open", 125_000_050, "RUB", "2026-04-03"),
        ("Сервера 2", "Газпром", "Пётр", "won", 100_000, "RUB", "2026-04-05"),
        ("Сервера 3", "Газпром", "Пётр", "lost", 100_000, "RUB", "2026-04-05"),
    ]),
    "sf_pl.csv": ("salesforce", [
        ("Wdrożenie", "Żabka", "Łukasz Żak", "open", 1_250_050, "PLN", "2026-12-15"),
        ("Serwis", "PKN", "Ewa Kość", "won", 100_000, "PLN", "2026-09-15"),
        ("Serwis 2", "PKN", "Ewa Kość", "lost", 100_000, "PLN", "2026-09-16"),
    ]),
    "sf_grouped.xlsx": ("salesforce", [
        ("A1", "Acme", "Al", "open", 100_000, "EUR", "2026-12-01"),
        ("A2", "Acme", "Al", "open", 200_000, "EUR", "2026-12-02"),
        ("B1", "Beta", "Bo", "won", 50_000, "EUR", "2026-10-01"),
    ]),
    "sf_multi.csv": ("salesforce", [
        ("Big", "Acme", "Al", "open", 100_000, "USD", "2026-12-31"),
        ("Small", "Acme", "Al", "open", 50_000, "EUR", "2026-12-31"),
    ]),
    "hubspot_es.csv": ("hubspot", [
        ("Acme - Plan", "Acme", "Luis Gómez (luis@x.es)", "open", 1_500_000, "EUR", "2026-12-01"),
        ("Beta", "Beta SL", "", "won", None, "EUR", "2026-10-01"),
        ("Gamma", "", "", "lost", 90_050, "EUR", "2026-10-01"),
    ]),
    "hubspot_pl.csv": ("hubspot", [
        ("Serwis", "Firma", "Ewa", "won", 100_050, "EUR", "2026-12-01"),
        ("Serwis 2", "Firma", "", "open", 100_000, "EUR", "2026-12-01"),
    ]),
    "pd_ru.csv": ("pipedrive", [
        ("Внедрение CRM", "ООО «Ромашка»", "Иван Петров", "open", 125_000_050, "RUB", "2026-12-15"),
        ("Поддержка", "АО Вектор", "Анна Смирнова", "won", 30_000_000, "RUB", "2026-10-05"),
        ("Лицензии", "АО Вектор", "Анна Смирнова", "lost", None, "RUB", "2026-10-05"),
    ]),
    "pd_pl.csv": ("pipedrive", [
        ("Serwis", "Firma", "Jan", "open", 100_050, "PLN", "2026-12-31"),
        ("Serwis2", "Firma", "Jan", "won", 200_000, "PLN", "2026-10-10"),
        ("Serwis3", "Firma", "Jan", "lost", 200_000, "PLN", "2026-12-31"),
    ]),
    "pipedrive_es.csv": ("pipedrive", [
        ("A", "Org", "Ana", "won", 100_000, "EUR", "2026-09-30"),
        ("B", "Org", "Ana", "open", 100_000, "EUR", "2026-12-01"),
    ]),
    "zoho.csv": ("zoho", [
        ("Benton", "Benton", "Patricia Boyle", "open", 2_270_000, "USD", "2026-04-15"),
        ("Truhlar", "Truhlar", "Patricia Boyle", "won", 500_000, "USD", "2026-04-16"),
    ]),
    "odoo_fr.xlsx": ("odoo", [
        ("Meubles", "Azure", "Marc Demo", "open", 1_000_000, "EUR", "2026-12-01"),
        ("Tables", "", "", "lost", 2_000_000, "EUR", None),
        ("Chaises", "Azure", "Marc Demo", "won", 500_000, "EUR", "2026-09-01"),
    ]),
    "odoo_tech.csv": ("odoo", [
        ("A", "Azure", "Mitchell", "open", 10_000, "EUR", "2026-12-01"),
        ("B", "Azure", "Mitchell", "lost", 20_000, "EUR", None),
    ]),
    "odoo_es.csv": ("odoo", [
        ("A", "Azul", "Ana", "open", 100_000, "EUR", "2026-12-01"),
        ("B", "Azul", "Ana", "won", 100_000, "EUR", "2026-10-01"),
    ]),
    "odoo_ru.csv": ("odoo", [
        ("A", "Азимут", "Аня", "open", 100_000, "EUR", "2026-12-01"),
        ("B", "Азимут", "Аня", "won", 100_000, "EUR", "2026-10-01"),
    ]),
    "amocrm.csv": ("generic", [
        ("Сайт под ключ", "ООО Свет", "Мария", "open", 15_000_000, "RUB", None),
        ("SEO", "ООО Свет", "Мария", "won", 8_000_000, "RUB", "2026-10-01"),
        ("Реклама", "ООО Тень", "Павел", "lost", 0, "RUB", "2026-10-02"),
    ]),
    "bitrix.csv": ("generic", [
        ("Поставка", "Альфа", "Сидоров", "open", 100_000_000, "RUB", "2026-12-20"),
        ("Поставка 2", "Бета", "Сидоров", "won", 50_000_000, "RUB", "2026-10-20"),
        ("Поставка 3", "Бета", "", "lost", None, "RUB", "2026-10-21"),
    ]),
    "dynamics.xlsx": ("generic", [
        ("ERP", "Contoso", "Al", "open", 500_000, "EUR", "2026-12-01"),
        ("ERP2", "Contoso", "Al", "won", 500_000, "EUR", "2026-10-01"),
    ]),
    "copper.csv": ("generic", [
        ("Alpha", "Acme", "Al", "open", 100_000, "USD", "2026-12-31"),
        ("Beta", "Acme", "Al", "lost", 100_000, "USD", "2026-10-31"),
        ("Gamma", "Acme", "Al", "won", 100_000, "USD", "2026-10-31"),
    ]),
    "tracker_en.tsv": ("generic", [
        ("Alpha", "Acme", "Jo", "open", 25_000_000, "USD", "2026-11-30"),
        ("Beta", "Beta Ltd", "Jo", "lost", 120_000_000, "USD", "2026-10-31"),
        ("Gamma", "G", "", "open", -50_000, "USD", "2027-03-31"),
    ]),
    "tracker_fr.csv": ("generic", [
        ("Refonte", "SNCF", "Claire", "open", 1_250_000, "EUR", "2026-12-31"),
        ("Audit", "EDF", "Marc", "open", 800_000, "EUR", "2027-03-31"),
        ("Support", "EDF", "", "won", 2_200_000, "EUR", "2026-10-12"),
    ]),
    "tracker_mx.xlsx": ("generic", [
        ("ERP", "Bimbo", "Lupe", "open", 125_000_000, "MXN", "2026-12-15"),
        ("CRM", "Cemex", "Lupe", "won", 30_000_000, "MXN", "2026-10-03"),
        ("BI", "Cemex", "", "lost", None, "MXN", "2026-10-04"),
    ]),
    "tracker_pl.xlsx": ("generic", [
        ("Kasy", "Żabka", "Ewa", "open", 12_050_000, "PLN", "2026-12-01"),
        ("Serwis", "PKN", "", "won", 8_000_000, "PLN", "2026-09-01"),
        ("Audyt", "KGHM", "Ewa", "lost", 1_500_000, "PLN", "2026-09-02"),
    ]),
    "tracker_ru.xlsx": ("generic", [
        ("ЕРП", "Газпром", "Иванов", "open", 150_000_000, "RUB", "2026-12-04"),
        ("Аудит", "РЖД", "Иванов", "won", 20_000_000, "RUB", "2026-10-05"),
        ("Аудит 2", "РЖД", "", "lost", 20_000_000, "RUB", "2026-10-06"),
    ]),
    "excel_pl.txt": ("generic", [
        ("Kasy", "Żabka", "Ewa", "open", 1_250_000, "PLN", "2026-12-15"),
        ("Serwis", "PKN", "Ewa", "lost", 800_000, "PLN", "2026-10-05"),
    ]),
    "suivi.csv": ("generic", [
        ("Refonte", "SNCF", "Claire", "open", 1_250_050, "EUR", "2026-12-15"),
        ("Audit", "EDF", "Claire", "won", 800_000, "EUR", "2026-12-12"),
        ("Audit 2", "EDF", "", "won", None, "EUR", None),
        ("Audit 3", "EDF", "", "won", None, "EUR", None),
    ]),
    "odd.csv": ("generic", [
        ("A", "Mairie", "Luc", "open", 1_250_000, "EUR", "2026-12-31"),
        ("B", "CHU", "Luc", "won", 800_000, "EUR", "2026-09-30"),
    ]),
    "en_gb.csv": ("generic", [
        ("POS", "Tesco", "Ann", "open", 1_250_000, "GBP", "2026-04-03"),
        ("ERP", "Boots", "Ann", "won", 800_000, "GBP", "2026-05-04"),
    ]),
    "sf_two_groups.csv": ("salesforce", [
        ("Widget roll-out", "Globex", "Anna Bell", "open", 1_200_000, "USD", "2026-12-15"),
        ("Sensor pack", "Initech", "Anna Bell", "open", 120_000, "USD", "2027-01-20"),
        ("HQ refit", "Globex", "Anna Bell", "open", 25_000_000, "USD", "2026-11-30"),
        ("Hooli pilot", "Hooli", "Bob Total", "won", 4_000_000, "USD", "2026-10-02"),
    ]),
    "monday.csv": ("generic", [
        ("Contoso expansion", "Contoso", "Lena Fischer", "open", 1_250_000, "EUR", "2026-12-10"),
        ("Fabrikam renewal", "Fabrikam", "Lena Fischer", "open", 840_050, "EUR", "2026-11-05"),
        ("Nova", "", "", "open", None, "EUR", None),
        ("Tailspin", "Tailspin Toys", "Omar Said", "won", 3_000_000, "EUR", "2026-10-01"),
        ("Litware", "Litware", "Omar Said", "lost", 900_000, "EUR", "2026-09-01"),
    ]),
    "tracker_mixed.tsv": ("generic", [
        ("Data lake", "Umbrella", "Sam", "open", 120_000, "USD", "2026-11-03"),
        ("SSO", "Wayne Ent.", "Kim", "open", 25_000_000, "GBP", "2026-12-15"),
        ("Backup", "Stark", "Sam", "open", -50_000, "EUR", "2027-03-31"),
        ("Legacy", "Oscorp", "Kim", "won", 120_000_000, "EUR", "2026-10-05"),
        ("Robots", "Cyberdyne", "", "lost", None, "EUR", "2026-09-10"),
    ]),
    "suivi_notes.csv": ("generic", [
        ("Refonte portail", "SNCF", "C. Dubois", "open", 1_250_050, "EUR", "2026-12-15"),
        ("Audit énergie", "EDF", "M. Roux", "open", None, "EUR", "2027-03-31"),
        ("Archivage", "Mairie de Lyon", "C. Dubois", "open", 850_000, "EUR", "2026-12-31"),
        ("Coffre-fort", "CHU Nantes", "M. Roux", "won", 320_000, "EUR", "2026-11-03"),
        ("Lecteurs", "La Poste", "", "lost", 125_000, "EUR", "2026-10-12"),
        ("Maquette", "Thalès", "", "open", None, "EUR", None),
    ]),
    "zoho_in.csv": ("zoho", [
        ("Mumbai HQ", "Tata Power", "Priya Nair", "open", 45_000_000, "INR", "2026-12-20"),
        ("Boston", "Acme", "Priya Nair", "won", 2_270_000, "USD", "2026-10-02"),
        ("Old thing", "Acme", "Tom Hill", "lost", 0, "USD", "2026-04-15"),
        ("No amount", "", "Tom Hill", "open", None, "USD", "2027-01-15"),
    ]),
    "de.csv": ("salesforce", [
        ("Anlage", "Müller GmbH", "Jürgen", "open", 1_250_050, "EUR", "2026-12-01"),
        ("Anlage 2", "Müller GmbH", "Jürgen", "won", 100_000, "EUR", "2026-10-01"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_deal_comes_out_right(store: Store, bring: Import, name: str) -> None:
    preset, expected = CASES[name]
    report = bring(UNSEEN / name)
    assert (report.as_json()["preset"], report.rejects) == (preset, [])
    found = [
        (
            deal.name,
            deal.account,
            deal.owner,
            deal.status,
            deal.amount,
            deal.currency,
            str(day) if (day := deal.closed_on or deal.close_date) else None,
        )
        for deal in read_board(store).deals
    ]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", CASES)
def test_the_second_time_brings_nothing(bring: Import, name: str) -> None:
    bring(UNSEEN / name)
    again = bring(UNSEEN / name)
    assert (again.new, again.changed, again.missing, again.conflicts) == (0, 0, 0, 0)


def test_every_made_file_is_expected_here() -> None:
    assert {path.name for path in UNSEEN.iterdir()} == set(CASES)


FRENCH = (DATA.parent.parent / "sample_data" / "exports").glob("*.csv")


def test_one_french_file_in_any_coat_gives_the_same_store(
    bring: Import, store: Store, tmp_path: Path
) -> None:
    import csv
    import io

    from tests.exchange import making

    original = sorted(FRENCH)[-1]
    text = original.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=csv.Sniffer().sniff(text[:4000], ",;").delimiter))
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\r").writerows(rows)
    first = bring(original, as_of=date(2026, 11, 16))
    coats = {
        "cp1252.csv": text.encode("cp1252"),
        "utf16.csv": text.encode("utf-16"),
        "bom.csv": text.encode("utf-8-sig"),
        "cr.csv": target.getvalue().encode(),
        "book.xlsx": making.workbook({"Feuil1": rows}),
        "packed.zip": making.archive({"in/export.csv": text}),
    }
    for name, data in coats.items():
        report = bring(data, name=name, as_of=date(2026, 11, 16))
        assert (report.source, report.unchanged, report.rows) == (first.source, first.new, first.rows), name
        assert report.events == 0, name
