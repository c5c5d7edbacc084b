"""What keeps the tests apart from the machine they run on: its folders, locale, network and clock."""

import gc
import gettext
import ipaddress
import os
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from pipetui import language
from pipetui.language import catalogue
from pipetui.store import engine

TODAY = "2026-11-22"
"""The day on which every test happens, a Sunday."""

_FOLDERS = {
    "HOME": "home",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}

settings.register_profile(
    "pipetui",
    deadline=None,  # a busy machine is no failure
    derandomize=True,  # a failure is found again on every machine
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("pipetui")


_DURABLE = engine.PRAGMAS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: begun last, it would be waited for when all else is done."""
    items.sort(key=lambda item: item.path.parent.name != "terminal" and item.path.name != "test_orders.py")


@pytest.fixture(scope="session", autouse=True)
def made_for_many() -> Iterator[None]:
    """What holds for one run of pipetui, and would make a run of thousands of tests slow and large.

    A power cut would lose the stores of tests, and nothing waits for the disk. A catalogue whose source is
    newer than what was compiled of it is compiled once. The app keeps what it began with from the garbage
    collector; here that would be every app of every test. Garbage is sought less often than by default.
    """
    load = catalogue.load
    kept = cache(load)

    def loaded(code: str) -> gettext.NullTranslations:
        return kept(code) if catalogue.LOCALES == language.LOCALES else load(code)

    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "PRAGMAS", (*_DURABLE, "PRAGMA synchronous=OFF"))
        patch.setattr(catalogue, "load", loaded)
        patch.setattr(gc, "freeze", lambda: None)
        yield


@pytest.fixture
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores are as safe from power cuts as those of users."""
    monkeypatch.setattr(engine, "PRAGMAS", _DURABLE)


@pytest.fixture(autouse=True)
def own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, an English locale without settings, a fixed day. The value is the folder around it."""
    world = tmp_path_factory.mktemp("world")
    for name in [name for name in os.environ if name.startswith(("PIPETUI_", "LC_", "TEXTUAL"))]:
        monkeypatch.delenv(name)
    for name, folder in _FOLDERS.items():
        (world / folder).mkdir(mode=0o700)
        monkeypatch.setenv(name, str(world / folder))
    for name in ("LANGUAGE", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("PIPETUI_TODAY", TODAY)
    yield world
    language.use("en")
    gc.enable()  # an app that began and never showed its first cards leaves it off


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave this machine for nobody."""
    connect = socket.socket.connect
    connect_ex = socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        _refuse_strangers(self, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _refuse_strangers(self, address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


def _refuse_strangers(connection: socket.socket, address: Any) -> None:
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = address[0]
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise RuntimeError(f"a test tried to reach {host}")
