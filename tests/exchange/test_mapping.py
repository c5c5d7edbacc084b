"""Columns → fields: each CRM's headers, what the user says, guesses."""

import pytest

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing import kinds, presets, reading
from pipetui.exchange.importing.mapping import Mapping, map_columns

PIPEDRIVE = (
    "Deal - ID;Deal - Title;Deal - Creator;Deal - Owner;Deal - Value;Deal - Currency of Value;"
    "Deal - Weighted value;"
    "Deal - Currency of Weighted value;Deal - Probability;Deal - Organization;"
    "Deal - Organization ID;Deal - Pipeline;"
    "Deal - Contact person;Deal - Stage;Deal - Label;Deal - Status;Deal - Deal created;Deal - Update time;"
    "Deal - Last stage change;Deal - Next activity date;Deal - Last activity date;"
    "Deal - Won time;Deal - Lost time;"
    "Deal - Deal closed on;Deal - Lost reason;Deal - Visible to;Deal - Expected close date;"
    "Deal - Product quantity"
)
AFFAIRES = (
    "Affaire - ID;Affaire - Titre;Affaire - Propriétaire;Affaire - Valeur;Affaire - Organisation;"
    "Affaire - Personne à contacter;Affaire - Pipeline;Affaire - Étape;Affaire - Statut;"
    "Affaire - Affaire créée;"
    "Affaire - Heure de mise à jour;Affaire - Date de gain;Affaire - Heure de l'échec;"
    "Affaire - Raison de la perte;"
    "Affaire - Date de clôture prévue"
)
HUBSPOT = (
    "Record ID;Deal Name;Pipeline;Deal Stage;Amount;Close Date;Create Date;Deal owner;"
    "Deal Type;Closed Lost Reason;"
    "Original Traffic Source;Record source;Associated Contact;Associated Company (Primary);Last Activity Date"
)
TRANSACTIONS = (
    "ID de fiche d'informations;Nom de la transaction;Phase de la transaction;Pipeline;Montant;"
    "Date de fermeture;"
    "Date de création;Propriétaire de la transaction;Associated Company (Primary)"
)
SALESFORCE = (
    "Opportunity Owner;Account Name;Opportunity Name;Stage;Forecast Category;Fiscal Period;"
    "Amount Currency;Amount;"
    "Probability (%);Age;Close Date;Created Date;Next Step;Lead Source;Type;Owner Role"
)
OPPORTUNITES = (
    "Propriétaire de l'opportunité;Nom de l’opportunité;Nom du compte;Etape;Date de création;Date de clôture;"
    "Origine de la piste;Type;Montant"
)
OBJECTS = (
    "Id;Name;StageName;CloseDate;Amount;OwnerId;IsClosed;IsWon;NextStep;LastActivityDate;LastStageChangeDate;"
    "Account.Name"
)
GENERIC = "deal_id;company_name;deal_value;stage;created_date;close_date;outcome;owner_rep"


def mapped(header: str, *rows: str, preset: str = "auto", **given: str) -> Mapping:
    table = reading.parse(
        "\n".join((header, *rows)).encode(), "deals.csv", knows=presets.is_label, delimiter=";"
    )
    return map_columns(table, preset=preset, given=given, clock=Clock())


