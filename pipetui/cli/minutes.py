"""`pipetui minutes`: what was said in a forecast call, to be mailed, printed or kept."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipetui.cli import options
from pipetui.cli.usage import Command
from pipetui.exchange.exporting.minutes.writing import Form, content
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals

_SUFFIXES: Final[Mapping[str, Form]] = {
    ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".csv": "csv",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Write the minutes of a forecast call. A call that goes on gives a draft."),
        epilog=_("Example: pipetui minutes -o minutes.html"),
    )
    def minutes(
        ctx: typer.Context,
        call: Annotated[
            str | None,
            typer.Argument(
                metavar=_("[ID]"),
                help=_("What “pipetui calls” lists, or its beginning; by default the newest frozen call."),
                show_default=False,
            ),
        ] = None,
        *,
        form: Annotated[Form | None, options.form()] = None,
        output: Annotated[Path | None, options.output()] = None,
    ) -> None:
        target = None if output is None or str(output) == "-" else output
        chosen = form or (_SUFFIXES.get(target.suffix.lower()) if target else None) or "md"
        write(ctx.obj, call, chosen, target)


def write(settings: "Globals", call: str | None, form: Form, target: Path | None) -> None:
    """Write the minutes to a file or the standard output. Raises `Problem`."""
    from pipetui.exchange.exporting.delimited import BOM
    from pipetui.exchange.exporting.files import write_file
    from pipetui.pipeline.learning import learn
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook_minutes import minutes_of, wanted

    today, playbook = settings.clock.today(), settings.playbook
    with settings.store() as store:
        meant = wanted(store, call)
        pipeline = look(store, playbook, today, learn(store, playbook, today))
        data = content(minutes_of(store, pipeline, *meant, at=settings.clock.now()), form)
        never = store.path
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    # Excel opens files, and takes them for its own code page without the mark; programs read the output.
    write_file(target, BOM + data if form == "csv" else data, never=never)
    print(_("%(file)s was written.") % {"file": target})
