"""The words of exports."""

import pytest

from pipetui.deals.category import Category
from pipetui.exchange.importing import words


@pytest.mark.parametrize(
    "name",
    ["Closed Won", "closed_won", "closedwon", "Won", "WON", "Gagné", "Gagnée", "Fermé gagné", "Signé",
     "Clôturée gagnée",
     "Cierre ganado", "Выиграна", "Успешно реализовано", "Сделка успешна", "Закрыто и выиграно",
     "Договор подписан",
     "Zamknięte wygrane", "Wygrana", "Chiusa vinta", "Geschlossen gewonnen", "Fechado ganho",
     "Logrado con éxito", "Accepted", "Acceptée", "Продано", "Zamknięta wygrana - odnowienie",
     "7 - Closed / Won", "Ganado", "Cerrada ganada", "Gewonnen", "Closed Won - Upsell"],
)  # fmt: skip
def test_won(name: str) -> None:
    assert words.closed_kind(name) == "won"


@pytest.mark.parametrize(
    "name",
    ["Closed Lost", "closed_lost", "Lost", "Perdu", "Perdue", "Loss", "Dead", "Fermé perdu", "Perdido",
     "Verloren",
     "Cierre perdido", "Проиграна", "Закрыто и не реализовано", "Сделка провалена", "Отказ",
     "Zamknięte przegrane",
     "Utracona", "Sans suite", "Abandoned", "Cancelled", "Chiusa persa", "Not won",
     "Refused", "Refusé", "Nieaktualna", "Cerrado perdido ante la competencia", "Zamknięte przegrane: cena",
     "Отказ клиента", "Venta perdido",
     "Lost to competitor", "Perdue – prix", "Deal lost"],
)  # fmt: skip
def test_lost(name: str) -> None:
    assert words.closed_kind(name) == "lost"


@pytest.mark.parametrize(
    "name",
    [
        "Closing",
        "Verbal won?",
        "Negotiation",
        "En signature",
        "Closed",
        "Signature",
        "Lostwithiel",
        "",
        "Переговоры",
        "Закрытие",
        "Zamknięcie",
        "Negociación",
        "Contrato enviado",
        "En cierre",
    ],
)
def test_open(name: str) -> None:
    assert words.closed_kind(name) is None


def test_statuses() -> None:
    said = ["open", "Won", "perdue", "Gagnée", "En cours", "active", "Ouverte", "maybe"]
    assert [words.status(word) for word in said] == [
        "open",
        "won",
        "lost",
        "won",
        "open",
        "open",
        "open",
        None,
    ]


def test_categories() -> None:
    assert words.category("Best Case") is Category.BEST_CASE
    assert words.category("commit") is Category.COMMIT
    assert words.category("Omis") is Category.OMITTED
    assert words.category("NOT_FORECASTED") is Category.OMITTED
    assert words.category("Upside") is Category.UPSIDE
    assert words.category("Pipeline") is None
    assert words.is_category("Pipeline")
    assert words.is_category("Closed")
    assert words.category("Лучший вариант") is Category.BEST_CASE
    assert words.category("Pominięto") is Category.OMITTED
    assert not words.is_category("A/SkeDD5c3ejUyEFFoUHHg==")


def test_booleans() -> None:
    assert [words.boolean(word) for word in ("TRUE", "1", "oui", "false", "0", "Non", "", "?")] == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip


def test_nobody_is_no_name_but_a_name_is() -> None:
    nobody = (
        "",
        "None",
        "N/A",
        "Unassigned",
        "Non attribué",
        "(non attribué)",
        "-- Nobody --",
        "-",
        "Не назначен",
        "brak",
        "Sin asignar",
        "нет",
    )
    assert all(words.is_nobody(name) for name in nobody)
    assert not any(words.is_nobody(name) for name in ("Total", "Claire Dubois", "Nona"))


@pytest.mark.parametrize("text", ["On hold", "En retard", "en espera", "Приостановлена", "W realizacji"])
def test_what_rests_is_open(text: str) -> None:
    assert words.status(text) == "open"


@pytest.mark.parametrize("text", ["--None--", "-None-", "No tasks", "нет задач", "Brak zadań", "sin tareas"])
def test_nothing_in_five_languages(text: str) -> None:
    assert words.is_empty(text)