@pytest.mark.parametrize(
    ("header", "preset", "columns"),
    [
        (
            PIPEDRIVE,
            "pipedrive",
            {
                "id": "Deal - ID", "name": "Deal - Title", "owner": "Deal - Owner", "amount": "Deal - Value",
                "currency": "Deal - Currency of Value", "account": "Deal - Organization",
                "stage": "Deal - Stage",
                "close_date": "Deal - Expected close date", "closed": "Deal - Deal closed on",
                "created": "Deal - Deal created", "last_stage_change": "Deal - Last stage change",
                "loss_reason": "Deal - Lost reason", "next_step_date": "Deal - Next activity date",
                "last_activity": "Deal - Last activity date", "pipeline": "Deal - Pipeline",
            },
        ),
        (
            AFFAIRES,
            "pipedrive",
            {
                "id": "Affaire - ID", "name": "Affaire - Titre", "stage": "Affaire - Étape",
                "amount": "Affaire - Valeur",
                "owner": "Affaire - Propriétaire", "created": "Affaire - Affaire créée",
                "close_date": "Affaire - Date de clôture prévue", "account": "Affaire - Organisation",
            },
        ),
        (
            HUBSPOT,
            "hubspot",
            {
                "id": "Record ID", "name": "Deal Name", "stage": "Deal Stage", "owner": "Deal owner",
                "created": "Create Date",
                "account": "Associated Company (Primary)", "loss_reason": "Closed Lost Reason",
                "type": "Deal Type",
                "lead_source": "Original Traffic Source", "close_date": "Close Date",
            },
        ),
        (
            TRANSACTIONS,
            "hubspot",
            {
                "id": "ID de fiche d'informations", "name": "Nom de la transaction",
                "stage": "Phase de la transaction",
                "amount": "Montant", "close_date": "Date de fermeture", "created": "Date de création",
                "owner": "Propriétaire de la transaction",
            },
        ),
        (
            SALESFORCE,
            "salesforce",
            {
                "name": "Opportunity Name", "account": "Account Name", "owner": "Opportunity Owner",
                "team": "Owner Role",
                "category": "Forecast Category", "amount": "Amount", "currency": "Amount Currency",
                "probability": "Probability (%)", "next_step": "Next Step", "close_date": "Close Date",
            },
        ),
        (
            OPPORTUNITES,
            "salesforce",
            {
                "name": "Nom de l’opportunité", "account": "Nom du compte", "stage": "Etape",
                "created": "Date de création",
                "close_date": "Date de clôture", "owner": "Propriétaire de l'opportunité",
                "amount": "Montant",
                "lead_source": "Origine de la piste",
            },
        ),
        (
            OBJECTS,
            "salesforce",
            {
                "id": "Id", "name": "Name", "stage": "StageName", "owner": "OwnerId",
                "account": "Account.Name",
                "last_stage_change": "LastStageChangeDate", "last_activity": "LastActivityDate",
                "next_step": "NextStep",
            },
        ),
        (
            "property_dealname;dealstage;hs_object_id;property_closedate",
            "hubspot",
            {"name": "property_dealname", "stage": "dealstage", "id": "hs_object_id",
            "close_date": "property_closedate"},
        ),
    ],
    ids=["pipedrive", "affaires", "hubspot", "transactions", "salesforce", "opportunites", "objects", "api"],
)  # fmt: skip
def test_headers_of_each_crm(header: str, preset: str, columns: dict[str, str]) -> None:
    mapping = mapped(header)
    assert mapping.preset.name == preset
    found = mapping.columns()
    assert {name: found.get(name) for name in columns} == columns


def test_the_reason_is_told() -> None:
    assert mapped(OBJECTS).reason == "recognised as Salesforce by 3 columns: StageName, IsClosed, IsWon"
    assert "HubSpot" in mapped(HUBSPOT).reason
    assert "generic" in mapped(GENERIC).reason


def test_a_list_of_ones_own() -> None:
    columns = mapped(
        GENERIC, "1;Acme;5;demo;2026-01-02;;won;Al", "2;Acme;5;demo;2026-01-02;;active;Al"
    ).columns()
    assert columns == {
        "id": "deal_id", "account": "company_name", "amount": "deal_value", "stage": "stage",
        "created": "created_date",
        "close_date": "close_date", "status": "outcome", "owner": "owner_rep",
    }  # fmt: skip
    french = mapped(
        "Affaire;Client;Commercial;Étape commerciale;Montant HT (€);Date de signature prévue;Prochaine action"
    )
    assert french.columns() == {
        "name": "Affaire", "account": "Client", "owner": "Commercial", "stage": "Étape commerciale",
        "amount": "Montant HT (€)", "close_date": "Date de signature prévue", "next_step": "Prochaine action",
    }  # fmt: skip


