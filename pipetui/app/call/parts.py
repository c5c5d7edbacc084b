"""What the parts of the agenda are called."""

from collections.abc import Callable
from typing import Final

from pipetui.forecast.calls.agenda import Part
from pipetui.language import _, pgettext

_TITLES: Final[dict[Part, Callable[[], str]]] = {
    "last_call": lambda: _("the last call"),
    "changes": lambda: _("what has changed since"),
    "commit": lambda: _("commit"),
    "best_case": lambda: _("best case"),
    "upside": lambda: _("upside"),
    "unclassified": lambda: _("not yet classified"),
    "waiting": lambda: pgettext("deals in a call", "put off"),
    "number": lambda: _("the number"),
    "freeze": lambda: _("freeze"),
}


def title(part: Part) -> str:
    """A part of the agenda, in a few words."""
    return _TITLES[part]()
