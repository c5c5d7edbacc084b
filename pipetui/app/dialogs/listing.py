"""What is in a folder that an import could read: the newest exports first. Runs in a thread."""

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from pipetui.deals.text import clean
from pipetui.language import _

ENDINGS: Final = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".zip")
_TELLING: Final = (".csv", ".tsv", ".xlsx", ".zip")
"""Endings that make a folder one of exports; a text may be anything."""
MOST: Final = 20_000
"""Entries of a folder that are looked at."""
_DOWNLOADS: Final = re.compile(r'^XDG_DOWNLOAD_DIR="(.+)"', re.MULTILINE)


class Entry(NamedTuple):
    """A file, or a folder to go into."""

    path: Path
    label: str
    is_folder: bool
    size: int = 0
    written: datetime | None = None
    """With a zone."""


class Listing(NamedTuple):
    """A folder's content, or why there is none."""

    folder: Path
    entries: list[Entry]
    problem: str = ""


def read_folder(folder: Path) -> Listing:
    """The exports of a folder, newest first, then its folders by name. Hidden ones come last."""
    found: list[Entry] = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number == MOST:
                    break
                if made := _entry(entry):
                    found.append(made)
    except PermissionError:
        return Listing(folder, [], _("You are not allowed to look into this folder."))
    except (OSError, ValueError):
        return Listing(folder, [], _("This folder cannot be read."))
    return Listing(folder, sorted(found, key=_order))


def look_at(path: Path) -> Entry | None:
    """The entry of a path that may not be there any more."""
    try:
        if path.is_dir():
            return Entry(path, f"{shown(path)}/", is_folder=True)
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return Entry(path, shown(path), is_folder=False, size=facts.st_size, written=_moment(facts.st_mtime))


def shown(path: Path) -> str:
    """A path as people write it: ~ for their home."""
    text, home = str(path), str(Path.home())
    return clean("~" + text[len(home) :] if text == home or text.startswith(home + os.sep) else text, 400)


def existing(text: str, folder: Path) -> Path | None:
    """The file or folder of a typed or pasted path; `None` if it is none."""
    path = typed(text, folder)
    try:
        return path if path is not None and path.exists() else None
    except (OSError, ValueError):  # a name too long, a NUL
        return None


def typed(text: str, folder: Path) -> Path | None:
    """The path that a text means, seen from a folder; `None` if it is a word to look for."""
    text = text.strip().strip("'\"")
    if not is_path(text):
        return None
    try:
        return folder / Path(text).expanduser()
    except RuntimeError:  # "~nobody"
        return None


def completed(text: str, folder: Path) -> tuple[str, str]:
    """A path as far as only one thing can be meant, and what is wrong with it."""
    head, slash, beginning = text.rpartition(os.sep)
    if not slash:  # "~"
        return (text + os.sep, "") if typed(text, folder) else (text, _("There is no such file."))
    parent = typed(head + slash, folder)
    if parent is None or not is_folder(parent):
        return text, _("There is no such file.")
    listing = read_folder(parent)
    if listing.problem:
        return text, listing.problem
    names = [
        entry.path.name + (os.sep if entry.is_folder else "")
        for entry in listing.entries
        if entry.path.name.casefold().startswith(beginning.casefold())
    ]
    if not names:
        return text, _("There is no such file.")
    return f"{head}{slash}{_common(names)}", ""


def _common(names: Sequence[str]) -> str:
    """What all names begin with."""
    first, last = min(names), max(names)
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    return first[: min(len(first), len(last)) if same is None else same]


def is_folder(path: Path) -> bool:
    """Whether a path is a folder that can be looked at."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def first_folder() -> Path:
    """Where to look for exports the first time: here, if here are some, else where browsers put them."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed meanwhile
        here = Path.home()
    if any(entry.path.suffix.lower() in _TELLING for entry in read_folder(here).entries):
        return here
    home = Path.home()
    downloads = (_told_downloads(home), home / "Downloads")
    return next((path for path in downloads if path and is_folder(path)), home)


def _told_downloads(home: Path) -> Path | None:
    """The folder of downloads that a desktop has told, which is called differently in each language."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    try:
        told = (config / "user-dirs.dirs").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = _DOWNLOADS.search(told)
    return Path(found[1].replace("$HOME", str(home))) if found else None


def is_path(text: str) -> bool:
    """Whether a text is a path and not a word to look for."""
    return os.sep in text or text.startswith("~") or text in (".", "..")


def _entry(entry: "os.DirEntry[str]") -> Entry | None:
    try:
        if entry.is_dir():
            return Entry(Path(entry.path), f"{clean(entry.name)}/", is_folder=True)
        if not entry.name.lower().endswith(ENDINGS) or entry.name.startswith("~$"):
            return None
        facts = entry.stat()
    except OSError:
        return None
    return Entry(
        Path(entry.path),
        clean(entry.name),
        is_folder=False,
        size=facts.st_size,
        written=_moment(facts.st_mtime),
    )


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _order(entry: Entry) -> tuple[bool, bool, float, str]:
    written = entry.written.timestamp() if entry.written else 0.0
    return (entry.is_folder, entry.path.name.startswith("."), -written, entry.label.casefold())
