"""`pipetui locate`: where the files are."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipetui.cli.usage import Command
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Print where the files are. Without a name all of them, whether they are there yet or not."),
        epilog=_('Example: cp "$(pipetui locate data)" backup.db'),
    )
    def locate(
        ctx: typer.Context,
        what: Annotated[
            Literal["data", "config", "themes", "playbook", "keys"] | None,
            typer.Argument(
                metavar="data|config|themes|playbook|keys",
                help=_(
                    "The store, the config file, your themes, the playbook, the file that holds your keys."
                ),
            ),
        ] = None,
    ) -> None:
        places = _places(ctx.obj)
        if what is not None:
            print(places[what])
            return
        for name, place in places.items():
            print(f"{name:<9} {place}")


def _places(settings: "Globals") -> dict[str, str]:
    from pipetui.cli.context import PLAYBOOK
    from pipetui.deals.text import clean
    from pipetui.store.paths import config_dir, without_password

    places = {
        "data": without_password(settings.location),
        "config": settings.config_path,
        "themes": config_dir() / "themes",
        "playbook": settings.playbook_path or config_dir() / PLAYBOOK,
        "keys": settings.config_path,
    }
    return {name: clean(str(place), 4096) for name, place in places.items()}
