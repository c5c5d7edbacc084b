"""House rules that no linter knows."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import MODULES, PROJECT, tree

CLOCK = "pipetui.deals.clock"
PRESENT = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}
"""What reads the calendar."""
LONGEST = 450
"""Lines; a file as long as this has more than one reason to change."""

TESTS_AND_BENCHMARKS = [
    path for folder in ("tests", "benchmarks", "sample_data") for path in (PROJECT / folder).rglob("*.py")
]


def reads_of_the_present(path: Path) -> list[int]:
    """The lines that ask for today, whichever way the name was imported."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name, node.func.attr) in PRESENT or (name, node.func.attr) == ("time", "localtime"):
                found.append(node.lineno)
    return found


def test_only_the_clock_reads_the_present() -> None:
    assert reads_of_the_present(MODULES[CLOCK]), "or this test looks for the wrong thing"
    others = {
        name: lines
        for name, path in MODULES.items()
        if name != CLOCK and (lines := reads_of_the_present(path))
    }
    assert not others


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, path in MODULES.items() if not ast.get_docstring(tree(path))]
    assert not silent


@pytest.mark.parametrize("path", [*MODULES.values(), *TESTS_AND_BENCHMARKS], ids=lambda path: path.stem)
def test_no_file_grows_beyond_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_messages_are_translated_when_shown_and_not_when_imported() -> None:
    """`_()` in a module's or class's body would speak the language of the import, before it is chosen."""
    early = []
    for name, path in MODULES.items():
        bodies = [tree(path)]
        while bodies:
            for node in bodies.pop().body:
                if isinstance(node, ast.ClassDef):
                    bodies.append(node)  # type: ignore[arg-type]
                elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    early += [(name, call.lineno) for call in eager_calls(node) if is_gettext(call)]
    assert not early


def eager_calls(node: ast.AST) -> list[ast.Call]:
    """The calls that run where a statement runs: not those inside lambdas."""
    if isinstance(node, ast.Lambda):
        return []
    calls = [node] if isinstance(node, ast.Call) else []
    return calls + [call for child in ast.iter_child_nodes(node) for call in eager_calls(child)]


def is_gettext(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext", "pgettext"}


def test_no_message_is_an_f_string() -> None:
    """Babel does not see them, so nobody would translate them."""
    wrong = [
        (name, node.lineno)
        for name, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and is_gettext(node)
        and any(isinstance(a, ast.JoinedStr) for a in node.args)
    ]
    assert not wrong


def test_no_colon_is_put_between_two_values_by_hand() -> None:
    """French has a space before it: `labelled` knows."""
    wrong = [
        (name, node.lineno)
        for name, path in MODULES.items()
        if name.startswith(("pipetui.app", "pipetui.pipeline"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        and [type(part) for part in node.values[:3]] == [ast.FormattedValue, ast.Constant, ast.FormattedValue]
        and isinstance(colon := node.values[1], ast.Constant)
        and colon.value == ": "
    ]
    assert not wrong
