from pathlib import Path

import pytest

from pipetui.store import paths


def test_folders_are_where_the_environment_wants_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))
    assert paths.default_store() == tmp_path / "d/pipetui/pipetui.db"
    assert paths.config_dir() == tmp_path / "c/pipetui"
    assert paths.state_dir() == tmp_path / "s/pipetui"


def test_asking_for_a_folder_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    assert not paths.data_dir().exists()


def test_the_demo_never_touches_the_users_store() -> None:
    assert paths.demo_store() != paths.default_store()
