"""Letters and digits of block characters, to be read from the other end of a room."""

import unicodedata
from typing import Final, NamedTuple

from pipetui.app.marks import has_unicode


class Size(NamedTuple):
    """How large letters are."""

    rows: int
    columns: int
    """Cells that a pixel is wide; a pixel is a row high, or half of one."""


SMALL: Final = Size(3, 1)
TALL: Final = Size(5, 1)
LARGE: Final = Size(5, 2)
_PIXELS: Final = 5
"""Rows of pixels of a letter."""

_DRAWN: Final = """
A .##. #..# #### #..# #..#
B ###. #..# ###. #..# ###.
C .### #... #... #... .###
D ###. #..# #..# #..# ###.
E #### #... ###. #... ####
F #### #... ###. #... #...
G .### #... #.## #..# .###
H #..# #..# #### #..# #..#
I ### .#. .#. .#. ###
J ..## ...# ...# #..# .##.
K #..# #.#. ##.. #.#. #..#
L #... #... #... #... ####
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O .##. #..# #..# #..# .##.
P ###. #..# ###. #... #...
Q .##. #..# #..# #.## .###
R ###. #..# ###. #.#. #..#
S .### #... .##. ...# ###.
T ### .#. .#. .#. .#.
U #..# #..# #..# #..# .##.
V #...# #...# .#.#. .#.#. ..#..
W #...# #...# #.#.# ##.## #...#
X #..# #..# .##. #..# #..#
Y #.# #.# .#. .#. .#.
Z #### ..#. .#.. #... ####
0 .##. #..# #..# #..# .##.
1 .#. ##. .#. .#. ###
2 ###. ...# .##. #... ####
3 ###. ...# .##. ...# ###.
4 #..# #..# #### ...# ...#
5 #### #... ###. ...# ###.
6 .##. #... ###. #..# .##.
7 #### ...# ..#. .#.. .#..
8 .##. #..# .##. #..# .##.
9 .##. #..# .### ...# .##.
k #.. #.# ##. #.# #.#
b #.. #.. ##. #.# ##.
n ... ... ##. #.# #.#
d ..# ..# .## #.# .##
€ ..### .#... ####. .#... ..###
$ .### #.#. .##. .#.# ###.
£ ..## .#.. ###. .#.. ####
¥ #.#.# .#.#. ..#.. .###. ..#..
− ... ... ### ... ...
+ ... .#. ### .#. ...
. . . . . #
, .. .. .. .# #.
’ # # . . .
"""
_SPACES: Final = " \u00a0\u202f"
_GLYPHS: Final = {line[0]: tuple(line[2:].split()) for line in _DRAWN.strip().splitlines()}
_BLOCKS: Final = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


def big(text: str, size: Size) -> list[str] | None:
    """Text as rows of block characters; `None` where a character cannot be drawn.

    A terminal without Unicode has no half blocks: there the small size is as high as the others.

    Args:
        text: accents are left out.
        size: one of those above.
    """
    glyphs = [_glyph(char) for char in unicodedata.normalize("NFC", text)]
    drawn = [glyph for glyph in glyphs if glyph]
    if not drawn or len(drawn) < len(glyphs):
        return None
    pixels = [".".join(glyph[row] for glyph in drawn) for row in range(_PIXELS)]
    if size.rows == _PIXELS or not has_unicode():
        block = "█" if has_unicode() else "#"
        return ["".join((block if pixel == "#" else " ") * size.columns for pixel in row) for row in pixels]
    pixels.append("." * len(pixels[0]))
    return [
        "".join(_BLOCKS[upper + lower] for upper, lower in zip(*pixels[row : row + 2], strict=True))
        for row in range(0, _PIXELS, 2)
    ]


def _glyph(char: str) -> tuple[str, ...] | None:
    if char in _SPACES:
        return (".",) * _PIXELS
    if char == "'":
        char = "’"
    plain = unicodedata.normalize("NFD", char)[0]
    return _GLYPHS.get(char) or _GLYPHS.get(plain) or _GLYPHS.get(plain.upper())
