"""From a playbook file to a `Playbook`."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.language import _, ngettext
from pipetui.playbook.models import Playbook
from pipetui.playbook.profiles import with_standard_names
from pipetui.playbook.structuring import structured

DEFAULT = Path(__file__).with_name("default.toml")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Mistaken(Problem):
    """A playbook file that cannot be used. The text is its first mistake."""

    def __init__(self, mistakes: list[str]) -> None:
        """`mistakes`: a sentence each, in the order of the lines."""
        more = len(mistakes) - 1
        rest = ngettext("There is %(n)d more mistake.", "There are %(n)d more mistakes.", more) % {"n": more}
        super().__init__(f"{mistakes[0]} {rest}" if more else mistakes[0])
        self.mistakes = mistakes


def default_text() -> str:
    """The commented file of the built-in playbook."""
    return DEFAULT.read_text(encoding="utf-8")


def load(path: Path | None) -> Playbook:
    """The playbook of a file, or the built-in one.

    Raises:
        Mistaken: the file is not a playbook; the sentences name file, line, key and what is allowed.
        Problem: the file cannot be read.
    """
    if path is None:
        return structured(tomllib.loads(default_text())).as_builtin()
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Mistaken([_not_toml(path, text, str(error))]) from None
    except RecursionError:
        raise Mistaken([_("%(file)s is nested too deeply.") % {"file": _shown(path)}]) from None
    return _validated(path, text, data)


def _validated(file: Path, text: str, data: dict[str, Any]) -> Playbook:
    from pydantic import TypeAdapter, ValidationError

    from pipetui.playbook.mistakes import sentences, sentences_about_items

    try:
        playbook = TypeAdapter(Playbook).validate_python(data)
    except ValidationError as error:
        raise Mistaken(sentences(_shown(file), text, error)) from None
    playbook, unknown = with_standard_names(playbook)
    if unknown:
        raise Mistaken(sentences_about_items(_shown(file), text, unknown))
    return playbook


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        what = _("There is no playbook at %(file)s; “pipetui playbook init” writes one.")
    except IsADirectoryError:
        what = _("%(file)s is a folder, not a playbook file.")
    except PermissionError:
        what = _("%(file)s may not be read; check its permissions.")
    except UnicodeDecodeError:
        what = _("%(file)s is not a text file in UTF-8.")
    except (OSError, ValueError) as error:
        what = _("%(file)s cannot be read (%(error)s).")
        raise Problem(what % {"file": _shown(file), "error": clean(str(error))}) from None
    raise Problem(what % {"file": _shown(file)})


def _not_toml(file: Path, text: str, error: str) -> str:
    from pipetui.playbook.mistakes import at

    place = _PLACE.search(error)
    last = text.count("\n") + 1
    line = int(place.group(1) or last) if place else last
    reason = clean(_PLACE.sub("", error), 120)
    return at(_shown(file), line, _("this is not TOML (%(reason)s)") % {"reason": reason})


def _shown(file: Path) -> str:
    return clean(str(file))
