"""The language of everything a user reads: gettext, set up once at start, and the forms of money and days."""

import gettext
import os
import re
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("en", "fr")
LOCALES = Path(__file__).parent / "locales"

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def choose(wanted: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The language to speak: the wanted one, else the environment's as gettext reads it, else English."""
    if wanted:
        return _known(wanted) or "en"
    locale = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(key))), "")
    if _code(locale) in ("", "c", "posix"):
        return "en"
    for name in (*environ.get("LANGUAGE", "").split(":"), locale):
        if known := _known(name):
            return known
    return "en"


def use(language: str) -> None:
    """Speak a language from now on, in the whole process."""
    global _current, _language  # noqa: PLW0603 - gettext is a process-wide choice
    if language == "en":
        _current = gettext.NullTranslations()
    else:
        from pipetui.language.catalogue import load

        _current = load(language)
    _language = language


def current() -> str:
    """The language in use: "en" or "fr"."""
    return _language


def _(message: str) -> str:
    """The message in the language in use."""
    return _current.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a message for a count."""
    return _current.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """The message in the language in use, where one English word means several things."""
    return _current.pgettext(context, message)


def quoted(text: str) -> str:
    """A text in the quotes of the language in use: “…”, « … »."""
    return _("“%(text)s”") % {"text": text}


def labelled(label: str, text: str) -> str:
    """A label and what belongs to it: "label: text", « label : text »."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def N_(message: str) -> str:  # noqa: N802 - gettext's usual name
    """Marks a message for translation where it is defined; `_` translates it where it is shown."""
    return message


def _code(locale: str) -> str:
    found = re.match(r"[a-z]+", locale.lower())
    return found.group() if found else ""


def _known(locale: str) -> str:
    return code if (code := _code(locale)) in LANGUAGES else ""
