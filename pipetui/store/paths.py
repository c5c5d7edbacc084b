"""The folders of pipetui, where the platform wants them (on Linux the `XDG_*` variables count)."""

from pathlib import Path


def data_dir() -> Path:
    """Stores and their backups."""
    from platformdirs import user_data_path

    return user_data_path("pipetui", appauthor=False)


def config_dir() -> Path:
    """What a user writes: playbook, config, themes."""
    from platformdirs import user_config_path

    return user_config_path("pipetui", appauthor=False)


def state_dir() -> Path:
    """What pipetui remembers between two starts: the last theme, filter and place."""
    from platformdirs import user_state_path

    return user_state_path("pipetui", appauthor=False)


def cache_dir() -> Path:
    """What can be worked out again, kept because that takes time."""
    from platformdirs import user_cache_path

    return user_cache_path("pipetui", appauthor=False)


def without_password(location: str) -> str:
    """A path as it is; a URL without the password in it, and without its options, which may hold one."""
    scheme, found, rest = location.partition("://")
    if not found:
        return location
    login, at, place = rest.partition("?")[0].rpartition("@")
    return f"{scheme}://{login.partition(':')[0]}{at}{place}"


def default_store() -> Path:
    """The store that is opened when none is named."""
    return data_dir() / "pipetui.db"


def demo_store() -> Path:
    """The sample data's store, apart from the user's."""
    return data_dir() / "demo.db"
