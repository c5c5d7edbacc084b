"""What the deal view is made of: sections of rows, each of which the cursor can stand on or passes by."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from pipetui.app.sheet import BLANK, Paragraph

Key = tuple[str, str]
"""What a row is about, and which one: ("fact", "amount"), ("flag", "stalled"), ("promise", "12")."""


class Row(NamedTuple):
    """A few lines that belong together."""

    key: Key | None
    """`None`: the cursor passes by."""
    paragraphs: Sequence[Paragraph]
    label: str = ""
    """What stands before its value, where it can be edited in place."""
    indent: int = 0
    """The cell that its value begins at, without the cell of the bar."""


class Section(NamedTuple):
    """A heading with its rows."""

    name: str
    title: str
    rows: Sequence[Row]
    hint: str = ""
    """Said behind the heading while the cursor is in the section: what its keys do."""


def row(key: Key | None, text: Content | str, indent: int = 0, lead: Content | str = "") -> Row:
    """A row of one paragraph."""
    return Row(key, [Paragraph(_content(text), indent + 1, lead=_led(lead))])


def paragraph(text: Content | str, indent: int = 0, lead: Content | str = "") -> Paragraph:
    """A paragraph right of the cell that the bar takes."""
    return Paragraph(_content(text), indent + 1, lead=_led(lead))


def flowing(sections: Sequence[Section]) -> list[tuple[Section | None, Row]]:
    """All rows below each other, headings and blank lines between; the section of those that are headings."""
    found: list[tuple[Section | None, Row]] = []
    for section in sections:
        if found:
            found.append((None, Row(None, [BLANK])))
        found.append((section, row(None, Content.styled(section.title, "bold $primary"))))
        found += [(None, its) for its in section.rows]
    return found


def _content(text: Content | str) -> Content:
    return text if isinstance(text, Content) else Content(text)


def _led(lead: Content | str) -> Content:
    return Content.assemble(" ", lead) if lead else Content("")
