"""Where in a TOML file a key stands. `tomllib` does not tell; this follows a file as far as that needs."""

import re
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and positions in arrays, from the top of the file."""

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<mark>[\[\]{}=,.\n])"
    r"|(?P<bare>[^\s\"'\[\]{}=,.\#]+)",
    re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table and array element of a file that `tomllib` accepts."""
    return _Reader(text).read()


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, else of the nearest thing around it that stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _tokens(text: str) -> Iterator[_Token]:
    line, seen = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        if found.lastgroup != "comment":
            yield _Token(found.lastgroup or "", found.group(), line)
    yield _Token("mark", "\n", line)


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._lines: dict[Path, int] = {}
        self._elements: dict[Path, int] = {}
        """The last element of every array of tables."""

    def read(self) -> dict[Path, int]:
        table: Path = ()
        while self._at < len(self._tokens):
            if self._skip("\n"):
                continue
            if self._here() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _here(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else "\n"

    def _skip(self, mark: str) -> bool:
        if self._here() != mark:
            return False
        self._at += 1
        return True

    def _header(self) -> Path:
        line = self._tokens[self._at].line
        self._at += 1
        is_array = self._skip("[")
        keys = self._keys()
        while self._skip("]"):
            pass
        path: Path = ()
        for key in keys[:-1]:
            path += (key,)
            self._lines.setdefault(path, line)
            if path in self._elements:
                path += (self._elements[path],)
        path += tuple(keys[-1:])
        self._lines.setdefault(path, line)
        if is_array:
            self._elements[path] = self._elements.get(path, -1) + 1
            path += (self._elements[path],)
        self._lines[path] = line
        return path

    def _pair(self, table: Path) -> None:
        line = self._tokens[self._at].line
        path = table
        for key in self._keys():
            path += (key,)
            self._lines.setdefault(path, line)
        self._skip("=")
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while (token := self._tokens[self._at]).kind in ("text", "bare"):
            keys.append(token.text if token.kind == "bare" else token.text[1:-1])
            self._at += 1
            if not self._skip("."):
                break
        if not keys:  # nothing that a valid file holds, but never stand still
            self._at += 1
        return keys

    def _value(self, path: Path) -> None:
        if self._skip("["):
            self._array(path)
        elif self._skip("{"):
            self._inline_table(path)
        else:
            while self._here() not in (",", "]", "}", "\n"):
                self._at += 1

    def _array(self, path: Path) -> None:
        index = 0
        while self._at < len(self._tokens) and not self._skip("]"):
            if self._skip("\n"):
                continue
            if self._skip(","):
                index += 1
                continue
            self._lines[(*path, index)] = self._tokens[self._at].line
            self._value((*path, index))

    def _inline_table(self, path: Path) -> None:
        while self._at < len(self._tokens) and not self._skip("}"):
            if not (self._skip(",") or self._skip("\n")):
                self._pair(path)
