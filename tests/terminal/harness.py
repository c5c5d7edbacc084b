"""A command in a real pseudo-terminal: keys in, a screen and time stamps out, and what it left behind.

The tests read the screen, the benchmarks the time stamps. The terminal at the other end answers queries the
way xterm does (no kitty keyboard protocol, no in-band resize, synchronised output known).
"""

import codecs
import os
import re
import select
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any, NamedTuple

import pexpect
import pyte

KEYS = {
    "enter": "\r", "escape": "\x1b", "space": " ", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B", "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D", "home": "\x1b[H",
    "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "f1": "\x1bOP",
}  # fmt: skip
"""Textual's names of keys → what a terminal sends for them."""

_MODES = {
    "alternate screen": {47, 1047, 1049},
    "mouse": {9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016},
    "bracketed paste": {2004},
    "focus reports": {1004},
    "synchronised output": {2026},
    "in-band resize": {2048},
}
"""Private modes that are off before an app starts and must be off after it."""

_QUERY = re.compile(
    rb"\x1b(?:\[(?P<da>[>=]?)0?c|\[(?P<cursor>\??)6n|\[(?P<status>5)n|\[\?(?P<mode>\d+)\$p|\[(?P<size>18)t"
    rb"|\[(?P<name>>)0?q|\](?P<colour>1[01]);\?(?:\x07|\x1b\\)|P(?P<cap>[+$]q)[^\x1b]*\x1b\\)"
)
_ATTRIBUTES = {b"": b"\x1b[?62;22c", b">": b"\x1b[>41;390;0c", b"=": b"\x1bP!|00000000\x1b\\"}
_MODE_CHANGE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_KITTY = re.compile(rb"\x1b\[([<>])\d*u")
_UNREAD = re.compile(
    r"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[[0-?]*[ -/]+[@-~]|\x1b[PX^_].*?\x1b\\|\x1b\[[0-9;:]*m", re.DOTALL
)
"""What pyte does not know, and colours: nobody looks at them, and they are most of what it would parse."""
_SYNCHRONISED = re.compile(r"\x1b\[\?2026([hl])")
_CUT_OFF = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[PX^_\]][^\x07\x1b]*\x1b?)?\Z")


class Chunk(NamedTuple):
    """What one read of the terminal brought, and when (`time.perf_counter` seconds)."""

    at: float
    data: bytes


class Ending(NamedTuple):
    """How a command ended and what it left the terminal in."""

    exit_code: int | None
    """`None` if it did not end by itself."""
    at: float
    """When it closed the terminal (`time.perf_counter` seconds)."""
    leftovers: tuple[str, ...]
    """What was not put back ("mouse", "cursor", …); empty is a terminal as it was before."""


class _Screen(pyte.Screen):
    """pyte's screen with xterm's repeat and scroll; queries are answered by who reads, at once."""

    last = " "

    def draw(self, data: str) -> None:
        self.last = data[-1:] or self.last
        super().draw(data)

    def repeat(self, count: int = 1) -> None:
        self.draw(self.last * (count or 1))

    def scroll_up(self, count: int = 1) -> None:
        bottom = self.margins.bottom if self.margins else self.lines - 1
        self._at_line(bottom, self.index, count)

    def scroll_down(self, count: int = 1) -> None:
        self._at_line(self.margins.top if self.margins else 0, self.reverse_index, count)

    def _at_line(self, line: int, step: Callable[[], None], count: int) -> None:
        before, self.cursor.y = self.cursor.y, line
        for _ in range(count or 1):
            step()
        self.cursor.y = before

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes:
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def report_device_attributes(self, *_: Any, **__: Any) -> None:
        pass

    def report_device_status(self, *_: Any, **__: Any) -> None:
        pass


class _Stream(pyte.Stream):
    csi = {**pyte.Stream.csi, "b": "repeat", "S": "scroll_up", "T": "scroll_down"}  # noqa: RUF012  (pyte's own)


