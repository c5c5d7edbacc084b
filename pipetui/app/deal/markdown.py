"""Notes as they were written: Markdown stays text, its headings are bold, its lists hang."""

import re

from textual.content import Content

from pipetui.app.deal.rows import paragraph
from pipetui.app.sheet import Paragraph

_HEADING = re.compile(r"#{1,6}\s+\S")
_ITEM = re.compile(r"(\s*)([-*+•]|\d{1,3}[.)])\s+(?=\S)")


def paragraphs(text: str, indent: int = 0) -> list[Paragraph]:
    """A note, line by line."""
    return [_line(line, indent) for line in text.split("\n")]


def _line(line: str, indent: int) -> Paragraph:
    if _HEADING.match(line):
        return paragraph(Content.styled(line, "bold"), indent)
    if item := _ITEM.match(line):
        inner, sign = len(item[1].expandtabs(2)), item[2]
        hang = indent + inner + len(sign) + 1
        return paragraph(line[item.end() :], hang, lead=" " * (indent + inner) + sign)
    return paragraph(line, indent)
