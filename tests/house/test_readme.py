"""The README's first screen can be typed as it stands, and CI types it."""

import re

from tests.house.sources import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
FIRST_SCREEN = "\n".join(README.splitlines()[:40])
COMMANDS = re.findall(r"^python3 .*$", README, re.MULTILINE)


def test_one_command_shows_the_demo_and_one_runs_the_tests() -> None:
    demo, tests = COMMANDS
    assert demo in FIRST_SCREEN
    assert tests in FIRST_SCREEN
    assert demo.endswith(" .venv/bin/pipetui demo")
    assert "-m pytest" in tests


def test_they_need_nothing_but_python_with_venv() -> None:
    for command in COMMANDS:
        steps = command.split(" && ")
        assert steps[0] == "python3 -m venv .venv"
        assert all(step.startswith(".venv/bin/") for step in steps[1:])
        assert "--upgrade" not in command


def test_ci_runs_the_readmes_commands_and_no_copy_of_them() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pip install" not in script
    assert "-m pytest" not in script.replace(r"-m pytest'", "")
