"""Where the files that come with pipetui are: inside the installed package, or at the top of a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def themes() -> Path:
    """The folder of theme files."""
    return _folder("themes")


def sample_data() -> Path:
    """The folder of the playbook and exports that `pipetui demo` shows."""
    return _folder("sample_data")


def _folder(name: str) -> Path:
    # A checkout comes first: an editable install may hold a copy as old as the install.
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return PACKAGE / "_data" / name
