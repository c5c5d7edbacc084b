"""What the database and the file system say when something goes wrong, as sentences for a user."""

import errno
import sqlite3
from pathlib import Path

from pipetui.deals.errors import Misuse, Problem
from pipetui.deals.text import clean
from pipetui.language import N_, _

_PRIMARY = 0xFF
"""SQLite's extended result codes carry the primary one in their lowest byte."""

_FULL = N_("The disk of the store “%(path)s” is full; make room and try again: nothing was changed.")
_FORBIDDEN = N_("No permission to open the store “%(path)s”, or to write in its folder.")
_FOREIGN = N_("“%(path)s” is not a pipetui store; name another file with --db.")
_FOLDER = N_("“%(path)s” is a folder; name the store's file in it with --db.")
_NO_FOLDER = N_("The store's folder “%(path)s” cannot be made (%(reason)s); name another place with --db.")
_NEWER = N_("The store “%(path)s” was made by a newer pipetui; update pipetui to open it.")
_GONE = N_("The store “%(path)s” is not there any more; put it back, or name another with --db.")
_NO_FILE = N_("“%(path)s” cannot be a store; name a file, as a path or as sqlite:///PATH.")
_OTHER = N_("The store “%(path)s” cannot be opened (%(reason)s); name another with --db.")

_BY_CODE = {
    sqlite3.SQLITE_BUSY: N_("The store “%(path)s” is in use by another program; try again when it is free."),
    sqlite3.SQLITE_CORRUPT: N_("The store “%(path)s” is damaged; put a backup in its place."),
    sqlite3.SQLITE_READONLY: N_(
        "The store “%(path)s” is read-only; allow writing to it, or name another with --db."
    ),
    sqlite3.SQLITE_IOERR: N_(
        "The store “%(path)s” cannot be read or written (%(reason)s); check the disk it is on."
    ),
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
}
_BY_ERRNO = {
    errno.ENOENT: _GONE,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


def database_problem(error: BaseException | None, path: Path) -> Problem | None:
    """The sentence for an error of the database; `None` for one that only a programming mistake explains."""
    if not isinstance(error, sqlite3.Error):
        return None
    sentence = _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    if sentence == _FORBIDDEN and not path.exists():
        sentence = _GONE
    return _problem(sentence, path, str(error)) if sentence else None


def file_problem(error: OSError, path: Path) -> Problem:
    """The sentence for what the file system refuses."""
    return _problem(_BY_ERRNO.get(error.errno or 0, _OTHER), path, error.strerror or str(error))


def folder(path: Path) -> Problem:
    """A folder was named where a store should be."""
    return _problem(_FOLDER, path)


def no_folder(error: OSError, path: Path) -> Problem:
    """The folder of a new store cannot be made."""
    return _problem(_NO_FOLDER, path, error.strerror or str(error))


def foreign(path: Path) -> Problem:
    """The file is something else."""
    return _problem(_FOREIGN, path)


def newer(path: Path) -> Problem:
    """The store's schema comes from a later version."""
    return _problem(_NEWER, path)


def no_file(location: str) -> Problem:
    """What was named is no file: a database's URL, or nothing."""
    return Misuse(str(_problem(_NO_FILE, location)))


def _problem(sentence: str, path: Path | str, reason: str = "") -> Problem:
    # A file's name may hold anything; what is printed may not.
    shown = clean(str(path).encode(errors="replace").decode())
    return Problem(_(sentence) % {"path": shown, "reason": reason})
