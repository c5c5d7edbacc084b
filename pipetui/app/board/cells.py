"""Text in terminal cells: cut, padded, aligned; wide characters count two."""

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"


def width_of(text: str) -> int:
    """Cells that text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int) -> str:
    """Text of at most `width` cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int) -> str:
    """Text of exactly `width` cells, cut or filled at the right."""
    text = cut(text, width)
    return text + " " * (width - width_of(text))


def ends(left: str, right: str, width: int, gap: int = 1) -> tuple[str, str]:
    """Two texts at the ends of a line of `width` cells; the left one gives way and carries the filling."""
    right = cut(right, width - gap)
    room = width - width_of(right)
    return pad(left, room - gap if right else room) + (" " * gap if right else ""), right
