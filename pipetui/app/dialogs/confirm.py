"""Asking once before something large."""

from typing import TYPE_CHECKING

from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.language import _, ngettext

if TYPE_CHECKING:
    from pipetui.store.reading import BatchRecord

YES = "yes"


def undo_import_dialog(record: "BatchRecord") -> Pick:
    """Whether a whole import shall be taken back; the result is `None` if not."""
    deals = ngettext("%(n)d deal", "%(n)d deals", record.deals) % {"n": record.deals}
    title = _("The last step was an import (%(deals)s). Take all of it back?") % {"deals": deals}
    return Pick(title, [Choice(YES, _("take it back"), record.because)], is_short=True)
