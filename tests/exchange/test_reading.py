"""Bytes → table: encodings, delimiters, what stands above and below the deals, limits."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.errors import Problem
from pipetui.exchange.importing import files, presets, reading
from pipetui.exchange.importing.reading import Table

FRENCH = [
    ["Nom de l’opportunité", "Étape", "Montant"],
    ["Refonte intranet", "Proposition", "12 500,50"],
    ["Éditique – œuvre", "Négociation", "8 000,00 €"],
]
HEADER = "Opportunity Name,Stage,Amount"


def parse(data: bytes | str, **options: str) -> Table:
    content = data.encode() if isinstance(data, str) else data
    (table,) = reading.parse_tables(content, "deals.csv", knows=presets.is_label, **options)  # type: ignore[arg-type]
    return table


def text(delimiter: str = ",", end: str = "\n") -> str:
    return end.join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in FRENCH
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (text().encode(), "utf-8"),
        (text().encode("utf-8-sig"), "utf-8-sig"),
        (text().encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + text().encode("utf-16-be"), "utf-16"),
        (text().encode("utf-16-le"), "utf-16-le"),
        (text().encode("cp1252"), "cp1252"),
        (text().encode("utf-32"), "utf-32"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "no-bom", "cp1252", "utf-32"],
)
def test_every_usual_encoding_reads_the_same(data: bytes, encoding: str) -> None:
    table = parse(data)
    assert [list(table.header), *table.rows] == FRENCH
    assert table.encoding == encoding


def test_a_named_encoding_is_taken() -> None:
    table = parse(text().encode("mac_roman"), encoding="mac_roman")
    assert table.rows[1][0] == "Éditique – œuvre"
    with pytest.raises(Problem, match="klingon"):
        parse(text(), encoding="klingon")
    with pytest.raises(Problem, match="ascii"):
        parse(text(), encoding="ascii")
    with pytest.raises(Problem, match="hex"):
        parse(text(), encoding="hex")


def test_a_broken_byte_does_not_turn_a_whole_utf8_file_into_mojibake() -> None:
    data = f"{text()}\n".encode() * 20
    table = parse(data[:40] + b"\xff" + data[40:])
    assert table.rows[1][0] == "Éditique – œuvre"
    assert len(table.warnings) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    table = parse(text(delimiter, end) + end)
    assert [list(table.header), *table.rows] == FRENCH
    assert (table.delimiter, table.lines) == (delimiter, [2, 3])


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    rows = "\n".join(f"Deal {n};{n},50;{n},75" for n in range(30))
    assert parse(f"Titre inconnu;Autre;Encore\n{rows}").delimiter == ";"


def test_excels_sep_line_counts_as_a_line() -> None:
    table = parse(f"sep=;\r\n{text(';', chr(13) + chr(10))}")
    assert (table.delimiter, table.header, table.lines) == (";", tuple(FRENCH[0]), [3, 4])


def test_titles_blank_columns_and_repeated_headers() -> None:
    table = parse(
        f"Pipeline report,,,\nAs of 2026-11-20,,,\n,,,\n,{HEADER}\n,A,Demo,1\n,,,\n,{HEADER}\n,B,Demo,2\n"
    )
    assert table.header == ("", "Opportunity Name", "Stage", "Amount")
    assert table.rows == [["", "A", "Demo", "1"], ["", "B", "Demo", "2"]]
    assert table.lines == [5, 8]


def test_lines_are_those_on_which_rows_begin() -> None:
    table = parse(f'{HEADER}\n"two\nlines",Demo,1\nB,Demo,2\n')
    assert table.lines == [2, 4]


def test_duplicate_and_padded_labels() -> None:
    table = parse("Name , Stage,Value,Value,Value (2)\nA,Demo,1,2,3\n")
    assert table.header == ("Name", "Stage", "Value", "Value (3)", "Value (2)")


def test_short_rows_are_filled_and_long_ones_kept_apart() -> None:
    table = parse(f"{HEADER}\nA,Demo\nB,Demo,1,,\nC,Demo,1,2\n")
    assert table.rows == [["A", "Demo", ""], ["B", "Demo", "1"]]
    assert table.misshapen == [(4, ["C", "Demo", "1", "2"])]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"SQLite format 3\0", bytes(range(256)) * 40,
        b"\xd0\xcf\x11\xe0\xa1", b"\x1f\x8b\x08",
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Problem, match=r"deals\.csv is"):
        parse(data)


def test_a_name_may_hold_a_nul() -> None:
    assert parse(f"{HEADER}\nA\0B,Demo,1\n").rows == [["A\0B", "Demo", "1"]]


def test_a_quote_that_is_never_closed_is_told_with_its_line() -> None:
    with pytest.raises(Problem, match="line 3"):
        parse(f'{HEADER}\nA,Demo,1\n"B,Demo,2\nC,Demo,3\n')
    assert parse(f'{HEADER}\nA,Demo,1\n"B\nb",Demo,2\n').rows[-1][0] == "B\nb"


def test_limits_are_told() -> None:
    with pytest.raises(Problem, match="2000 columns"):
        parse("a," * 3_000 + "\n")
    with pytest.raises(Problem, match=r"Line 3 .*1000000 characters"):
        parse(f"{HEADER}\nA,Demo,1\n" + "x" * 1_000_001 + ",Demo,1\n")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"\xef\xbb\xbf\r\n\r\n")
    for path, said in (
        (tmp_path / "none.csv", "no file"),
        (tmp_path, "folder"),
        (empty, "empty"),
        (Path("a\0b"), "cannot be read"),
    ):
        with pytest.raises(Problem, match=said):
            files.read_bytes(path)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=12)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    import csv
    import io

    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerow(HEADER.split(","))
    writer.writerows(rows)
    expected = [row for row in rows if "".join(row).strip() and row != HEADER.split(",")]
    assert parse(target.getvalue()).rows == expected


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_sentence(data: bytes) -> None:
    try:
        table = parse(data)
    except Problem:
        return
    assert all(len(row) == len(table.header) for row in table.rows)
