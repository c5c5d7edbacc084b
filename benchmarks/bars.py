"""What is measured, how good it has to be, and the table that says so."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Samples = defaultdict[str, list[float]]
"""Figure → every measurement of it."""


def p95(values: Sequence[float]) -> float:
    """The 95th percentile: the value that 95 % of the measurements do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@dataclass(frozen=True)
class Bar:
    """A row of the table."""

    name: str
    suite: str
    figure: str
    unit: str
    limit: float
    base: str = ""
    """The figure that the limit is a multiple of; without one it is absolute."""
    of: Callable[[Sequence[float]], float] = median


BARS = (
    Bar("frame of the app painted", "screens", "app frame", "ms", 1.6, "hello paint"),
    Bar("cards painted, 10,000 deals", "screens", "app cards", "ms", 2.2, "hello paint"),
    Bar("j/k/h/l key to paint, median", "screens", "app key", "ms", 2.0, "hello key"),
    Bar("j/k/h/l key to paint, p95", "screens", "app key", "ms", 16.0, of=p95),
    Bar("held j at 30 a second: lag of the last key", "screens", "app lag", "ms", 33.0),
    Bar("bytes for j/k without scrolling", "screens", "app key bytes", "B", 1_000),
    Bar("filter, each typed character", "screens", "app filter", "ms", 20.0, "hello key"),
    Bar("opening a deal", "screens", "app deal", "ms", 2.5, "hello key"),
    Bar("the next deal, in the deal view", "screens", "app next deal", "ms", 4.0, "hello key"),
    Bar("the next deal of the cleanup", "screens", "app cleanup", "ms", 2.5, "hello key"),
    Bar("forecast: first figures, 10,000 deals", "screens", "app forecast", "ms", 300),
    Bar("forecast: range, 10,000 deals", "screens", "app range", "ms", 1_000),
    Bar("a deal classified in a call, and written", "screens", "app call", "ms", 3.0, "hello key"),
    Bar("dashboard: first figures, 10,000 deals", "screens", "app dashboard", "ms", 400),
    Bar("trends: the first, 10,000 deals", "screens", "app trend", "ms", 1_000),
    Bar("trends: the next, worked out", "screens", "app trend again", "ms", 100),
    Bar("quit", "screens", "app quit", "ms", 1.5, "hello quit"),
    Bar("memory, 10,000 deals", "screens", "app memory", "MiB", 110),
    Bar("pipetui --help", "help", "help", "ms", 12.5, "pass"),
    Bar("heavy modules imported by --help", "help", "help modules", "", 0, of=max),
    Bar("exact distribution of 300 deals", "distribution", "distribution", "ms", 50),
    Bar("flags of 10,000 deals", "judging", "flags", "ms", 80),
    Bar("sums of 10,000 deals", "judging", "sums", "ms", 30),
    Bar("filtering 10,000 deals", "judging", "filtered", "ms", 15),
    Bar("learning from 10,000 deals", "judging", "learned", "ms", 150),
    Bar("learning from 100,000 deals", "learning", "learned large", "ms", 2_000),
    Bar("all trends, 100,000 deals", "trends", "all trends", "ms", 3.0, "events by pandas"),
    Bar("memory of all trends", "trends", "trends memory", "MiB", 700),
    Bar("import of 100,000 rows, new", "import", "import", "ms", 12.0, "csv to sqlite3"),
    Bar("import of 100,000 rows, again", "import", "import again", "ms", 0.5, "import"),
    Bar("import with 400,000 rows of history", "history", "history", "ms", 15.0, "histories to sqlite3"),
    Bar("memory of that import", "history", "history memory", "MiB", 600),
    Bar("key while it is imported, p95", "keys", "import key", "ms", 100, of=p95),
    Bar("silence of its progress, longest", "history", "history silence", "ms", 1_000),
)
"""`--help` may take 0.25 s where `python -c pass` takes 0.02 s: 12.5 times."""


def table(bars: Sequence[Bar], samples: Samples) -> tuple[list[str], bool]:
    """The lines of the table, and whether every bar is passed."""
    lines = [f"{'':44}{'measured':>13}{'base':>11}{'ratio':>8}{'bar':>9}"]
    passed = True
    for bar in bars:
        if not samples[bar.figure]:
            lines.append(f"{bar.name:44}{'not measured':>13}{'':28}  MISS")
            passed = False
            continue
        value = bar.of(samples[bar.figure])
        base = median(samples[bar.base]) if bar.base else None
        ratio = value if base is None else value / base
        ok = ratio <= bar.limit
        passed &= ok
        measured = f"{value:,.1f} {bar.unit}" if bar.unit == "ms" else f"{value:,.0f} {bar.unit}"
        compared = "" if base is None else f"{base:,.1f} {bar.unit}"
        times = "" if base is None else f"{ratio:.2f} ×"
        limit = f"≤ {bar.limit:g}" + ("" if base is None else " ×")
        verdict = "PASS" if ok else "MISS"
        lines.append(f"{bar.name:44}{measured:>13}{compared:>11}{times:>8}{limit:>9}  {verdict}")
    return lines, passed
