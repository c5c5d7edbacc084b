"""`pipetui playbook init|check|show`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipetui.cli.usage import Command, Group
from pipetui.language import _, labelled

if TYPE_CHECKING:
    from pipetui.cli.context import Globals


def register(app: typer.Typer) -> None:
    """Add the commands, with their help in the language in use."""
    group = typer.Typer(
        cls=Group,
        help=_(
            "Write, check or print the playbook. It holds your stages, their criteria and your thresholds."
        ),
        epilog=_("Example: pipetui playbook init"),
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    app.add_typer(group, name="playbook")

    @group.command(
        cls=Command,
        help=_("Write the built-in playbook, with comments, to a file of your own."),
        epilog=_("Example: pipetui playbook init ~/sales/playbook.toml"),
    )
    def init(
        ctx: typer.Context,
        file: Annotated[
            Path | None,
            typer.Argument(
                metavar=_("FILE"), help=_("Where to; by default the one that is found without an option.")
            ),
        ] = None,
        force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))] = False,
    ) -> None:
        _init(ctx.obj, file, force=force)

    @group.command(
        cls=Command,
        help=_("Check a playbook and name every mistake in it."),
        epilog=_("Example: pipetui playbook check playbook.toml"),
    )
    def check(
        ctx: typer.Context,
        file: Annotated[
            Path | None, typer.Argument(metavar=_("FILE"), help=_("By default the one in force."))
        ] = None,
    ) -> None:
        if not _check(file or ctx.obj.playbook_path):
            raise typer.Exit(1)

    @group.command(
        cls=Command,
        help=_("Print the playbook in force, defaults included."),
        epilog=_("Example: pipetui --playbook team.toml playbook show"),
    )
    def show(ctx: typer.Context) -> None:
        from pipetui.playbook.showing import show as as_text

        print(as_text(ctx.obj.playbook), end="")


def _init(settings: "Globals", file: Path | None, *, force: bool) -> None:
    from pipetui.cli.context import PLAYBOOK
    from pipetui.deals.errors import Problem
    from pipetui.playbook.loading import default_text
    from pipetui.store.paths import config_dir

    path = file or settings.playbook_path or config_dir() / PLAYBOOK
    if path.exists() and not force:
        raise Problem(_("%(file)s is there already; --force replaces it.") % {"file": path})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(default_text(), encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(
            _("%(file)s cannot be written: %(reason)s.") % {"file": path, "reason": reason}
        ) from None
    print(path)


def _check(file: Path | None) -> bool:
    """Print what is wrong with a playbook, or that nothing is."""
    from pipetui.cli.failing import say
    from pipetui.deals.text import clean
    from pipetui.language.builtin import shown
    from pipetui.playbook.loading import Mistaken, load

    try:
        playbook = load(file)
    except Mistaken as error:
        for mistake in error.mistakes:
            say(mistake)
        return False
    print(
        _("%(file)s is in order: %(stages)s.")
        % {
            "file": clean(str(file)) if file else _("The built-in playbook"),
            "stages": " · ".join(
                labelled(
                    clean(pipeline.name), ", ".join(shown(clean(stage.name)) for stage in pipeline.stages)
                )
                for pipeline in playbook.pipelines
            ),
        }
    )
    return True
