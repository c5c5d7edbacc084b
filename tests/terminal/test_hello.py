"""The harness itself, on the smallest app there is and on commands that misbehave."""

import sys
from pathlib import Path

import pytest

from .harness import terminal

HELLO = [sys.executable, Path(__file__).with_name("hello.py")]


def test_an_app_paints_answers_keys_and_puts_the_terminal_back():
    with terminal(HELLO, columns=40, rows=10) as screen:
        painted = screen.wait_for("Hello 0")
        assert screen.started < painted
        screen.send("j")
        screen.wait_for("Hello 1")
        screen.send("k", "h", "l")
        screen.wait_for("Hello 4")
        assert len(screen.lines) == 10
        assert b"\x1b[?1049h" in screen.output
        screen.send("q")
        ending = screen.finish()
    assert ending.exit_code == 0
    assert ending.leftovers == ()


def test_a_killed_app_leaves_its_traces():
    with terminal(HELLO, columns=40, rows=10) as screen:
        screen.wait_for("Hello 0")
        screen.pump(1, quiet=0.2)
        ending = screen.finish(timeout=0)
    assert ending.exit_code is None
    assert {"alternate screen", "mouse", "bracketed paste", "cursor", "termios"} <= set(ending.leftovers)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (r"\033[c", "[?62;22c"),
        (r"\033[5n", "[0n"),
        (r"abc\033[6n", "[1;4R"),
        (r"\033[?2026$p", "[?2026;2$y"),
        (r"\033[?2048$p", "[?2048;0$y"),
        (r"\033[18t", "[8;5;60t"),
    ],
)
def test_the_terminal_answers_queries(query, answer):
    read = f"read -r -N {len(answer) + 1} reply"
    ask = f"stty -echo -icanon; printf '{query}'; {read}; printf '\\n<%s>' \"${{reply:1}}\""
    with terminal(["bash", "-c", ask], columns=60, rows=5) as screen:
        screen.wait_for(f"<{answer}>", timeout=5)


def test_a_text_that_never_comes_shows_the_screen():
    with terminal(["echo", "something else"], columns=40, rows=3) as screen:
        with pytest.raises(AssertionError, match=r"(?s)did not appear.*ended.*something else"):
            screen.wait_for("nothing of the kind", timeout=5)
        assert screen.finish().exit_code == 0


def test_sequences_pyte_does_not_know_are_not_shown_and_cut_ones_are_joined():
    first = r"printf 'a\033[>21u\033[<ub\033P0;x\033\\c\033['"
    with terminal(["bash", "-c", f"stty -echo; {first}; read; printf '31md'"], columns=40, rows=3) as screen:
        screen.wait_for("abc", timeout=5)
        screen.send("enter")
        screen.wait_for("abcd", timeout=5)
        assert screen.finish().exit_code == 0


def test_half_a_synchronised_update_is_not_seen():
    first = r"printf 'old'; read; printf '\033[?2026h\rnew'"
    with terminal(["bash", "-c", f"stty -echo; {first}; read; printf '\\033[?2026l'; read"]) as screen:
        screen.wait_for("old", timeout=5)
        screen.send("enter")
        with pytest.raises(AssertionError, match="still runs"):
            screen.wait_for("new", timeout=0.5)
        screen.send("enter")
        screen.wait_for("new", timeout=5)
