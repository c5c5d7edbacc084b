"""Keeps the catalogues in step with the sources: `python -m pipetui.language.extracting`.

New messages arrive in every `.po` untranslated, those no longer used leave. A developer's tool.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from pipetui import __version__
from pipetui.language import LANGUAGES, LOCALES

PACKAGE = Path(__file__).parents[1]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

HEADER = "# Messages come from the sources (python -m pipetui.language.extracting), translations stand here."
AUTHORS = "The pipetui authors"


def extract() -> Catalog:
    """Every message that the sources mark."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        PACKAGE,
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=["Translators:"],
        strip_comment_tags=True,
    )
    for file, _line, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue of a language as its `.po` has it."""
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Brings every `.po` in step with the sources."""
    messages = extract()
    for language in LANGUAGES[1:]:
        path = _path(language)
        catalogue = read(language) if path.exists() else Catalog(locale=language, fuzzy=False)
        catalogue.update(messages, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        _drop_guesses(catalogue)
        catalogue.header_comment = HEADER
        catalogue.project, catalogue.version = "pipetui", __version__
        catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = AUTHORS
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, include_lineno=False)


def _drop_guesses(catalogue: Catalog) -> None:
    """A message that became a plural or stopped being one is translated anew."""
    for message in catalogue:
        if message.fuzzy:
            message.flags.discard("fuzzy")
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "pipetui.po"


if __name__ == "__main__":
    update()
