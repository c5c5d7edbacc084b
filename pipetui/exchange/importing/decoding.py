"""Bytes of an export → text: which encoding it is in, and what is no text at all."""

import codecs
import re
from dataclasses import dataclass

from pipetui.deals.errors import Problem
from pipetui.language import _, ngettext

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BINARY = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF", b"\x1f\x8b", b"SQLite format 3\0", b"7z\xbc\xaf", b"Rar!",
    b"\x7fELF", b"BZh", b"\xfd7zXZ", b"RIFF", b"OggS", b"MZ\x90",
)  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file."""

    text: str
    encoding: str
    warning: str = ""


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text behind the bytes: the given encoding, else by BOM, else UTF-8, UTF-16 or Windows-1252.

    Raises:
        Problem: the bytes are no text, or not in the given encoding.
    """
    refuse_binary(data, name)
    if encoding:
        return _decode_as(data, name, encoding)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return Decoded(_checked(data.decode(codec, "replace"), name), codec)
    utf16 = _looks_like_utf16(data)
    if utf16:
        return Decoded(_checked(data.decode(utf16, "replace"), name), utf16)
    try:
        return Decoded(_checked(data.decode("utf-8"), name), "utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    accented = sum(1 for byte in data if byte >= 0xC2) - broken
    if accented > 20 * broken:
        warning = ngettext(
            "%(n)d character of %(file)s is no valid UTF-8 and stands as “�”.",
            "%(n)d characters of %(file)s are no valid UTF-8 and stand as “�”.",
            broken,
        ) % {"n": broken, "file": name}
        return Decoded(_checked(lenient, name), "utf-8", warning)
    return Decoded(_checked(data.decode("cp1252", "replace"), name), "cp1252")


def refuse_binary(data: bytes, name: str) -> None:
    """Refuses, by their first bytes, files that hold no text.

    Raises:
        Problem: a workbook, an archive, an image or another binary file.
    """
    if data.startswith((_ZIP, _OLD_EXCEL)):
        raise Problem(
            _(
                "%(file)s is a workbook or an archive, which this version cannot read: save the sheet"
                " as CSV first."
            )
            % {"file": name}
        )
    if data.startswith(_BINARY):
        raise Problem(_not_text(name))


def _decode_as(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
        text = data.decode("utf-8-sig" if codec.name == "utf-8" else encoding)
    except LookupError:
        raise Problem(
            _("There is no encoding called “%(name)s”: try utf-8, utf-16, cp1252 or latin-1.")
            % {"name": encoding}
        ) from None
    except UnicodeError:
        raise Problem(
            _("%(file)s is not in the encoding %(name)s: leave --encoding out or name another one.")
            % {"file": name, "name": encoding}
        ) from None
    if not isinstance(text, str):  # a codec such as "hex" gives bytes
        raise Problem(_("“%(name)s” is no encoding of text.") % {"name": encoding})
    return Decoded(_checked(text.removeprefix("\ufeff"), name), codec.name)


def _looks_like_utf16(data: bytes) -> str | None:
    """UTF-16 without a BOM: nearly every second byte of Western text is NUL."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _checked(text: str, name: str) -> str:
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > max(8, len(sample) // 20):
        raise Problem(_not_text(name))
    return text


def _not_text(name: str) -> str:
    return _("%(file)s is not a text file: export the deals as CSV and import that.") % {"file": name}
