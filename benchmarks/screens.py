"""Times seen from outside, in a terminal of 120 × 40: until it is painted, until a key is answered."""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bars import Samples
from benchmarks.world import World
from tests.terminal.harness import Terminal, terminal

HELLO = [sys.executable, str(Path(__file__).parents[1] / "tests" / "terminal" / "hello.py")]
KEY_QUIET = 0.03
"""Seconds of silence that end the answer to a key; they are not counted."""
FILTER_QUIET = 0.12
"""The same for the filter, which may answer twice: the character at once, what it finds a little later."""
CALL_QUIET = 0.06
"""The same for a deal that is classified: painted, written, painted; its notes are read later."""
FRAME_GAP = 0.008
"""Seconds of silence that part one frame from the next."""
RATE = 30
"""Keys a second of a held key."""
_CARD = re.compile(r"№\d{4}")


def measure(world: World, samples: Samples, turn: int) -> None:
    """One session of hello and one of the app, in changing order."""
    if turn == 0:
        _visit(world)
    sessions: list[Callable[[], None]] = [lambda: _hello(samples), lambda: _app(world, samples)]
    for session in sessions if turn % 2 == 0 else reversed(sessions):
        session()


def _hello(samples: Samples) -> None:
    with terminal(HELLO) as screen:
        painted = screen.wait_for("Hello 0", quiet=0.25)
        samples["hello paint"].append((painted - screen.started) * 1e3)
        screen.pump(1, quiet=0.3)
        _keys(screen, "jkhl" * 6, samples, "hello key")
        _quit(screen, samples, "hello quit")


def _visit(world: World) -> None:
    """The first session in a store opens on the dashboard, and learns; those measured begin on the board."""
    with terminal([*world.command, "--db", str(world.store)], env=world.environment) as screen:
        screen.wait_until(_has_landing, "the dashboard", quiet=0.5)
        screen.send("2")
        screen.wait_until(lambda lines: "2 Board" in lines[0] and _has_cards(lines), "a card", quiet=0.5)
        screen.pump(3, quiet=1)
        screen.send("q")
        screen.finish()


def _app(world: World, samples: Samples) -> None:
    command = [*world.command, "--db", str(world.store)]
    with terminal(command, env=world.environment) as screen:
        framed = screen.wait_until(any, "the frame", quiet=0.25)
        samples["app frame"].append((framed - screen.started) * 1e3)
        carded = screen.wait_until(_has_cards, "a card", quiet=0.25)
        samples["app cards"].append((carded - screen.started) * 1e3)
        screen.pump(3, quiet=0.7)
        samples["app key bytes"] += _keys(screen, "jjjjjj" + "kkkkkk", samples, "app key")
        _keys(screen, "lllll" + "hhhhh" + "j" * 20 + "l" + "k" * 10, samples, "app key")
        _held(screen, samples)
        _filter(screen, samples)
        samples["app memory"].append(_peak_memory(screen.pid))
        _deals(screen, samples)
        _cleanup(screen, samples)
        _forecast(screen, samples)
        _dashboard(screen, samples)
        _trends(screen, samples)
        _call(screen, samples)
        _quit(screen, samples, "app quit")


def _has_cards(lines: Sequence[str]) -> bool:
    return any(_CARD.search(line) for line in lines)


def _keys(screen: Terminal, keys: str, samples: Samples, figure: str) -> list[float]:
    """Press keys one by one; the time of each goes to `figure`, the bytes of each are returned."""
    sizes = []
    for key in keys:
        before = len(screen.chunks)
        at = screen.type(key)
        if screen.pump(1, quiet=KEY_QUIET):  # a key at the end of a column changes nothing
            answer = screen.chunks[before:]
            samples[figure].append((answer[-1].at - at) * 1e3)
            sizes.append(float(sum(len(chunk.data) for chunk in answer)))
    return sizes


def _held(screen: Terminal, samples: Samples) -> None:
    """Hold `j` for two seconds: how long after the last repeat does the board come to rest?"""
    for _ in range(2 * RATE):
        at = screen.type("j")
        screen.pump(1 / RATE)
    screen.pump(1, quiet=0.25)
    if (last := screen.chunks[-1].at) > at:
        samples["app lag"].append((last - at) * 1e3)


def _filter(screen: Terminal, samples: Samples) -> None:
    screen.send("/")
    screen.pump(1, quiet=0.3)
    for key in "portail":
        before = len(screen.chunks)
        at = screen.type(key)
        if screen.pump(3, quiet=FILTER_QUIET):
            samples["app filter"].append((screen.chunks[-1].at - at) * 1e3)
            assert len(screen.chunks) > before
    screen.send("escape")
    screen.pump(2, quiet=0.3)
    screen.send("escape")
    screen.pump(2, quiet=0.3)


def _deals(screen: Terminal, samples: Samples) -> None:
    """Open deals, go to the next one, go back; what is read of a deal afterwards paints a second time."""
    screen.type("gg")  # a run begins where the one before it ended: perhaps at the last deal of a column
    screen.pump(1, quiet=0.3)
    for turn in range(7):
        opened = _first_paint(screen, "enter")
        onward = _first_paint(screen, "]")
        screen.send("escape")
        screen.pump(1, quiet=0.3)
        screen.send("j")
        screen.pump(1, quiet=0.2)
        if turn:  # the first one of a session warms up what the others find warm
            samples["app deal"].append(opened)
            samples["app next deal"].append(onward)


