"""Pages of HTML that need nothing else: to be mailed, opened anywhere, printed."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Final

from pipetui.language import current

STYLE: Final = Path(__file__).with_name("page.css")
"""What all pages look like, light, dark and printed."""
_CONTROLS: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What no text of a store holds: control characters but line breaks, and those that turn the direction."""


def document(title: str, body: Iterable[str], *styles: Path) -> Iterator[str]:
    """A whole document, line by line: styles and drawings are in it, scripts are forbidden.

    Args:
        title: text; what is in it does not matter.
        body: HTML.
        styles: files to follow `STYLE`.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<!DOCTYPE html>\n<html lang="{current()}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{text(title)}</title>\n<style>"
    for path in (STYLE, *styles):
        yield path.read_text(encoding="utf-8").rstrip()
    yield "</style>\n</head>\n<body>\n<main>"
    yield from body
    yield "</main>\n</body>\n</html>"


def text(told: str) -> str:
    """Text as HTML shows it unchanged, whatever is in it."""
    # No line begins with the dot between two parts.
    return escape(_CONTROLS.sub("", told)).replace(" · ", "\u00a0· ")
