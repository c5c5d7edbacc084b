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
    "freshsales.csv": ("generic", [
        ("Premium upgrade", "Cooper Myers Co", "Rebecca Moris", "open", 500_000, "USD", "2026-12-15"),
        ("Seats", "Acme", "Rebecca Moris", "won", 1_200_050, "USD", "2026-10-05"),
        ("Widgets", "Beta", "", "lost", 90_000, "USD", "2026-10-09"),
    ]),
    "sellsy.csv": ("generic", [
        ("Refonte du site", "Boulangerie Durand", "Claire Petit", "open", 1_250_000, "EUR", "2026-12-15"),
        ("Maintenance", "Mairie de Nantes", "Claire Petit", "won", 300_000, "EUR", "2026-10-30"),
        ("Audit", "CHU", "Marc Roux", "lost", 120_000, "EUR", "2026-10-28"),
        ("Formation", "CHU", "Marc Roux", "open", 120_000, "EUR", "2026-10-28"),
    ]),
    "axonaut.csv": ("generic", [
        ("Extension", "Dupont SA", "Léa Morel", "open", 1_500_000, "EUR", "2026-12-31"),
        ("Support", "Martin SARL", "Léa Morel", "won", 240_000, "EUR", "2026-10-15"),
        ("Conseil", "Durand", "Léa Morel", "lost", 800_000, "EUR", "2026-10-20"),
    ]),
    "nocrm.csv": ("generic", [
        ("ACME - new fleet", "ACME", "julie@corp.com", "open", 2_400_000, "EUR", "2026-12-20"),
        ("Beta - renew", "Beta", "julie@corp.com", "open", 500_000, "EUR", "2027-01-20"),
        ("Gamma", "Gamma", "tom@corp.com", "won", 700_000, "EUR", "2026-10-18"),
        ("Delta", "Delta", "tom@corp.com", "lost", 700_000, "EUR", "2026-10-18"),
        ("Eps", "Eps", "tom@corp.com", "lost", 700_000, "EUR", "2026-10-18"),
    ]),
    "teamleader.csv": ("generic", [
        ("New website", "Janssens NV", "Piet Peeters", "open", 1_000_000, "EUR", "2026-12-24"),
        ("SEO", "Maes", "Piet Peeters", "won", 250_000, "EUR", "2026-10-20"),
        ("App", "Claes", "Els Claes", "lost", 4_000_000, "EUR", "2026-10-21"),
    ]),
    "kommo_en.csv": ("generic", [
        ("Website", "Light LLC", "Ann Lee", "open", 1_500_000, "EUR", None),
        ("SEO", "Light LLC", "Ann Lee", "won", 800_000, "EUR", "2026-10-20"),
        ("Ads", "Dark LLC", "Bob", "lost", 0, "EUR", "2026-10-21"),
        ("Print", "Dark LLC", "", "open", 300_000, "EUR", None),
    ]),
    "kommo_es.csv": ("generic", [
        ("Sitio web", "Luz SL", "Ana", "open", 1_500_000, "EUR", None),
        ("SEO", "Luz SL", "Ana", "won", 800_000, "EUR", "2026-10-20"),
        ("Ads", "Sombra SL", "", "lost", 0, "EUR", "2026-10-21"),
    ]),
    "livespace.csv": ("generic", [
        ("Wdrożenie CRM", "Kowalski Sp. z o.o.", "Anna Nowak", "open", 1_250_050, "PLN", "2026-12-22"),
        ("Szkolenie", "Nowak S.A.", "Anna Nowak", "won", 125_050, "PLN", "2026-10-20"),
        ("Audyt", "Lis", "Piotr Lis", "lost", 80_000, "PLN", "2026-10-21"),
        ("Stare", "Lis", "Piotr Lis", "lost", 80_000, "PLN", "2026-10-21"),
    ]),
    "dynamics_us.csv": ("generic", [
        ("Coffee machines", "Alpine Ski House", "Spencer Low", "open", 3_000_000, "USD", "2026-12-15"),
        ("Grinders", "Fabrikam", "Spencer Low", "won", 1_150_000, "USD", "2026-10-12"),
        ("Filters", "Fabrikam", "Molly Clark", "lost", 200_000, "USD", "2026-10-16"),
        ("Cups", "Fabrikam", "Molly Clark", "open", None, "USD", "2027-01-20"),
    ]),
    "dynamics_fr.csv": ("generic", [
        ("Café", "Alpine", "Luc", "open", 3_000_000, "EUR", "2026-12-15"),
        ("Thé", "Fabrikam", "Luc", "won", 1_150_000, "EUR", "2026-10-12"),
        ("Eau", "Fabrikam", "Léa", "lost", 200_000, "EUR", "2026-10-16"),
    ]),
    "sugar.csv": ("generic", [
        ("Kings Royalty - 1000 units", "Kings Royalty", "sarah", "open", 7_500_000, "EUR", "2026-12-20"),
        ("Insight - 500", "Insight", "sarah", "won", 5_000_000, "EUR", "2026-10-20"),
        ("Smith - 10", "Smith", "max", "lost", 100_000, "EUR", "2026-10-22"),
    ]),
    "vtiger.csv": ("generic", [
        ("Web", "Acme", "admin", "open", 1_000_000, "EUR", "2026-12-20"),
        ("Web2", "Acme", "admin", "won", 1_250_000, "EUR", "2026-10-20"),
    ]),
    "close_io.csv": ("generic", [
        ("Acme", "", "Ann", "open", 100_000, "USD", None),
        ("Beta", "", "Ann", "won", 250_050, "USD", "2026-10-05"),
        ("Gamma", "", "Bob", "lost", 50_000, "USD", "2026-10-06"),
    ]),
    "insightly.csv": ("generic", [
        ("Panels", "Sun Inc", "Kim", "open", 2_000_000, "USD", "2026-12-20"),
        ("Roof", "Sun Inc", "Kim", "won", 500_000, "USD", "2026-10-19"),
        ("Cable", "Sun Inc", "Lee", "lost", 70_000, "USD", "2026-10-18"),
        ("Box", "Sun Inc", "Lee", "open", 70_000, "USD", "2027-01-20"),
    ]),
    "attio.csv": ("generic", [
        ("Platform", "Acme", "ann@x.io", "open", 2_400_000, "USD", "2026-12-20"),
        ("Seats", "Beta", "ann@x.io", "won", 400_000, "USD", "2026-10-20"),
        ("Other", "Gamma", "", "lost", 100_000, "USD", "2026-10-21"),
    ]),
    "zoho_es.csv": ("zoho", [
        ("Planta", "Iberdrola", "José", "open", 1_250_050, "EUR", "2026-12-22"),
        ("Planta 2", "Iberdrola", "José", "won", 200_000, "EUR", "2026-10-22"),
        ("Planta 3", "Endesa", "Ana", "lost", 200_000, "EUR", "2026-10-22"),
    ]),
    "odoo_pl.csv": ("odoo", [
        ("A", "Azymut", "Ania", "open", 100_000, "EUR", "2026-12-01"),
        ("B", "Azymut", "Ania", "won", 100_000, "EUR", "2026-10-01"),
        ("C", "Azymut", "Ania", "lost", 100_000, "EUR", "2026-10-01"),
    ]),
    "sf_yesno_pl.csv": ("salesforce", [
        ("Sieć", "Orlen", "Jan Kos", "open", 1_250_050, "PLN", "2026-12-15"),
        ("Sieć 2", "Orlen", "Jan Kos", "won", 250_000, "PLN", "2026-10-15"),
        ("Sieć 3", "Orlen", "Jan Kos", "lost", 250_000, "PLN", "2026-10-15"),
    ]),
    "yesno_ru_koi8.csv": ("generic", [
        ("Сервер", "Газпром", "Иванов И.И.", "open", 125_050_000, "RUB", "2026-12-22"),
        ("Сервер 2", "Газпром", "Иванов И.И.", "won", 30_000_000, "RUB", "2026-10-22"),
        ("Сервер 3", "РЖД", "", "lost", 30_000_000, "RUB", "2026-10-23"),
    ]),
    "yesno_fr.csv": ("generic", [
        ("Usine", "EDF", "Luc", "open", 125_050, "EUR", "2026-12-22"),
        ("Usine 2", "EDF", "Luc", "won", 200_000, "EUR", "2026-10-22"),
        ("Usine 3", "Engie", "Zoé", "lost", 300_000, "EUR", "2026-10-23"),
    ]),
    "cp866.csv": ("generic", [
        ("Один", "Альфа", "Олег", "open", 120_000, "RUB", "2026-11-22"),
        ("Два", "Альфа", "Олег", "open", 1_250_000, "RUB", "2026-11-22"),
        ("Три", "Бета", "Олег", "open", 150_000_000, "RUB", "2026-11-30"),
        ("Четыре", "Бета", "", "open", 25_000_000, "RUB", "2026-10-20"),
        ("Пять", "Бета", "", "lost", 0, "RUB", "2026-10-20"),
    ]),
    "lejek.xlsx": ("generic", [
        ("Kasy", "Żabka", "Ewa", "open", 1_250_050, "PLN", "2026-12-22"),
        ("Serwis", "PKN", "", "won", 800_000, "PLN", "2026-10-20"),
        ("Audyt", "KGHM", "Ewa", "lost", 120_000_000, "PLN", "2026-10-22"),
    ]),
    "btp.csv": ("generic", [
        ("Réfection toiture", "Ville de Lyon", "P. Martin", "open", 12_550_000, "EUR", "2026-12-20"),
        ("Extension", "Région", "P. Martin", "lost", 8_000_000, "EUR", "2026-10-15"),
        ("Parking", "Métropole", "L. Roy", "won", 21_000_000, "EUR", "2026-10-12"),
    ]),
    "tenders.csv": ("generic", [
        ("POS roll-out", "Tesco", "Ann", "open", 1_250_000, "GBP", "2026-12-15"),
        ("ERP", "Boots", "Ann", "won", 800_000, "GBP", "2026-10-12"),
        ("App", "Next", "Bob", "lost", 300_000, "GBP", "2026-10-13"),
    ]),
    "1c.csv": ("generic", [
        ("Поставка", "Альфа", "Олег", "open", 12_500_000, "RUB", "2026-12-20"),
        ("Ремонт", "Бета", "Олег", "won", 8_000_000, "RUB", "2026-10-20"),
        ("Аудит", "Гамма", "Анна", "lost", 8_000_000, "RUB", "2026-10-21"),
    ]),
    "seguimiento.csv": ("generic", [
        ("ERP", "Repsol", "Ana", "open", 1_250_000, "EUR", "2026-12-15"),
        ("CRM", "Endesa", "Ana", "won", 800_000, "EUR", "2026-10-15"),
        ("BI", "BBVA", "Luis", "lost", 300_000, "EUR", "2026-10-16"),
    ]),
    "comarch.csv": ("generic", [
        ("Kasy", "Żabka", "Ewa", "open", 1_250_050, "PLN", "2026-12-22"),
        ("Serwis", "PKN", "Ewa", "won", 800_000, "PLN", "2026-10-20"),
        ("Audyt", "KGHM", "Jan", "lost", 300_000, "PLN", "2026-10-21"),
    ]),
    "business_central.csv": ("generic", [
        ("Chairs", "Acme", "Ann", "open", 1_000_000, "EUR", "2026-12-20"),
        ("Desks", "Beta", "Ann", "won", 500_000, "EUR", "2026-10-05"),
        ("Lamps", "Beta", "Ann", "lost", 50_000, "EUR", "2026-10-06"),
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


NEXT_STEPS = {
    "kommo_en.csv": {"Website": ("", "2026-11-25")},
    "kommo_es.csv": {"Sitio web": ("", "2026-11-25")},
    "livespace.csv": {"Wdrożenie CRM": ("Telefon", None)},
    "odoo_pl.csv": {"A": ("Telefon", "2026-11-25")},
    "tenders.csv": {"POS roll-out": ("Submit tender", "2026-11-25")},
    "seguimiento.csv": {"ERP": ("Enviar contrato", "2026-11-25")},
    "lejek.xlsx": {"Kasy": ("telefon", "2026-11-25")},
}
"""What happens next and when: some CRMs call a day, others a phone call the next activity."""


@pytest.mark.parametrize("name", NEXT_STEPS)
def test_what_happens_next_is_told_from_when(store: Store, bring: Import, name: str) -> None:
    bring(UNSEEN / name)
    found = {
        deal.name: (deal.next_step or "", str(day) if (day := deal.next_step_date) else None)
        for deal in read_board(store).deals
        if deal.next_step or deal.next_step_date
    }
    assert found == NEXT_STEPS[name]


@pytest.mark.parametrize(
    "name",
    ["amocrm.csv", "bitrix.csv", "sf_es.csv", "sf_pl.csv", "hubspot_es.csv", "kommo_es.csv"],
)
def test_closed_deals_stand_in_the_playbooks_columns(store: Store, bring: Import, name: str) -> None:
    # A column "Won" without a deal beside "Успешно реализовано" would be two for one thing.
    bring(UNSEEN / name)
    board = read_board(store)
    taken = {deal.stage_id for deal in board.deals}
    for kind in ("won", "lost"):
        of_kind = [stage for stage in board.stages if stage.kind == kind]
        assert any(stage.id in taken for stage in of_kind)
        assert all(stage.id in taken for stage in of_kind), [stage.name for stage in of_kind]


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
