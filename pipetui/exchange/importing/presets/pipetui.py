"""pipetui's own list of deals, as `pipetui export deals` writes it."""

from pipetui.exchange import own
from pipetui.exchange.importing.presets.base import Preset

PRESET = Preset(
    name=own.PRESET,
    title="pipetui",
    fields={name: tuple(label) for name, label in own.COLUMNS.items()},
    telling=(*own.COLUMNS["own_source"], *own.COLUMNS["own_reference"]),
    percent=False,
    is_own=True,
)
