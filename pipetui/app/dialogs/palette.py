"""One line to find any deal and any command."""

from collections.abc import Mapping, Sequence
from itertools import chain, islice

from pipetui.app.commands import EVERYWHERE, of_place
from pipetui.app.dialogs.pick import SHOWN, Choice, Pick, narrowed
from pipetui.app.keymap import key_of
from pipetui.deals.deal import Deal
from pipetui.deals.text import fold
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline


class Palette(Pick):
    """The commands of the place with their keys, then every deal. The result is "do:action" or "deal:id"."""

    def __init__(self, pipeline: Pipeline, place: str, keymap: Mapping[str, str]) -> None:
        commands = [
            Choice(f"do:{command.action}", _(command.title), key_of(command, keymap))
            for command in [*of_place(place), *of_place(EVERYWHERE)]
            if command.in_palette
        ]
        super().__init__(_("Find a deal or a command"), commands)
        self._pipeline = pipeline

    def found(self, words: Sequence[str]) -> list[Choice]:
        """Commands and deals. A list of ten thousand opens at once: only what is shown becomes a choice."""
        if not words:
            deals = islice(self._pipeline.deals.values(), max(0, SHOWN - len(self.choices)))
            return [*self.choices, *map(_choice, deals)]
        commands = ((fold(choice.label), choice) for choice in self.choices)
        rows = ((row.text, row.deal) for row in self._pipeline.rows.values())
        found = narrowed(chain[tuple[str, Choice | Deal]](commands, rows), words)
        return [_choice(thing) if isinstance(thing, Deal) else thing for thing in found]


def _choice(deal: Deal) -> Choice:
    label = " · ".join(part for part in (deal.name, deal.account, deal.owner) if part)
    return Choice(f"deal:{deal.id}", label)
