"""A mistake in a playbook is one clear sentence with file, line, key and what is allowed."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.errors import Problem
from pipetui.language import use
from pipetui.playbook.loading import Mistaken, default_text, load
from pipetui.playbook.showing import show

SMALL = """\
currency = "CHF"

[[pipelines]]
name = "Sales"

[[pipelines.stages]]
name = "First"
probability = 0.5
exit = [
    { text = "Asked" },
    { text = "Known", item = "need", level = 2 },
]

[[pipelines.stages]]
name = "Won"
kind = "won"
probability = 1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "team.toml"


def mistakes(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Mistaken) as caught:
        load(file)
    prefix = f"{file}, "
    assert all(sentence.startswith(prefix) for sentence in caught.value.mistakes)
    assert str(caught.value).startswith(caught.value.mistakes[0])
    return [sentence.removeprefix(prefix) for sentence in caught.value.mistakes]


def test_a_small_playbook_takes_the_defaults(file: Path) -> None:
    file.write_text(SMALL, encoding="utf-8")
    playbook = load(file)
    assert playbook.currency == "CHF"
    assert playbook.limits.idle_days == 14
    assert playbook.fiscal_year_start == 1
    first = playbook.stage("first")
    assert first is not None
    assert first.stale_after_days is None


def test_a_file_from_windows(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load(file).currency == "CHF"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"CHF"', '"chf"', "line 1, currency: a currency is three capital letters, such as EUR."),
        ("0.5", "1.5", "line 8, pipelines.stages.probability: 1.5 is too much; at most 1."),
        ("0.5", "-1", "line 8, pipelines.stages.probability: -1 is too little; at least 0."),
        ("0.5", '"much"', "line 8, pipelines.stages.probability: it takes a number."),
        (
            "probability = 0.5\n",
            "",
            "line 6, pipelines.stages.probability: it is missing, and has no default.",
        ),
        ('"First"', '"  "', "line 7, pipelines.stages.name: it must not be empty."),
        ('"First"', "7", "line 7, pipelines.stages.name: it takes a text in quotes."),
        (
            'kind = "won"',
            'kind = "wonn"',
            "line 16, pipelines.stages.kind: “wonn” is not known here; did you mean “won”? "
            "Allowed are open, won, lost.",
        ),
        (
            "probability = 0.5",
            "probability = 0.5\nstale_after_day = 3",
            "line 9, pipelines.stages.stale_after_day: “stale_after_day” is not known here; did you mean "
            "“stale_after_days”? Allowed are name, aliases, kind, probability, stale_after_days, requires, "
            "requires_amount, exit.",
        ),
        (
            '"need"',
            '"money"',
            "line 11, pipelines.stages.exit.item: “money” is not known here; allowed are need, "
            "decision_makers, budget, timeline, risk, next_step, sponsor.",
        ),
        ("level = 2", "level = 4", "line 11, pipelines.stages.exit.level: 4 is too much; at most 3."),
        (
            "level = 2",
            'field = "amount"',
            "line 11, pipelines.stages.exit: a criterion checks an item or a field, not both: "
            "make two of it.",
        ),
        (
            "probability = 0.5",
            'probability = 0.5\naliases = ["wön"]',
            "line 3, pipelines: “Won” names both “First” and “Won”.",
        ),
        (
            '"CHF"',
            '"CHF"\ntimezone = "Paris"',
            "line 2, timezone: “Paris” is no timezone; it takes a name such as Europe/Paris.",
        ),
        ('"CHF"', '"CHF"\nrates = { EUR = 0 }', "line 2, rates.EUR: 0 is too little; more than 0."),
        ('"CHF"', '"CHF"\nfiscal_year_start = 2.5', "line 2, fiscal_year_start: it takes a whole number."),
        (
            '"CHF"',
            '"CHF"\nbuiltin = true',
            "line 2, builtin: “builtin” is not known here; allowed are name, currency, rates, "
            "fiscal_year_start, timezone, limits, pipelines, profiles, teams, quotas, close_reasons, "
            "diagnosis.",
        ),
        ('"CHF"', '"CHF"\nteams = 3', "line 2, teams: it takes a list in [ ]."),
        ('"CHF"', '"CHF"\nlimits = 3', "line 2, limits: it takes a table of keys and values."),
        (
            '"CHF"',
            '"CHF"\nteams = [{ name = "A", owners = ["Zoé"] },\n { name = "B", owners = ["ZOE"] }]',
            "line 2, teams: “ZOE” stands there twice.",
        ),
        (
            '"CHF"',
            '"CHF"\nquotas = [\n{ period = "2026-Q5", amount = 1 }]',
            "line 3, quotas.period: a period is a year, a quarter or a month: 2026, 2026-Q4 or 2026-11.",
        ),
        (
            '"CHF"',
            '"CHF"\nquotas = [\n{ period = "2026", amount = 1, owner = "A", team = "B" }]',
            "line 3, quotas: a quota is an owner's or a team's, not both.",
        ),
        ('currency = "CHF"', "currency = CHF", "line 1: this is not TOML (Invalid value)."),
        ('name = "Sales"', 'name = "Sales', "line 4: this is not TOML (Illegal character '\\n')."),
    ],
)
def test_one_mistake(file: Path, before: str, after: str, told: str) -> None:
    assert mistakes(file, SMALL.replace(before, after, 1)) == [told]


