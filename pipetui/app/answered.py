"""What was known of an item of the qualification, in a sentence: when, by whom, how well."""

from datetime import date
from typing import Final

from pipetui.app import words
from pipetui.language import N_, _, format, labelled, quoted
from pipetui.store.answers import Answer

_BY: Final = (
    N_("taken back on %(day)s by %(who)s"),
    N_("stated on %(day)s by %(who)s"),
    N_("confirmed on %(day)s by %(who)s"),
    N_("evidenced on %(day)s by %(who)s"),
)
"""By level: what somebody said. Who said it wrote it down; it is the buyer who confirmed."""


def told(answer: Answer, today: date) -> str:
    """ "confirmed on 3 Nov by Claire: “80 k by mail”"."""
    day = format.short_date(answer.at.date(), today)
    if answer.by:
        said = _(_BY[answer.level]) % {"day": day, "who": answer.by}
    else:
        said = _("%(level)s, in the export of %(day)s") % {"level": words.level(answer.level), "day": day}
    return labelled(said, quoted(answer.text)) if answer.text else said
