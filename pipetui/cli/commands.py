"""The command line as typer knows it: global options, commands, and what happens when one fails."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pipetui import __version__, language
from pipetui.cli import (
    board,
    calls,
    exporting,
    flags,
    flow,
    forecast,
    history,
    importing,
    locate,
    minutes,
    playbook,
    report,
    trends,
)
from pipetui.cli.context import Globals
from pipetui.cli.days import day
from pipetui.cli.failing import report as complain_of
from pipetui.cli.failing import say
from pipetui.cli.opening import OpenApp, open_or_print
from pipetui.cli.usage import Command, Group, complain
from pipetui.language import _


class Commands(Group):
    """The commands; whatever goes wrong in one ends as a sentence on stderr, never as a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """In the order they were added, not by name."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command and write out all of its results, so that a closed pipe is noticed here."""
        result = super().invoke(ctx)
        sys.stdout.flush()
        return result

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command line and exit."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except typer.TyperException as error:
            complain(error)
            sys.exit(error.exit_code)
        except typer.Abort:
            say(_("Aborted."))
            sys.exit(1)
        except Exception as error:
            sys.exit(complain_of(error))
        sys.exit(code if isinstance(code, int) else 0)


def build(open_app: OpenApp) -> typer.Typer:
    """The command line, in the language in use: its help texts are fixed when it is built."""
    app = typer.Typer(
        name="pipetui",
        cls=Commands,
        help=_("Pipeline reviews and forecast calls in the terminal, from plain CRM exports."),
        epilog=_("Example: pipetui import opportunities.csv, then pipetui"),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    _add_globals(app, open_app)
    _add_demo(app, open_app)
    seen = (board, flags, forecast, trends, flow, calls, minutes, report)
    for group in (importing, *seen, exporting, playbook, history, locate):
        group.register(app)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"pipetui {__version__}")
        raise typer.Exit


def _add_globals(app: typer.Typer, open_app: OpenApp) -> None:
    @app.callback(invoke_without_command=True)
    def globals_(
        ctx: typer.Context,
        *,
        db: Annotated[
            str | None,
            typer.Option(
                envvar="PIPETUI_DB",
                metavar=_("PATH-OR-URL"),
                help=_("The store; by default one in your data folder."),
            ),
        ] = None,
        playbook: Annotated[
            Path | None,
            typer.Option(
                envvar="PIPETUI_PLAYBOOK",
                metavar=_("FILE"),
                help=_("The playbook; by default yours, else a built-in."),
            ),
        ] = None,
        config: Annotated[
            Path | None,
            typer.Option(
                envvar="PIPETUI_CONFIG",
                metavar=_("FILE"),
                help=_("The config file; see “pipetui locate config”."),
            ),
        ] = None,
        today: Annotated[
            Any,
            typer.Option(
                envvar="PIPETUI_TODAY",
                metavar="YYYY-MM-DD",
                parser=day,
                help=_("The day to take for today."),
            ),
        ] = None,
        lang: Annotated[
            Literal["en", "fr"] | None,
            typer.Option(envvar="PIPETUI_LANG", help=_("The language; by default your locale's.")),
        ] = None,
        no_mouse: Annotated[
            bool,
            typer.Option("--no-mouse", help=_("Leave the mouse to the terminal, to select text with it.")),
        ] = False,
        _version: Annotated[
            bool,
            typer.Option("--version", callback=_print_version, is_eager=True, help=_("Print the version.")),
        ] = False,
    ) -> None:
        ctx.obj = Globals.resolve(
            db=db, playbook=playbook, config=config, today=today, language=lang or language.current()
        )
        if ctx.invoked_subcommand is None:
            open_or_print(ctx.obj, open_app, demo=False, mouse=not no_mouse)


def _add_demo(app: typer.Typer, open_app: OpenApp) -> None:
    @app.command(
        cls=Command,
        help=_("Open the app on sample data. It has a store of its own; yours is not touched."),
        epilog=_("Example: pipetui demo --no-mouse"),
    )
    def demo(
        ctx: typer.Context,
        no_mouse: Annotated[
            bool,
            typer.Option("--no-mouse", help=_("Leave the mouse to the terminal, to select text with it.")),
        ] = False,
    ) -> None:
        before_the_command = ctx.parent is not None and ctx.parent.params["no_mouse"]
        open_or_print(ctx.obj, open_app, demo=True, mouse=not (no_mouse or before_the_command))