def test_several_mistakes_are_counted_and_listed_in_the_order_of_the_file(file: Path) -> None:
    text = SMALL.replace("probability = 1", "probability = 2").replace('"CHF"', '"chf"')
    first, second = mistakes(file, text)
    assert first.startswith("line 1, ")
    assert second.startswith("line 17, ")
    with pytest.raises(Problem, match=r"There is 1 more mistake\.$"):
        load(file)


def test_mistakes_are_told_in_french(file: Path) -> None:
    use("fr")
    (told,) = mistakes(file, SMALL.replace("0.5", "1.5"))
    assert told == "ligne 8, pipelines.stages.probability\u00a0: 1.5 est trop grand\u202f; au plus 1."


def test_hostile_text_is_told_harmlessly(file: Path) -> None:
    (told,) = mistakes(file, SMALL + '"\\u001b]0;x\\u0007[/]" = 1\n')
    assert "\x1b" not in told
    assert "\x07" not in told


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "There is no playbook at"),
        (Path.mkdir, "is a folder"),
        (lambda path: path.write_bytes(b"name = '\xe9'"), "is not a text file in UTF-8"),
        (lambda path: path.write_bytes(b"\x7fELF\x00\x00"), "this is not TOML"),
        (lambda path: path.write_text(""), "line 1, pipelines: it is missing"),
        (lambda path: path.write_text("a = " + "[" * 5000), "nested too deeply"),
    ],
)
def test_what_is_no_playbook_file(file: Path, make, told: str) -> None:
    make(file)
    with pytest.raises(Problem, match=told):
        load(file)


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_no_text_is_more_than_a_problem(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(Problem):
        load(file)


PIECES = [
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "=",
    ",",
    ".",
    "\n",
    "#",
    "name",
    "stages",
    "0.5",
    "x",
    "\\",
    "nan",
]


@given(st.integers(0, len(SMALL)), st.integers(0, 12), st.lists(st.sampled_from(PIECES), max_size=6))
def test_no_slip_of_the_hand_is_more_than_a_problem(file: Path, at: int, cut: int, typed: list[str]) -> None:
    """Whatever is typed into a good playbook: it loads, or one sentence names a line of the file."""
    text = SMALL[:at] + "".join(typed) + SMALL[at + cut :]
    file.write_text(text, encoding="utf-8")
    try:
        load(file)
    except Mistaken as problem:
        for sentence in problem.mistakes:
            line = sentence.removeprefix(f"{file}, line ").split(":")[0].split(",")[0]
            assert 1 <= int(line) <= text.count("\n") + 1


def test_what_is_shown_is_what_is_in_force(file: Path) -> None:
    filled = default_text()
    for section in (
        "timezone",
        "[rates]",
        "USD",
        "CHF =",
        "GBP",
        "[[teams]]",
        "manager",
        "owners",
        "[[quotas]]",
    ):
        filled = filled.replace(f"# {section}", section)
    for key in (
        'name = "West"',
        "period",
        "amount = 640000",
        "amount = 80000",
        "amount = 450000",
        "team =",
        "owner =",
    ):
        filled = filled.replace(f"# {key}", key)
    file.write_text(filled, encoding="utf-8")
    playbook = load(file)
    assert len(playbook.quotas) == 3
    assert playbook.team("marc petit") == "West"
    assert playbook.rates["USD"] == tomllib.loads("x = 0.92", parse_float=type(playbook.rates["USD"]))["x"]
    file.write_text(show(playbook), encoding="utf-8")
    assert load(file) == playbook


@given(name=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_name_survives_being_shown(file: Path, name: str) -> None:
    playbook = replace(load(None), name=load_name(file, name))
    file.write_text(show(playbook), encoding="utf-8", newline="")
    assert load(file).name == playbook.name


def load_name(file: Path, name: str) -> str:
    from pipetui.deals.text import clean

    return clean(name)
