"""One line to find any deal and any command."""

from collections.abc import Mapping

from pipetui.app.commands import EVERYWHERE, of_place
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.keymap import key_of
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline


def palette(pipeline: Pipeline, place: str, keymap: Mapping[str, str]) -> Pick:
    """The commands of the place with their keys, then every deal. A choice is "do:action" or "deal:id"."""
    commands = [
        Choice(f"do:{command.action}", _(command.title), key_of(command, keymap))
        for command in [*of_place(place), *of_place(EVERYWHERE)]
        if command.in_palette
    ]
    deals = [
        Choice(f"deal:{deal.id}", " · ".join(part for part in (deal.name, deal.account, deal.owner) if part))
        for deal in pipeline.deals.values()
    ]
    return Pick(_("Find a deal or a command"), [*commands, *deals])
