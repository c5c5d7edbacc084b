"""Text that a spreadsheet would run as a formula, made text, and back again."""

import re
from typing import Final

_RISKY: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NEUTRAL: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def neutral(text: str) -> str:
    """Text with an apostrophe before what may begin a formula: "=1+1" is "'=1+1", "'=1+1" is "''=1+1"."""
    return f"'{text}" if _RISKY.match(text) else text


def restored(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text