class Terminal:
    """A command that believes it runs in a terminal of `columns` × `rows`."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Start `command`; `env` is added to this process' environment, its terminal variables are set."""
        unwanted = {"LINES", "COLUMNS", "NO_COLOR"}
        inherited = {key: value for key, value in os.environ.items() if key not in unwanted}
        environment = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.columns, self.rows = columns, rows
        self.started = perf_counter()
        program, *arguments = map(str, command)
        self._child = pexpect.spawn(
            program, arguments, env=environment, dimensions=(rows, columns), timeout=None
        )
        self._fd: int = self._child.fileno()
        self._before = termios.tcgetattr(self._fd)
        self.chunks: list[Chunk] = []
        """Everything read so far."""
        self._screen = _Screen(columns, rows)
        self._stream = _Stream(self._screen)
        self._shown = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self._updating = False
        self._tail = b""
        self.closed_at: float | None = None
        """When the command let go of the terminal."""

    @property
    def pid(self) -> int:
        """The command's process id."""
        return int(self._child.pid)

    # -- keys ----------------------------------------------------------------------------------------------

    def send(self, *keys: str) -> float:
        """Send keys by Textual's names ("j", "enter", "ctrl+c"); returns when."""
        return self._write("".join(map(_code, keys)).encode())

    def type(self, text: str) -> float:
        """Send text as it is; returns when."""
        return self._write(text.encode())

    def _write(self, data: bytes) -> float:
        at = perf_counter()
        os.write(self._fd, data)
        return at

    # -- output --------------------------------------------------------------------------------------------

    def pump(self, timeout: float, quiet: float | None = None) -> int:
        """Read for `timeout` seconds, or until `quiet` seconds after the last output; returns the new chunks.

        Queries are answered at once. The screen is not touched: painting it here would delay the time stamps.
        """
        first, deadline = len(self.chunks), monotonic() + timeout
        while self.closed_at is None:
            spoke = len(self.chunks) > first
            left = deadline - monotonic()
            if left <= 0:
                break
            if spoke and quiet is not None:
                left = min(left, quiet)
            if not select.select([self._fd], [], [], left)[0]:
                if spoke and quiet is not None:
                    break
                continue
            self._read()
        return len(self.chunks) - first

    def _read(self) -> None:
        try:
            data = os.read(self._fd, 65_536)
        except OSError:  # EIO: nobody holds the other end any more
            data = b""
        at = perf_counter()
        if not data:
            self.closed_at = at
            return
        self.chunks.append(Chunk(at, data))
        text, answered = self._tail + data, 0
        for query in _QUERY.finditer(text):
            answered = query.end()
            self._write(self._answer(query))
        start = max(answered, len(text) - 64)
        self._tail = text[max(start, text.rfind(b"\x1b", start)) :]

    def _answer(self, query: re.Match[bytes]) -> bytes:
        match query.lastgroup:
            case "da":
                return _ATTRIBUTES[query["da"]]
            case "cursor":
                self.paint()
                cursor = self._screen.cursor
                return b"\x1b[%b%d;%dR" % (query["cursor"], cursor.y + 1, cursor.x + 1)
            case "status":
                return b"\x1b[0n"
            case "mode":
                known = int(query["mode"]) != 2048
                return b"\x1b[?%b;%d$y" % (query["mode"], 2 if known else 0)
            case "size":
                return b"\x1b[8;%d;%dt" % (self.rows, self.columns)
            case "name":
                return b"\x1bP>|harness\x1b\\"
            case "colour":
                shade = b"ffff" if query["colour"] == b"10" else b"0000"
                return b"\x1b]%b;rgb:%b/%b/%b\x1b\\" % (query["colour"], shade, shade, shade)
            case _:
                return b"\x1bP0+r\x1b\\"

    def paint(self) -> None:
        """Bring the screen up to date with what was read."""
        for _ in self._painting():
            pass

    def _painting(self) -> Iterator[float]:
        """Paint chunk by chunk; yields the time stamp of each that completes what a terminal would show.

        Within a synchronised update a terminal keeps showing what was there before it.
        """
        while self._shown < len(self.chunks):
            at, data = self.chunks[self._shown]
            self._shown += 1
            text = self._held + self._decode(data)
            cut = _CUT_OFF.search(text, max(0, len(text) - 4096))
            self._held = cut.group() if cut else ""
            whole = text[: len(text) - len(self._held)]
            self._stream.feed(_UNREAD.sub("", whole))
            if brackets := _SYNCHRONISED.findall(whole):
                self._updating = brackets[-1] == "h"
            if not self._updating:
                yield at

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without blanks at their ends."""
        self.paint()
        return self._visible()

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines)

    @property
    def output(self) -> bytes:
        """Every byte that was written to the terminal."""
        return b"".join(chunk.data for chunk in self.chunks)

    def _visible(self) -> list[str]:
        # pyte's own `display` measures every character anew; behind a wide one it has drawn an empty cell
        buffer, columns = self._screen.buffer, range(self.columns)
        rows = (buffer[row] for row in range(self.rows))
        return ["".join([row[column].data for column in columns]).rstrip() for row in rows]

    def wait_for(self, text: str, timeout: float = 20, quiet: float = 0.02) -> float:
        """Wait until a line of the screen contains `text`; returns when it was read.

        With a longer `quiet` the screen is looked at only when the command pauses, and time stamps stay true.

        Raises:
            AssertionError: it did not appear; the message shows the screen.
        """
        return self.wait_until(lambda lines: any(text in line for line in lines), f"“{text}”", timeout, quiet)

    def wait_until(
        self, visible: Callable[[list[str]], bool], what: str = "it", timeout: float = 20, quiet: float = 0.02
    ) -> float:
        """Like `wait_for`, with any condition on the screen's lines; the first chunk that meets it counts."""
        deadline = monotonic() + timeout
        if self._shown and not self._updating and visible(self._visible()):
            return self.chunks[self._shown - 1].at
        while True:
            for at in self._painting():
                if visible(self._visible()):
                    return at
            left = deadline - monotonic()
            if left <= 0 or self.closed_at is not None:
                break
            self.pump(left, quiet)
        state = "ended" if self.closed_at else f"still runs after {timeout} s"
        raise AssertionError(f"{what} did not appear; the command {state}. The screen:\n{self.text}")

    # -- the end -------------------------------------------------------------------------------------------

    def finish(self, timeout: float = 10) -> Ending:
        """Wait for the command to end by itself, else end it, and say what it left behind."""
        self.pump(timeout)
        self.paint()
        ended, at = self.closed_at is not None, self.closed_at or perf_counter()
        after = termios.tcgetattr(self._fd)
        self._child.close(force=True)
        return Ending(self._child.exitstatus if ended else None, at, tuple(self._leftovers(after)))

    def kill(self) -> None:
        """End the command whatever it does."""
        self._child.close(force=True)
        self.closed_at = self.closed_at or perf_counter()

    def _leftovers(self, after: list[Any]) -> Iterator[str]:
        on: set[int] = set()
        hidden = False
        for numbers, switch in _MODE_CHANGE.findall(self.output):
            modes = {int(number) for number in numbers.split(b";") if number}
            on = on | modes if switch == b"h" else on - modes
            hidden = switch == b"l" if 25 in modes else hidden
        yield from (name for name, modes in _MODES.items() if on & modes)
        if hidden:
            yield "cursor"
        marks = _KITTY.findall(self.output)
        if marks.count(b">") > marks.count(b"<"):
            yield "kitty keyboard"
        if after != self._before:
            yield "termios"


def _code(key: str) -> str:
    if key in KEYS:
        return KEYS[key]
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[-1].upper()) & 0x1F)
    assert len(key) == 1, f"unknown key {key!r}"
    return key


@contextmanager
def terminal(
    command: Sequence[str | Path], *, columns: int = 120, rows: int = 40, env: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """A `Terminal` whose command never outlives the block."""
    running = Terminal(command, columns=columns, rows=rows, env=env)
    try:
        yield running
    finally:
        running.kill()
