"""8-bit encodings are told from each other by their letters and by readable labels."""

import pytest

from pipetui.exchange.importing import eightbit, presets, reading

TEXTS = {
    "fr": (
        "Affaire;Société;Montant\nÉditique – œuvre;Générale des Eaux;12 500 €\n"
        "Rénovation à Orléans;Crédit;1\n"
    ),
    "es": "Oportunidad;Compañía;Importe\nRenovación de señalización;Peñalolén Núñez;1\n¿Qué?;Muñoz;2\n",
    "pl": (
        "Szansa;Właściciel;Etap;Wartość\nWdrożenie;Żabka;Wygrana;1\nSprzedaż części;Łęcki;Oferta złożona;2\n"
    ),
    "ru": (
        "Сделка;Ответственный;Этап;Сумма\nВнедрение;Иванов Пётр;Переговоры;100\n"
        "Лицензии;ООО «Ромашка»;Отказ;5\n"
    ),
}
CASES = [
    *[("fr", encoding) for encoding in ("cp1252", "iso8859-1", "mac-roman", "cp850")],
    *[("es", encoding) for encoding in ("cp1252", "mac-roman")],
    *[("pl", encoding) for encoding in ("cp1250", "iso8859-2")],
    *[("ru", encoding) for encoding in ("cp1251", "koi8-r", "cp866")],
]


@pytest.mark.parametrize(("language", "encoding"), CASES)
@pytest.mark.parametrize("knows", [presets.is_label, lambda _cell: False], ids=["labels", "letters"])
def test_the_text_comes_out_right(language: str, encoding: str, knows: object) -> None:
    data = TEXTS[language].encode(encoding, "replace")
    found = eightbit.guess(data, knows)  # type: ignore[arg-type]
    assert data.decode(found.encoding) == data.decode(encoding)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_western_text_of_windows_is_no_news(language: str) -> None:
    table = reading.parse(TEXTS[language].encode("cp1252"), "deals.csv", knows=presets.is_label)
    assert (table.encoding, table.warnings) == ("cp1252", [])


def test_any_other_encoding_is_told_with_an_example_and_the_option() -> None:
    table = reading.parse(TEXTS["pl"].encode("cp1250"), "deals.csv", knows=presets.is_label)
    (warning,) = table.warnings
    assert "cp1250" in warning
    assert "“Właściciel”" in warning
    assert "--encoding cp1252" in warning


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_of_any_script(language: str, encoding: str) -> None:
    table = reading.parse(TEXTS[language].encode(encoding), "deals.csv", knows=presets.is_label)
    assert [";".join(row) for row in (table.header, *table.rows)] == TEXTS[language].splitlines()
    assert table.warnings == []
