"""The French catalogue says everything that the English sources say, and says nothing else."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from pipetui.language import catalogue as catalogues
from pipetui.language.extracting import KEYWORDS, extract, read
from tests.house.sources import MODULES, tree

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([%a-zA-Z])")


def forms(text: object) -> tuple[str, ...]:
    return tuple(str(part) for part in text) if isinstance(text, tuple | list) else (str(text),)


def placeholders(text: str) -> list[tuple[str, str]]:
    return sorted({(name, kind) for name, kind in PLACEHOLDER.findall(text) if kind != "%"})


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return extract()


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read("fr")


def test_every_message_is_translated(sources: Catalog, french: Catalog) -> None:
    missing = []
    for message in messages(sources):
        there = french.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        if there is None or not all(forms(there.string)):
            missing.append(message.id)
    assert not missing, "run python -m pipetui.language.extracting and translate these"


def test_every_marked_text_is_found(sources: Catalog) -> None:
    """Babel overlooks what is inside another call of gettext, `_(x or N_("…"))`, and inside an f-string."""
    known = {form for message in messages(sources) for form in forms(message.id)}
    overlooked = [
        f"{path}:{node.lineno}: {argument.value}"
        for path in MODULES.values()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
        for argument in node.args[1 if node.func.id == "pgettext" else 0 :]
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and argument.value not in known
    ]
    assert not overlooked


def test_no_translation_is_left_over(sources: Catalog, french: Catalog) -> None:
    needed = {(message.context, forms(message.id)) for message in messages(sources)}
    assert not {(message.context, forms(message.id)) for message in messages(french)} - needed


def test_nothing_is_a_guess(french: Catalog) -> None:
    assert not [message.id for message in messages(french) if message.fuzzy]


def test_the_placeholders_are_the_same(french: Catalog) -> None:
    wrong = [
        (message.id, form)
        for message in messages(french)
        for form in forms(message.string)
        if form and placeholders(form) != placeholders(forms(message.id)[-1])
    ]
    assert not wrong


def test_placeholders_are_named(sources: Catalog) -> None:
    unnamed = [
        message.id
        for message in messages(sources)
        if message.python_format and any(not name for name, _ in placeholders(forms(message.id)[-1]))
    ]
    assert not unnamed


def test_french_signs_keep_their_narrow_spaces(french: Catalog) -> None:
    """French puts a no-break space before ; : ! ? » and after «, so that none of them starts a line.

    Before a colon it is a whole one, before ; ! ? a narrow one.
    """
    loose = [
        form
        for message in messages(french)
        for form in forms(message.string)
        if re.search(r"(?: |[^\W\d_])[!?;»](?:\s|$)| :|\u202f:|« ", form)
    ]
    assert not loose


def catalogue_folder(root: Path, translation: str) -> Path:
    folder = root / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "pipetui.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgid "Discovery"\nmsgstr "{translation}"\n',
        encoding="utf-8",
    )
    return source


def test_a_checkout_without_compiled_messages_compiles_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue_folder(tmp_path, "Découverte")
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    assert catalogues.load("fr").gettext("Discovery") == "Découverte"


def test_a_newer_source_wins_over_what_was_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = catalogue_folder(tmp_path, "compilée")
    compiled = source.with_suffix(".mo")
    with source.open("rb") as po, compiled.open("wb") as mo:
        write_mo(mo, read_po(po))
    catalogue_folder(tmp_path, "nouvelle")
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    newest = compiled.stat().st_mtime
    os.utime(source, (newest - 10, newest - 10))
    assert catalogues.load("fr").gettext("Discovery") == "compilée"
    os.utime(source, (newest + 10, newest + 10))
    assert catalogues.load("fr").gettext("Discovery") == "nouvelle"
