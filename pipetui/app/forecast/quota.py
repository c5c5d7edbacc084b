"""Setting a quota: of everybody, of a team or of an owner, for the period one looks at."""

from typing import TYPE_CHECKING

from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.deals.edits import SetQuota
from pipetui.deals.errors import Problem
from pipetui.forecast.quotas import Scope, Target
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, labelled
from pipetui.pipeline.outlook import Outlook
from pipetui.query.typed import read_amount

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

_WIDTH = 24


async def ask_quota(app: "PipetuiApp", its: Outlook, key: str) -> None:
    """Ask for a quota of a period and write it.

    Args:
        app: where.
        its: the period; the quota is that of its scope …
        key: … or of the team or owner that the cursor is on.
    """
    period, (scope, now) = its.period, _whose(its, key)
    if app.pipeline is None:
        return
    currency = app.pipeline.currency
    title = _("Quota of %(whose)s for %(period)s") % {
        "whose": scope_told(scope),
        "period": period_told(period),
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

    typed: Answer = ("" if now is None else format.money(now.amount, currency),)
    notice, editor = "", app.editor
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


def _whose(its: Outlook, key: str) -> tuple[Scope, Target | None]:
    """Whose quota is meant, and the one in force."""
    kind, _colon, name = key.partition(":")
    if kind == "team" and name:
        return Scope(team=name), next((part.quota for part in its.by_team if part.name == name), None)
    if kind == "owner" and name:
        return Scope(owner=name), next((part.quota for part in its.by_owner if part.name == name), None)
    return its.scope, its.quota
