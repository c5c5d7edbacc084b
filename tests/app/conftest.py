from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from pipetui.store import journal

from .exports import WEEK_1, WEEK_2, export
from .making import firm


@pytest.fixture(scope="session", autouse=True)
def styles_read_once() -> Iterator[None]:
    """Every app reads the same style sheets, which takes a tenth of a test: what was read is shared."""
    read = Stylesheet._parse_rules
    shared: dict[tuple[Any, ...], list[RuleSet]] = {}

    def parsed(self: Stylesheet, css: str, **told: Any) -> list[RuleSet]:
        key = (css, *told.values(), *self._variables.items())
        if key not in shared:
            shared[key] = read(self, css, **told)
        return shared[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """The path of a store that holds `making.FIRM`."""
    return firm(tmp_path)


@pytest.fixture
def exports(own_world: Path) -> Path:
    """A folder with two weekly exports."""
    folder = own_world / "home" / "exports"
    folder.mkdir()
    export(folder / "deals-2026-11-12.csv", WEEK_1)
    export(folder / "deals-2026-11-19.csv", WEEK_2)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The path of a store that is not there yet."""
    return tmp_path / "deals.db"


@pytest.fixture(autouse=True)
def unforeseen(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """What the app would note as a mistake of ours and go on from: a test that expects one clears it."""
    found: list[BaseException] = []
    note = journal.note

    def noted(error: BaseException) -> str | None:
        found.append(error)
        return note(error)

    monkeypatch.setattr(journal, "note", noted)
    yield found
    for error in found:
        raise error
