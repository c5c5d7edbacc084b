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


def default_store() -> Path:
    """The store that is opened when none is named."""
    return data_dir() / "pipetui.db"


def demo_store() -> Path:
    """The sample data's store, apart from the user's."""
    return data_dir() / "demo.db"
