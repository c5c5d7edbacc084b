"""The files of an import: paths, folders, zip archives and standard input → named pieces of bytes."""

import io
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.language import _, ngettext

MAX_BYTES: Final = 512 * 1024 * 1024
"""Largest file, and most that all files of an archive may unpack to."""
MAX_FILES: Final = 1_000
"""Most files of a folder or an archive."""
STDIN: Final = Path("-")
ZIP: Final = b"PK\x03\x04"

_EMPTY_ZIP: Final = b"PK\x05\x06"
_EXPORTS: Final = frozenset([".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls"])
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to read, whatever it came in."""

    name: str
    """What it is called in messages."""
    stem: str
    """Its file name without suffix: it may hold a date."""
    written: datetime | None
    """When it was written: with a zone, or wall time where an archive tells no zone."""
    read: Callable[[], bytes]
    """Its content. Raises `Problem`."""
    contained: bool = False
    """Whether it came in a folder or an archive: nobody named it, so it may be something else."""


@dataclass(slots=True)
class Pieces:
    """All files of an import."""

    found: list[Piece] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def pieces_of(paths: Sequence[Path]) -> Pieces:
    """The files behind paths: a folder's own files, an archive's members, standard input for "-".

    Raises:
        Problem: a path cannot be read, or a folder or archive holds no exports or is beyond the limits.
    """
    pieces = Pieces()
    for path in paths:
        if path != STDIN and _is_folder(path):
            _folder(path, pieces)
        else:
            _file(path, pieces, contained=False)
    return pieces


def read_bytes(path: Path) -> bytes:
    """The content of a file, or of standard input for "-".

    Raises:
        Problem: it cannot be read, is empty or too large.
    """
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            if path.is_dir():
                raise Problem(_("%(file)s is a folder: name the CSV file in it.") % {"file": path})
            if path.stat().st_size > MAX_BYTES:
                raise Problem(_too_large(file_name(path)))
            data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    return _checked(data, file_name(path))


def file_name(path: Path) -> str:
    """How a file is called in messages."""
    return _("the standard input") if path == STDIN else clean(path.name)


def check_zip(data: bytes, name: str) -> None:
    """Refuse an archive that unpacks to too much, is damaged or protected; each member is counted for real.

    Raises:
        Problem: one sentence with the limit.
    """
    with _opened(data, name) as archive:
        members = archive.infolist()
        if len(members) > MAX_FILES * 10:
            raise Problem(_too_many(name, MAX_FILES * 10))
        if sum(member.file_size for member in members) > MAX_BYTES:
            raise Problem(_too_large_unpacked(name))
        if any(member.flag_bits & 1 for member in members):
            raise Problem(protected(name))


def unpack(archive: zipfile.ZipFile, member: str, name: str) -> Iterator[bytes]:
    """The content of an archive's member, piece by piece.

    Raises:
        Problem: it is damaged, or larger than the archive says.
    """
    try:
        with archive.open(member) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Problem(damaged(name)) from None


def damaged(name: str) -> str:
    """What there is to say of a file that cannot be unpacked."""
    return _("%(file)s is damaged and cannot be unpacked: export or download it again.") % {"file": name}


def protected(name: str) -> str:
    """What there is to say of a file that wants a password."""
    return _("%(file)s is protected by a password: save it without one and import that.") % {"file": name}


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _folder(path: Path, pieces: Pieces) -> None:
    try:
        entries = sorted(entry for entry in path.iterdir() if not _is_litter(entry.name))
        entries = [entry for entry in entries if entry.is_file()]
    except OSError as error:
        raise _unreadable(path, error) from None
    exports = [entry for entry in entries if entry.suffix.lower() in (*_EXPORTS, ".zip")]
    _tell_others([entry.name for entry in entries if entry not in exports], path.name, pieces)
    if not exports:
        raise Problem(
            _("The folder %(folder)s holds no exports: no CSV, TSV, XLSX or ZIP file.") % {"folder": path}
        )
    if len(exports) > MAX_FILES:
        raise Problem(_too_many(clean(path.name), MAX_FILES))
    for entry in exports:
        _file(entry, pieces, contained=True)


def _file(path: Path, pieces: Pieces, *, contained: bool) -> None:
    name = file_name(path)
    if path == STDIN or not stat.S_ISREG(_mode(path)):
        data = read_bytes(path)
        if _is_archive(data):
            _archive(partial(_same, data), name, pieces)
        else:
            pieces.found.append(Piece(name, "", None, partial(_same, data), contained))
        return
    if _begins_as_zip(path) and _is_archive(data := read_bytes(path)):
        _archive(partial(_same, data), name, pieces)
        return
    try:
        written = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except (OSError, OverflowError, ValueError):
        written = None
    pieces.found.append(Piece(name, path.stem, written, partial(read_bytes, path), contained))


def _archive(content: Callable[[], bytes], name: str, pieces: Pieces) -> None:
    """The exports in an archive; folders in it do not matter."""
    check_zip(content(), name)
    with _opened(content(), name) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    members = [member for member in members if not any(map(_is_litter, PurePosixPath(member.filename).parts))]
    exports = [member for member in members if PurePosixPath(member.filename).suffix.lower() in _EXPORTS]
    others = [PurePosixPath(member.filename).name for member in members if member not in exports]
    _tell_others(others, name, pieces)
    if not exports:
        raise Problem(_("The archive %(file)s holds no exports: no CSV, TSV or XLSX file.") % {"file": name})
    if len(exports) > MAX_FILES:
        raise Problem(_too_many(name, MAX_FILES))
    for member in exports:
        path = PurePosixPath(member.filename)
        try:
            written = datetime(*member.date_time)
        except ValueError:
            written = None
        read = partial(_member, content, member.filename, name)
        pieces.found.append(Piece(f"{name} › {clean(path.name)}", path.stem, written, read, contained=True))


def _member(content: Callable[[], bytes], member: str, name: str) -> bytes:
    with _opened(content(), name) as archive:
        return _checked(b"".join(unpack(archive, member, name)), f"{name} › {clean(member)}")


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Problem(damaged(name)) from None


def _is_archive(data: bytes) -> bool:
    """Whether bytes are an archive of files and not a workbook, which is one, too."""
    if not data.startswith((ZIP, _EMPTY_ZIP)):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return not any(name.startswith(("xl/", "[Content_Types]")) or name == "content.xml" for name in names)


def _begins_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in (ZIP, _EMPTY_ZIP)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _same(data: bytes) -> bytes:
    return data


def _is_litter(name: str) -> bool:
    """Whether a file is none of its folder's: hidden, a lock of an office program, a Mac's shadow."""
    return name.startswith((".", "~$", "__MACOSX"))


def _tell_others(names: Sequence[str], container: str, pieces: Pieces) -> None:
    if names:
        pieces.warnings.append(
            ngettext(
                "%(container)s: %(n)d file is no export by its name and was left out: %(file)s.",
                "%(container)s: %(n)d files are no exports by their names and were left out: %(file)s, …",
                len(names),
            )
            % {"container": clean(container), "n": len(names), "file": clean(names[0])}
        )


def _checked(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise Problem(_too_large(name))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Problem(_("%(file)s is empty: export the deals again.") % {"file": name})
    return data


def _unreadable(path: Path, error: OSError | ValueError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(_("There is no file %(file)s: check the path.") % {"file": path})
    if isinstance(error, PermissionError):
        return Problem(_("You are not allowed to read %(file)s: check its permissions.") % {"file": path})
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(_("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": reason})


def _too_large(name: str) -> str:
    return _("%(file)s is larger than %(limit)d MB, the most that can be imported: split the export.") % {
        "file": name,
        "limit": MAX_BYTES // 1024 // 1024,
    }


def _too_large_unpacked(name: str) -> str:
    return _("%(file)s unpacks to more than %(limit)d MB, the most that can be imported: split it.") % {
        "file": name,
        "limit": MAX_BYTES // 1024 // 1024,
    }


def _too_many(name: str, limit: int) -> str:
    return _("%(file)s holds more than %(limit)d files, the most that can be imported: split it.") % {
        "file": name,
        "limit": limit,
    }