def _cleanup(screen: Terminal, samples: Samples) -> None:
    """The next deal of the queue; its notes paint a second time for who stays."""
    screen.send("3")
    screen.pump(3, quiet=1)
    for _ in range(12):
        samples["app cleanup"].append(_first_paint(screen, "j"))
    screen.send("2")
    screen.pump(2, quiet=0.3)


def _forecast(screen: Terminal, samples: Samples) -> None:
    """From the key to the figures of the quarter, and to its range; the first visit and those after it."""
    for _ in range(4):
        at = screen.send("4")
        figures = screen.wait_until(_has_figures, "the figures", quiet=0)
        ranged = screen.wait_until(_has_range, "the range", quiet=0)
        samples["app forecast"].append((figures - at) * 1e3)
        samples["app range"].append((ranged - at) * 1e3)
        screen.pump(1, quiet=0.3)
        screen.send("2")
        screen.wait_until(lambda lines: not _has_figures(lines), "the board", quiet=0.3)


def _dashboard(screen: Terminal, samples: Samples) -> None:
    """From the key to the first figures; the first visit and those after it."""
    for _ in range(3):
        at = screen.send("1")
        samples["app dashboard"].append((screen.wait_until(_has_landing, "the landing", quiet=0) - at) * 1e3)
        screen.pump(2, quiet=0.5)
        screen.send("2")
        screen.wait_until(lambda lines: not _has_landing(lines), "the board", quiet=0.3)


def _trends(screen: Terminal, samples: Samples) -> None:
    """From the key to the first trend; then one after the other, when all are worked out."""
    at = screen.send("6")
    found = screen.wait_until(_has_diagnosis, "the first trend", quiet=0, timeout=60)
    samples["app trend"].append((found - at) * 1e3)
    screen.wait_until(_has_all_trends, "all trends", quiet=0.5, timeout=60)
    for _ in range(6):  # of nine: at the last one a key changes nothing
        samples["app trend again"].append(_first_paint(screen, "j"))
    screen.type("k" * 6)  # the next run comes back to the view that this one was left at
    screen.pump(1, quiet=0.3)
    screen.send("2")
    screen.wait_until(lambda lines: not _has_all_trends(lines), "the board", quiet=0.3)


def _has_landing(lines: Sequence[str]) -> bool:
    return any(re.search(r"f Landing +€", line) for line in lines)


def _has_diagnosis(lines: Sequence[str]) -> bool:
    return any(re.search(r"stands? out|too little data", line) for line in lines)


def _has_all_trends(lines: Sequence[str]) -> bool:
    return any(re.search(r"Accuracy +[—–\d]", line) for line in lines)


def _call(screen: Terminal, samples: Samples) -> None:
    """A deal classified, the next one painted, and the word in the store: what paints last ticks it off."""
    screen.send("4")
    screen.wait_until(_has_range, "the range")
    screen.send("c")
    screen.wait_until(lambda lines: _asks_whose(lines) or _is_at_a_deal(lines), "the call")
    if _asks_whose(screen.lines):
        screen.send("enter")
        screen.wait_for("The agenda")
        screen.send("tab")
    screen.wait_until(_is_at_a_deal, "a deal")
    screen.pump(3, quiet=0.9)  # what the past teaches is learned, the range is there
    for turn in range(14):
        before = len(screen.chunks)
        at = screen.send("o")
        screen.pump(1, quiet=CALL_QUIET)
        if turn > 1:
            samples["app call"].append((screen.chunks[-1].at - at) * 1e3)
            samples["app call bytes"].append(float(sum(len(its.data) for its in screen.chunks[before:])))
        screen.pump(1, quiet=0.3)
    screen.send("escape")
    screen.wait_until(_has_range, "the range", quiet=0.3)
    screen.send("2")
    screen.wait_until(lambda lines: not _has_figures(lines), "the board", quiet=0.3)


def _asks_whose(lines: Sequence[str]) -> bool:
    return any("whose?" in line for line in lines)


def _is_at_a_deal(lines: Sequence[str]) -> bool:
    return bool(re.search(r"deal [\d,]+ of [\d,]+ ", lines[0]))


def _has_figures(lines: Sequence[str]) -> bool:
    return any(re.search(r"in all +of which", line) for line in lines)  # what no other place says


def _has_range(lines: Sequence[str]) -> bool:
    return any(re.search(r"P50, P10–P90 +€", line) for line in lines)


def _first_paint(screen: Terminal, key: str) -> float:
    """Milliseconds until the first frame after a key is there; what follows is waited for and not counted."""
    before = len(screen.chunks)
    at = screen.send(key)
    assert screen.pump(2, quiet=FRAME_GAP), f"“{key}” was not answered"
    painted = screen.chunks[-1].at
    assert len(screen.chunks) > before
    screen.pump(1, quiet=0.3)
    return (painted - at) * 1e3


def _quit(screen: Terminal, samples: Samples, figure: str) -> None:
    at = screen.send("q")
    ending = screen.finish()
    assert ending.exit_code == 0, f"“q” did not end it cleanly:\n{screen.text}"
    samples[figure].append((ending.at - at) * 1e3)


def _peak_memory(pid: int) -> float:
    """The most that the process ever had in memory, MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024
