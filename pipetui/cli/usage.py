"""The sentences of typer itself, in the language in use.

typer hands only its headings to gettext, and looks for them in the process's own catalogue; the rest of its
texts are plain English. So its headings are led to our catalogue here, its help texts are exchanged where the
options are listed, and its complaints are recognised by their English.
"""

import re
import sys
from typing import Any, Final

import typer.core
from typer.core import TyperCommand, TyperGroup

from pipetui.deals.text import clean_lines
from pipetui.language import N_, _

_TEXTS: Final = frozenset(
    {
        # Translators: typer's own headings; it sets a colon behind them.
        N_("Arguments"),
        N_("Options"),
        N_("Commands"),
        N_("[OPTIONS]"),
        N_("COMMAND [ARGS]..."),
        N_("Show this message and exit."),
        N_("Install completion for the current shell."),
        N_("Show completion for the current shell, to copy it or customize the installation."),
    }
)
_ENVVAR: Final = N_("env var: {var}")
"""What typer writes behind an option that a variable stands in for."""

_COMPLAINTS: Final = (
    (r"Missing command\.", N_("Missing command.")),
    (r"Missing argument (?P<name>.+)\.", N_("Missing argument %(name)s.")),
    (r"Missing option (?P<name>.+)\.", N_("Missing option %(name)s.")),
    (
        r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)",
        N_("No such option: %(name)s. Did you mean %(near)s?"),
    ),
    (r"No such option: (?P<name>\S+)", N_("No such option: %(name)s.")),
    (
        r"No such command (?P<name>.+)\. Did you mean (?P<near>.+)\?",
        N_("No such command: %(name)s. Did you mean %(near)s?"),
    ),
    (r"No such command (?P<name>.+)\.", N_("No such command: %(name)s.")),
    (r"Option (?P<name>.+) requires an argument\.", N_("The option %(name)s needs a value.")),
    (r"Option (?P<name>.+) does not take a value\.", N_("The option %(name)s takes no value.")),
    (r"Got unexpected extra argument\(s\) \((?P<text>.+)\)", N_("Nothing is expected here: %(text)s.")),
    (
        r"Invalid value for (?P<name>'[^']*'(?: / '[^']*')*)(?: \(env var: [^)]*\))?: (?P<what>.+)",
        N_("Invalid value for %(name)s: %(what)s"),
    ),
    (r"Invalid value: (?P<what>.+)", N_("Invalid value: %(what)s")),
    (r"(?:Value error, )?(?P<value>.+) is not one of (?P<all>.+)\.", N_("%(value)s is none of %(all)s.")),
)
"""What typer complains about → how it is said; `what` is a complaint in turn."""

setattr(typer.core, "_", _)  # noqa: B010 - typer exports no name for it


class Spoken:
    """What a command and a group of them have in common."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What follows the name in the line of usage."""
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [_(piece) if piece in _TEXTS else piece for piece in pieces]

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options, typer's own among them."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if (told := getattr(param, "help", None)) in _TEXTS:
                param.help = _(told)
        return params

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _("Usage: "))


class Command(Spoken, TyperCommand):
    """A command."""


class Group(Spoken, TyperGroup):
    """A group of commands."""


def complain(error: typer.TyperException) -> None:
    """Say on stderr what typer did not understand, and how to get help."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)
        return
    if context is not None:
        print(context.get_usage(), file=sys.stderr)
        help_ = f"{context.command_path} {context.help_option_names[0]}"
        print(_("“%(command)s” tells more.") % {"command": help_}, end="\n\n", file=sys.stderr)
    print(clean_lines(_said(error.format_message())), file=sys.stderr)


def _said(message: str) -> str:
    for pattern, sentence in _COMPLAINTS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            parts = match.groupdict()
            if "what" in parts:
                parts["what"] = _said(parts["what"])
            return _(sentence) % parts
    return message
