"""What closing a deal asks: which stage, which reasons."""

from datetime import date

from pipetui.app.dates import read_date
from pipetui.app.dialogs.close import CloseDialog
from pipetui.app.state import State
from pipetui.deals.deal import Deal, Stage
from pipetui.language import _
from pipetui.language.builtin import shown


def closing_stage(state: State, deal: Deal, kind: str, stage_id: int | None) -> Stage | None:
    """The stage a closed deal goes to: the one chosen, else the first of that kind in its own pipeline, else any."""
    if stage_id is not None:
        return state.stages[stage_id]
    here = state.stages[deal.stage_id]
    fitting = [stage for stage in state.stages.values() if stage.kind == kind]
    fitting.sort(key=lambda stage: (stage.pipeline != here.pipeline, stage.position, stage.id))
    return fitting[0] if fitting else None


def closing_dialog(state: State, deal: Deal, stage: Stage) -> CloseDialog:
    """The dialog for a deal about to be won or lost; losing it needs a reason."""
    won = stage.kind == "won"
    title = _("%(deal)s is won") if won else _("%(deal)s is lost")
    reasons = state.playbook.close_reasons.won if won else state.playbook.close_reasons.lost

    def read(text: str) -> date | None:
        return read_date(text, state.today)

    return CloseDialog(
        title % {"deal": deal.name},
        [shown(reason) for reason in reasons],
        state.today,
        read,
        reason_needed=not won,
    )
