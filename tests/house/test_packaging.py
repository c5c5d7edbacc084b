"""What a user installs is complete, wherever it is installed."""

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipetui import resources
from tests.house.sources import PROJECT

TREE = [
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    ".gitignore",
    "pipetui",
    "themes",
    "sample_data",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy as a fresh clone has it."""
    clone = tmp_path_factory.mktemp("clone")
    for name in TREE:
        if (PROJECT / name).is_dir():
            shutil.copytree(
                PROJECT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo")
            )
        else:
            shutil.copy(PROJECT / name, clone / name)
    target = clone / "dist"
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target)]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like `site-packages`, with the wheel unpacked in it."""
    (wheel,) = built.glob("*.whl")
    site = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def test_the_wheel_holds_everything_that_is_read_at_run_time(installed: Path) -> None:
    package = installed / "pipetui"
    for name in (
        "py.typed",
        "playbook/default.toml",
        "store/schema.sql",
        "store/migrations/env.py",
        "language/locales/fr/LC_MESSAGES/pipetui.mo",
        "_data/themes/README.md",
        "_data/sample_data/playbook.toml",
    ):
        assert (package / name).is_file(), name
    assert list(package.glob("store/migrations/versions/*.py"))
    assert {path.name for path in (package / "_data/themes").glob("*.toml")} == {
        path.name for path in (PROJECT / "themes").glob("*.toml")
    }
    assert {path.name for path in package.rglob("*.tcss")} == {
        path.name for path in (PROJECT / "pipetui").rglob("*.tcss")
    }
    assert not list(installed.rglob("*.po"))
    assert not list(installed.rglob("__pycache__"))
    assert list(installed.glob("pipetui-*.dist-info/licenses/LICENSE"))


def test_the_installed_package_finds_its_files_and_speaks_french(installed: Path, tmp_path: Path) -> None:
    script = (
        "import json, pipetui\n"
        "from pipetui import language, resources\n"
        "language.use('fr')\n"
        "print(json.dumps([pipetui.__file__, str(resources.themes()), str(resources.sample_data()),"
        " language._('Discovery')]))"
    )
    environ = {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environ, capture_output=True, text=True, check=True
    )
    package, themes, sample_data, word = json.loads(done.stdout)
    assert Path(package).is_relative_to(installed)
    assert Path(themes) == installed / "pipetui/_data/themes"
    assert Path(sample_data) == installed / "pipetui/_data/sample_data"
    assert word == "Découverte"


def test_the_sdist_can_be_built_again(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"themes/harbour.toml", "sample_data/playbook.toml", "LICENSE", "pyproject.toml"} <= names
    assert "pipetui/language/locales/fr/LC_MESSAGES/pipetui.po" in names


def test_a_checkout_uses_its_own_files() -> None:
    assert resources.themes() == PROJECT / "themes"
    assert resources.sample_data() == PROJECT / "sample_data"
