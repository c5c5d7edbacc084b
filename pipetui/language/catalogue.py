"""Loads a language's messages."""

import gettext
from io import BytesIO
from pathlib import Path

from pipetui.language import LOCALES


def load(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, from its `.mo`; in a checkout with a newer `.po`, from that."""
    folder = LOCALES / language / "LC_MESSAGES"
    compiled, source = folder / "pipetui.mo", folder / "pipetui.po"
    if _is_newer(source, compiled):
        return _compile(source)
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def _is_newer(source: Path, compiled: Path) -> bool:
    if not source.exists():
        return False
    return not compiled.exists() or source.stat().st_mtime_ns > compiled.stat().st_mtime_ns


def _compile(source: Path) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        messages = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
