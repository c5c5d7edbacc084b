"""Picking a theme, seeing it."""

from collections.abc import Iterable

from textual.app import App
from textual.theme import Theme

from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.language import _


async def choose_theme(app: App[None], themes: Iterable[Theme]) -> str | None:
    """The name of the theme that was picked and is in force; `None` if it is the one before."""
    before = app.theme
    choices = [Choice(theme.name, theme.name, _("dark") if theme.dark else _("light")) for theme in themes]
    dialog = Pick(_("Theme"), choices, current=before, on_highlight=lambda name: setattr(app, "theme", name))
    chosen = await app.push_screen_wait(dialog)
    app.theme = chosen or before
    return chosen
