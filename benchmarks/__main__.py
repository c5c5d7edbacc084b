"""Measures and prints the table of speeds: `python -m benchmarks [--runs N] [--only TEXT]`.

Every run measures hello and pipetui one after the other, in changing order: a busy machine slows both.
The exit code is 1 if a bar is missed. Needs Linux and the `dev` extra.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks import commands, figures, importing, judging, screens
from benchmarks.bars import BARS, Samples, table
from benchmarks.world import World

SUITES = {
    "screens": screens.measure,
    "help": commands.measure_help,
    "distribution": figures.measure,
    "trends": figures.measure_trends,
    "judging": judging.measure,
    "learning": judging.measure_large,
    "import": commands.measure_import,
    "history": commands.measure_history,
    "keys": importing.measure,
}


def main() -> int:
    """Run the suites that are needed for the bars asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="how often everything is measured (default 7)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only rows whose name contains TEXT")
    options = parser.parse_args()
    bars = [bar for bar in BARS if options.only.casefold() in bar.name.casefold()]
    if not bars:
        parser.error(f"no row contains “{options.only}”; there are: {', '.join(bar.name for bar in BARS)}")
    samples: Samples = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="pipetui-benchmark-") as folder:
        world = World(Path(folder))
        for turn in range(options.runs):
            for suite in dict.fromkeys(bar.suite for bar in bars):
                print(f"run {turn + 1} of {options.runs}: {suite}", file=sys.stderr)
                SUITES[suite](world, samples, turn)
    lines, passed = table(bars, samples)
    print("\n".join(lines))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
