"""Setting a quota: of everybody, of a team or of an owner, for the period one looks at."""

from typing import TYPE_CHECKING

from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.editing import Editor
from pipetui.app.forecast import phrases
from pipetui.deals.edits import SetQuota
from pipetui.deals.errors import Problem
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.language import _, format, labelled
from pipetui.query.typed import read_amount

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

_WIDTH = 24


async def ask_quota(app: "PipetuiApp", period: Period, scope: Scope, now: int | None) -> None:
    """Ask for a quota and write it; `now` is the one in force, in minor units."""
    if app.pipeline is None:
        return
    currency = app.pipeline.currency
    title = _("Quota of %(whose)s for %(period)s") % {
        "whose": phrases.scope(scope),
        "period": phrases.period(period),
    }

    def minor(text: str) -> int | None:
        money = read_amount(text, currency)
        return money.minor if money and money.currency == currency and money.minor >= 0 else None

    def read(text: str) -> Read:
        if not text.strip():
            return Read(_("as in the playbook"))
        amount = minor(text)
        if amount is None:
            return Read("", _("This is no quota: write it as 125000, 125 000 or 125k."))
        return Read(format.money(amount, currency))

    typed: Answer = ("" if now is None else format.money(now, currency),)
    notice, editor = "", Editor(app)
    while True:
        line = Line("", typed[0], read, _("such as 125 000 or 125k"), width=_WIDTH)
        dialog = FormDialog(title, [line], notice=notice)
        dialog.holds = True
        answer = await app.push_screen_wait(dialog)
        if answer is None:
            return
        typed, amount = answer, minor(answer[0])
        told = _("as in the playbook") if amount is None else format.money(amount, currency)
        try:
            await editor.write(
                [SetQuota(period.name, amount, scope.owner, scope.team)], labelled(title, told)
            )
        except Problem as problem:
            notice = str(problem)
        else:
            return