def test_a_guess_has_its_score_and_must_fit_the_values() -> None:
    good = mapped("Name;Stage;Estimated deal amount", "A;Demo;500")
    assert good.matches["amount"].how == "guess"
    assert 0.6 <= good.matches["amount"].score < 1
    assert "amount" not in mapped("Name;Stage;Estimated deal amount", "A;Demo;large", "B;Demo;small")


def test_a_status_column_without_statuses_is_the_stage() -> None:
    mapping = mapped("Name;Status", "A;Demo", "B;Negotiation")
    assert mapping.columns() == {"name": "Name", "stage": "Status"}
    assert mapped("Name;Status", "A;Open", "B;Won").columns() == {"name": "Name", "status": "Status"}


def test_what_the_user_says_goes_first() -> None:
    mapping = mapped(SALESFORCE, segment="Type", owner="", account="opportunity name")
    columns = mapping.columns()
    assert columns["segment"] == "Type"
    assert columns["account"] == "Opportunity Name"
    assert "owner" not in columns
    assert "type" not in columns
    assert "name" not in columns


def test_mistakes_in_what_the_user_says() -> None:
    with pytest.raises(Problem, match="did you mean amount"):
        mapped(SALESFORCE, amunt="Amount")
    with pytest.raises(Problem, match=r"no column “Stag”.*Stage"):
        mapped(SALESFORCE, stage="Stag")
    with pytest.raises(Problem, match="no preset called"):
        mapped(SALESFORCE, preset="siebel")
    with pytest.raises(Problem, match="looks like one of Salesforce"):
        mapped(SALESFORCE, preset="hubspot")
    assert mapped(SALESFORCE, preset="generic").preset.name == "generic"


def test_the_first_of_two_equal_labels_that_holds_anything() -> None:
    assert (
        mapped("Deal - Title;Deal - Stage;Deal - Value;Deal - Value", "A;Demo;;5").columns()["amount"]
        == "Deal - Value (2)"
    )


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Id;Name;BillingCity;Industry;Status", "accounts"),
        ("Id;Username;Email;FirstName;LastName", "users"),
        ("Lead ID;First Name;Company;Lead Status;Lead Source;Lead Owner;Email", "leads"),
        ("ID;Статус лида;Название лида;Имя;Фамилия;Телефон", "leads"),
        ("Record ID;First Name;Last Name;Email;Phone Number;Contact owner;Lead Status", "contacts"),
        ("Prénom;Nom;Société;E-mail;Téléphone;Fonction", "contacts"),
        ("Nombre;Apellidos;Empresa;Correo electrónico;Teléfono;Cargo", "contacts"),
        ("Imię;Nazwisko;Firma;E-mail;Telefon;Stanowisko", "contacts"),
        ("Id;Name;Quantity;UnitPrice;TotalPrice", "order lines"),
        ("Opportunity ID;From Stage;To Stage;Last Modified", "--history"),
        ("Name;Amount", "a stage, a status, or an amount with a close date"),
        ("Stage;Amount;Close Date", "a name or an id"),
        ("This is a licence; and no table", "no table of deals"),
    ],
)
def test_what_holds_no_deals_says_what_it_is(header: str, said: str) -> None:
    table = reading.parse(f"{header}\n1;2;3;4;5".encode(), "list.csv", knows=presets.is_label, delimiter=";")
    mapping = map_columns(table, preset="auto", given={}, clock=Clock())
    with pytest.raises(Problem, match=said):
        kinds.require_deals(table, mapping)


def test_a_header_without_deals() -> None:
    table = reading.parse(SALESFORCE.encode(), "deals.csv", knows=presets.is_label)
    with pytest.raises(Problem, match="no deals below it"):
        kinds.require_deals(table, map_columns(table, preset="auto", given={}, clock=Clock()))


