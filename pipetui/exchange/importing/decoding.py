"""Bytes of an export → text: which encoding it is in, and what is no text at all."""

import codecs
import re
from dataclasses import dataclass

from pipetui.deals.errors import Misuse, Problem
from pipetui.deals.text import clean
from pipetui.exchange.importing.delimited import Knows
from pipetui.exchange.importing.eightbit import Guess, guess
from pipetui.exchange.importing.pacing import Tick, still
from pipetui.language import _, ngettext

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF", b"\x1f\x8b", b"SQLite format 3\0", b"7z\xbc\xaf", b"Rar!",
    b"\x7fELF", b"BZh", b"\xfd7zXZ", b"RIFF", b"OggS", b"MZ\x90",
)  # fmt: skip
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|style|\?xml|!--)", re.IGNORECASE)
"""Some CRMs write such files and call them .xls."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536
_BELOW = bytes(range(0xC2))
"""Bytes that begin no character of several bytes."""
_PIECE = 1 << 20
"""Bytes decoded at once."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file."""

    text: str
    encoding: str
    warning: str = ""


def decode(
    data: bytes, name: str, encoding: str | None = None, *, knows: Knows, tick: Tick = still
) -> Decoded:
    """The text behind the bytes: the given encoding, else by BOM, else UTF-8, UTF-16 or an 8-bit one.

    `knows` tells column labels: where they are readable, the encoding is right.

    Raises:
        Problem: the bytes are no text, or not in the given encoding.
    """
    refuse_binary(data, name)
    if encoding:
        return _decode_as(data, name, encoding, tick)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return Decoded(_checked(_text(data, codec, "replace", tick=tick), name), codec)
    utf16 = _looks_like_utf16(data)
    if utf16:
        return Decoded(_checked(_text(data, utf16, "replace", tick=tick), name), utf16)
    try:
        return Decoded(_checked(_text(data, "utf-8", tick=tick), name), "utf-8")
    except UnicodeDecodeError:
        pass
    lenient = _text(data, "utf-8", "replace", tick=tick)
    broken = lenient.count("\ufffd")
    accented = len(data.translate(None, _BELOW)) - broken
    if accented > 20 * broken:
        warning = ngettext(
            "%(n)d character of %(file)s is no valid UTF-8 and stands as “�”.",
            "%(n)d characters of %(file)s are no valid UTF-8 and stand as “�”.",
            broken,
        ) % {"n": broken, "file": name}
        return Decoded(_checked(lenient, name), "utf-8", warning)
    found = guess(data, knows)
    text = _checked(_text(data, found.encoding, "replace", tick=tick), name)
    return Decoded(text, found.encoding, "" if found.sure else _told(found, name))


def _text(data: bytes, codec: str, errors: str = "strict", *, tick: Tick) -> str:
    """Decoded piece by piece: in one go, no key is answered meanwhile."""
    decode = codecs.getincrementaldecoder(codec)(errors).decode
    pieces = []
    for at in range(0, len(data), _PIECE):
        tick()
        pieces.append(decode(data[at : at + _PIECE]))
    return "".join([*pieces, decode(b"", final=True)])


def _told(found: Guess, name: str) -> str:
    return _(
        "%(file)s names no encoding and was read as %(encoding)s, so that a cell is “%(text)s”; if that is "
        "wrong, name another one, such as --encoding %(other)s."
    ) % {
        "file": name,
        "encoding": found.encoding,
        "text": clean(found.example, 40),
        "other": "cp1252" if found.encoding != "cp1252" else "cp1250",
    }


def refuse_binary(data: bytes, name: str) -> None:
    """Refuses, by their first bytes, files that hold no text.

    Raises:
        Problem: an image or another binary file.
    """
    if data.startswith(_BINARY):
        raise Problem(_not_text(name))
    if _MARKUP.match(data[:_SAMPLE].removeprefix(codecs.BOM_UTF8)):
        raise Problem(
            _("%(file)s is a web page or XML in spite of its name: save it as XLSX or CSV and import that.")
            % {"file": name}
        )


def _decode_as(data: bytes, name: str, encoding: str, tick: Tick) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
        "".encode(encoding)  # a codec such as "hex" is no encoding of text
        text = _text(data, "utf-8-sig" if codec.name == "utf-8" else encoding, tick=tick)
    except LookupError:
        raise Misuse(
            _("There is no encoding called “%(name)s”: try utf-8, utf-16, cp1252, cp1250 or cp1251.")
            % {"name": encoding}
        ) from None
    except UnicodeError:
        raise Problem(
            _("%(file)s is not in the encoding %(name)s: leave --encoding out or name another one.")
            % {"file": name, "name": encoding}
        ) from None
    return Decoded(_checked(text.removeprefix("\ufeff"), name), codec.name)


def _looks_like_utf16(data: bytes) -> str | None:
    """UTF-16 without a BOM: digits, delimiters and Western letters have NUL for every second byte."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return None
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) < 0.1 * len(sample) or min(odd, even) > 0.1 * max(odd, even):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(codec, "replace")
    usual = sum(char < "\u0530" or "\u2000" <= char < "\u2200" for char in text)
    return codec if usual > 0.9 * len(text) else None


def _checked(text: str, name: str) -> str:
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > max(8, len(sample) // 20):
        raise Problem(_not_text(name))
    return text


def _not_text(name: str) -> str:
    return _("%(file)s is not a text file: export the deals as CSV and import that.") % {"file": name}
