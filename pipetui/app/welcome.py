"""The first thing one sees of an empty store: three ways to begin."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Middle, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from pipetui.app.commands import WELCOME, bindings, of_place
from pipetui.app.frame.footer import Footer
from pipetui.app.keymap import key_of
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class WelcomeScreen(Screen[str]):
    """Ends with "import", "demo" or "blank"."""

    DEFAULT_CSS = """
    WelcomeScreen { background: $background; color: $foreground; }
    WelcomeScreen Middle { width: 1fr; height: 1fr; align: center middle; }
    WelcomeScreen #text { width: auto; height: auto; }
    WelcomeScreen #text Static { width: auto; max-width: 96vw; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(WELCOME)
    PLACE = WELCOME
    AUTO_FOCUS = ""

    app: "PipetuiApp"

    def compose(self) -> ComposeResult:
        """One text in the middle."""
        with Middle(), Vertical(id="text"):
            yield Static(self._text())
        yield Footer(WELCOME)

    def _text(self) -> Content:
        lines = [
            Content.styled("pipetui", "bold $accent"),
            Content(_("Your pipeline, from a plain export of your CRM.")),
            Content(_("Nothing leaves this machine.")),
            Content(""),
        ]
        for command in of_place(WELCOME):
            key = Content.styled(
                f"  {key_of(command, self.app.keymap_in_use):<4}", "bold $footer-key-foreground"
            )
            lines.append(Content.assemble(key, _(command.title)))
        lines += [
            Content(""),
            Content.styled(_("Salesforce, HubSpot, Pipedrive, Zoho, Odoo,"), "$muted"),
            Content.styled(_("or any list with a name, a stage and an amount: CSV or Excel."), "$muted"),
        ]
        return Content("\n").join(lines)

    def action_choose(self, way: str) -> None:
        """Begin."""
        self.dismiss(way)