@pytest.mark.parametrize(
    ("header", "preset", "columns"),
    [
        (
            "Record Id;Deal Owner.id;Deal Owner;Amount;Deal Name;Closing Date;Account Name.id;Account Name;"
            "Stage;Created Time;Modified Time;Last Activity Time;Reason For Loss",
            "zoho",
            {"id": "Record Id", "owner": "Deal Owner", "account": "Account Name",
            "close_date": "Closing Date", "created": "Created Time",
            "last_activity": "Last Activity Time", "loss_reason": "Reason For Loss"},
        ),
        (
            "Id de l'enregistrement;Nom de l'affaire;Propriétaire de l'affaire;Montant;Date de clôture;"
            "Nom du compte;Étape;Heure de création;Heure de modification",
            "zoho",
            {"id": "Id de l'enregistrement", "name": "Nom de l'affaire",
            "owner": "Propriétaire de l'affaire", "created": "Heure de création",
            "close_date": "Date de clôture"},
        ),
        (
            "Opportunity;Customer;Salesperson;Sales Team;Stage;Expected Revenue;Expected Closing;Created on",
            "odoo",
            {"name": "Opportunity", "account": "Customer", "owner": "Salesperson", "team": "Sales Team",
            "amount": "Expected Revenue", "close_date": "Expected Closing", "created": "Created on"},
        ),
        (
            "id;name;partner_id/name;user_id/name;stage_id/name;expected_revenue;date_deadline",
            "odoo",
            {"id": "id", "name": "name", "account": "partner_id/name", "owner": "user_id/name",
            "stage": "stage_id/name", "amount": "expected_revenue", "close_date": "date_deadline"},
        ),
        (
            "Nombre de la oportunidad;Propietario de oportunidad;Etapa;Importe;Fecha de cierre;"
            "Siguiente paso",
            "salesforce",
            {"name": "Nombre de la oportunidad", "owner": "Propietario de oportunidad", "stage": "Etapa",
            "amount": "Importe", "close_date": "Fecha de cierre", "next_step": "Siguiente paso"},
        ),
        (
            "Название сделки;Ответственный;Стадия сделки;Сумма, руб.;Предполагаемая дата закрытия;Контрагент",
            "generic",
            {"name": "Название сделки", "owner": "Ответственный", "stage": "Стадия сделки",
            "amount": "Сумма, руб.", "close_date": "Предполагаемая дата закрытия", "account": "Контрагент"},
        ),
        (
            "Klient;Nazwa projektu;Opiekun handlowy;Etap sprzedaży;Wartość netto;Planowana data zamknięcia",
            "generic",
            {"account": "Klient", "name": "Nazwa projektu", "owner": "Opiekun handlowy",
            "stage": "Etap sprzedaży", "amount": "Wartość netto", "close_date": "Planowana data zamknięcia"},
        ),
    ],
    ids=["zoho", "zoho-fr", "odoo", "odoo-api", "salesforce-es", "russian", "polish"],
)  # fmt: skip
def test_headers_of_other_crms_and_languages(header: str, preset: str, columns: dict[str, str]) -> None:
    mapping = mapped(header)
    assert mapping.preset.name == preset
    found = mapping.columns()
    assert {name: found.get(name) for name in columns} == columns


def test_other_forms_of_a_word_are_guessed_with_less_than_certainty() -> None:
    match = mapped("Сделка;Этап;Планируемое закрытие сделки", "A;Demo;01.12.2026").matches["close_date"]
    assert match.how == "guess"
    assert 0.6 <= match.score < 1


def test_values_tell_where_no_label_does() -> None:
    rows = ("x;Prospecting;12 €;foo", "y;Closed Won;15 €;bar", "z;Closed Lost;1 €;baz")
    mapping = mapped("Deal;Kolonne A;Kolonne B;Kolonne C", *rows)
    assert {name: mapping.matches[name].column for name in ("stage", "amount")} == {
        "stage": "Kolonne A",
        "amount": "Kolonne B",
    }
    assert mapping.matches["stage"].how == "guess"


