"""What was said before the command: options, environment variables and the config file, in this order."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pipetui.deals.clock import Clock
from pipetui.language import _
from pipetui.settings import config as settings
from pipetui.settings.config import Config

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store

PLAYBOOK = "playbook.toml"
"""The playbook's name in the config folder."""


@dataclass(kw_only=True)
class Globals:
    """The settings that every command shares, as `typer.Context.obj`. Nothing is opened until asked for."""

    db: str | None = None
    """A path or URL; `None` is the store in the data folder."""
    playbook_path: Path | None = None
    """`None` is the built-in playbook."""
    config_path: Path
    config: Config = field(default_factory=Config)
    today: date | None = None
    """`--today`: this day instead of the real one."""
    language: str = "en"

    @classmethod
    def resolve(
        cls,
        *,
        db: str | None = None,
        playbook: Path | None = None,
        config: Path | None = None,
        today: date | None = None,
        language: str = "en",
    ) -> Self:
        """Fill what was not said from the config file, then from the platform's folders.

        Raises:
            Problem: the config file is wrong, or was named and is not there.
        """
        from pipetui.store.paths import config_dir

        config_path = config or config_dir() / settings.NAME
        said = settings.load(config_path, required=config is not None)
        return cls(
            db=db or said.db,
            playbook_path=playbook or said.playbook or _own_playbook(),
            config_path=config_path,
            config=said,
            today=today,
            language=language,
        )

    @property
    def location(self) -> str:
        """The path or URL of the store."""
        from pipetui.store.paths import default_store

        return self.db or str(default_store())

    @cached_property
    def clock(self) -> Clock:
        """The team's clock: in the config's timezone, else the playbook's, else the machine's."""
        name = self.config.timezone or (self.playbook.timezone if self.playbook_path else None)
        if not name:
            return Clock(None, self.today)
        from zoneinfo import ZoneInfo

        return Clock(ZoneInfo(name), self.today)

    @cached_property
    def user(self) -> str:
        """Whose edits these are: the login name."""
        from getpass import getuser

        try:
            return getuser()
        except (KeyError, OSError):
            return _("somebody")

    @cached_property
    def playbook(self) -> "Playbook":
        """The playbook in force. Raises `Problem` if its file is wrong."""
        from pipetui.playbook.loading import load

        return load(self.playbook_path)

    def store(self) -> "Store":
        """Open the store, making it at first use. Raises `Problem`."""
        from pipetui.store.engine import Store

        return Store.open(self.location)


def _own_playbook() -> Path | None:
    """The playbook in the user's config folder, if there is one."""
    from pipetui.store.paths import config_dir

    path = config_dir() / PLAYBOOK
    return path if path.exists() else None
