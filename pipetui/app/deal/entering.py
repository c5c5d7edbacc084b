"""What enter does on a row of the deal view."""

from typing import Final, Literal, NamedTuple

from pipetui.app.deal.rows import Key
from pipetui.language import N_, _

PICKED: Final = 9
"""Lines that a list takes below its row."""
WRITTEN: Final = 3
"""Lines that a form takes, with what may be wrong with it."""


class Entered(NamedTuple):
    """What is to be done."""

    kind: Literal["say", "ask", "edit", "read"]
    """Said quietly; asked in a dialog; edited on its line; read whole."""
    text: str
    """The sentence, or the question (`asking.ask`)."""
    lines: int = WRITTEN
    """Lines that the editing takes, from the row on."""


_ASKED: Final = {"resume_on": "nurture", "missing_since": "missing"}
"""Facts that are asked for in a dialog, and by which question."""
_LISTS: Final = frozenset({"owner", "stage", "category"})
_SAID: Final = {
    "probability": N_("The probability is what the CRM gave: it is read here, not edited."),
    "last_activity": N_("The last activity comes from the CRM: it is read here, not edited."),
    "id": N_("The id ties the deal to the CRM: it is not edited."),
    "event": N_("The history is what happened: it is not edited. ctrl+z takes back your last step."),
}


def entered(key: Key) -> Entered | None:
    """What enter does on the row of a key; `None`: nothing."""
    kind, which = key
    match kind:
        case "fact" if which in _SAID:
            return Entered("say", _(_SAID[which]))
        case "fact" if which in _ASKED:
            return Entered("ask", _ASKED[which])
        case "fact":
            return Entered("edit", which, PICKED if which in _LISTS else WRITTEN)
        case "event":
            told = _SAID["event"]
            return Entered("say", _(told))
        case "flag":
            return Entered("ask", f"rest:{which}")
        case "resting":
            return Entered("ask", f"raise:{which}")
        case "item":
            return Entered("ask", f"qualification:{which}")
        case "promise" | "conflict":
            return Entered("ask", f"{kind}:{which}")
        case "note":
            return Entered("read", which)
    return None
