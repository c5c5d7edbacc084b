"""To any deal of a call, by typing some of its letters."""

from collections.abc import Sequence

from pipetui.app.call.desk import Desk
from pipetui.app.dialogs.pick import SHOWN, Choice, Pick
from pipetui.deals.text import fold
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.wording import category_told
from pipetui.language import _, format


class Jump(Pick):
    """The open deals of the period, the omitted ones too; the result is the id."""

    def __init__(self, desk: Desk) -> None:
        order = {deal_id: at for at, deal_id in enumerate(desk.deal_ids)}
        its = sorted(
            (entry for entry in desk.entries if entry.state == "open"),
            key=lambda entry: order.get(entry.deal_id, len(order)),
        )
        here = str(desk.stop.deal_id)
        super().__init__(_("Jump to a deal"), [_choice(entry) for entry in its], current=here)

    def found(self, words: Sequence[str]) -> list[Choice]:
        """Those that hold all words; if there are none, those that hold the letters in their order."""
        return (
            super().found(words)
            or [choice for choice in self.choices if _is_within("".join(words), fold(choice.label))][:SHOWN]
        )


def _choice(entry: CallEntry) -> Choice:
    label = " · ".join(part for part in (entry.name, entry.account, entry.owner) if part)
    amount = "" if entry.amount is None else format.short_money(entry.amount, entry.currency)
    detail = " · ".join(part for part in (amount, category_told(entry.category)) if part)
    return Choice(str(entry.deal_id), label, detail)


def _is_within(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
