from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.screen import Screen

from pipetui.app import courtesy
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


_for_a_terminal = Compositor.render_update


@pytest.fixture(scope="session", autouse=True)
def painted_for_nobody() -> Iterator[None]:
    """Widgets paint what has changed; it is not put together for a terminal, since there is none.

    Whoever reads the screen asks for all of it, and for that it is put together as ever.
    """

    def rendered(
        self: Compositor,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> Any:
        if full:
            return _for_a_terminal(self, full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        changed, screen = self._dirty_regions.copy(), self.size.region
        self._dirty_regions.clear()
        if changed:
            for _lines in self._get_renders(Region.from_union(changed).intersection(screen)):
                pass
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", rendered)
        yield


@pytest.fixture
def painted_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that look at what goes to the terminal."""
    monkeypatch.setattr(Compositor, "render_update", _for_a_terminal)


@pytest.fixture(scope="session", autouse=True)
def nobody_is_kept_waiting() -> Iterator[None]:
    """Threads wait a moment after every key, as a courtesy to hands; ours press the next when all is done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(courtesy, "WAIT", 0.0)
        yield


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    """Textual's memory for colours holds a thousand widgets with all of their lines, long after their app.

    Python would look through them for garbage again and again, which takes longer than the tests.
    """
    yield
    StylesCache.get_inner_outer.cache_clear()


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