def test_a_budget_in_numbers_is_the_amount_where_nothing_else_is() -> None:
    assert mapped("Deal;Stage;Budget", "x;Demo;100").columns()["amount"] == "Budget"
    assert mapped("Deal;Stage;Budget", "x;Demo;confirmed").columns()["budget"] == "Budget"
    assert mapped("Deal;Stage;Amount;Budget", "x;Demo;1;100").columns()["budget"] == "Budget"


@pytest.mark.parametrize(
    ("header", "rows", "columns"),
    [
        (
            "Deal;Stage;Next activity",
            ["A;Demo;Call", "B;Demo;Visit"],
            {"next_step": "Next activity"},
        ),
        (
            "Deal;Stage;Next activity",
            ["A;Demo;2026-12-01", "B;Demo;"],
            {"next_step_date": "Next activity"},
        ),
        ("Сделка;Этап;Ближайшая задача", ["A;Demo;01.12.2026 10:00", "B;Demo;нет задач"],
         {"next_step_date": "Ближайшая задача"}),
        ("Deal;Stage;Closed;Amount", ["A;Demo;Yes;1", "B;Demo;No;2"], {}),
        ("Deal;Stage;Expected close;Closed", ["A;Demo;2026-12-01;", "B;Demo;2026-12-02;2026-12-03"],
         {"close_date": "Expected close", "closed": "Closed"}),
        ("Deal;Stage;Confidence", ["A;Demo;High", "B;Demo;Low"], {}),
        ("Deal;Stage;Category", ["A;Demo;Solar", "B;Demo;Wind"], {}),
        ("Deal;Stage;CurrentGenerators__c", ["A;Demo;Fujitsu", "B;Demo;Honda"], {}),
        ("Deal;Stage;Weighted amount;Budgeted cost", ["A;Demo;10;5", "B;Demo;20;6"], {}),
        ("Opportunité;Étape;Montant pondéré;Montant potentiel", ["A;Demo;5;10", "B;Demo;6;12"],
         {"amount": "Montant potentiel"}),
        ("Сделка;Этап;Взвешенная сумма;Сумма документа", ["A;Demo;5;10", "B;Demo;6;12"],
         {"amount": "Сумма документа"}),
        ("Szansa;Etap;Prawdop. [%]", ["A;Demo;20", "B;Demo;60"], {"probability": "Prawdop. [%]"}),
        ("Lead ID;Nombre del lead;Embudo;Fase", ["1;A;x;Demo", "2;B;x;Demo"],
         {"id": "Lead ID", "name": "Nombre del lead", "pipeline": "Embudo"}),
        ("Deal;Stage;Décision client", ["A;Demo;2026-12-01", "B;Won;2026-10-01"],
         {"close_date": "Décision client"}),
        ("No.;Description;Stage;Amount", ["OP1;Chairs;Demo;1", "OP2;Desks;Demo;2"],
         {"id": "No.", "name": "Description"}),
    ],
)  # fmt: skip
def test_what_a_column_holds_may_tell_another_field_than_its_label(
    header: str, rows: list[str], columns: dict[str, str]
) -> None:
    found = mapped(header, *rows).columns()
    known = {"stage", "name", *(() if "Amount" not in header.split(";") else ("amount",))}
    assert {name: column for name, column in found.items() if name not in known - columns.keys()} == columns


@pytest.mark.parametrize(
    "header",
    [
        "Id;Deal Name;Deal Value;Deal Currency;Deal Pipeline;Deal Stage;Account;Owner",
        "Record ID;Deal name;Deal stage;Deal owner;Deal value;Associated people;Last interaction",
        "Opportunity Name;Organization Name;Amount;Weighted Revenue;Opportunity No;Created Time",
        "OpportunityID;OpportunityName;Bid Currency;Bid Amount;Opportunity State;User Responsible",
    ],
)
def test_a_crm_without_a_preset_is_not_taken_for_one_with(header: str) -> None:
    assert mapped(f"{header};Stage", "1;2;3;4;5;6;7;8").preset.name == "generic"
