"""What closing a deal asks: which stage, which reasons."""

from pipetui.app.dialogs.close import CloseDialog, Closing
from pipetui.deals.deal import Deal, Stage
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline


def closing_dialog(
    pipeline: Pipeline, deal: Deal, stage: Stage, typed: Closing | None = None, notice: str = ""
) -> CloseDialog:
    """The dialog for a deal about to be won or lost; losing it needs a reason.

    Args:
        pipeline: what the app knows.
        deal: which deal.
        stage: a stage of kind won or lost.
        typed: an answer given before, to begin with.
        notice: why it is asked for once more.
    """
    won = stage.kind == "won"
    title = _("%(deal)s is won") if won else _("%(deal)s is lost")
    reasons = pipeline.playbook.close_reasons.won if won else pipeline.playbook.close_reasons.lost
    return CloseDialog(
        title % {"deal": deal.name},
        [shown(reason) for reason in reasons],
        pipeline.today,
        created=deal.created,
        reason_needed=not won,
        typed=typed,
        notice=notice,
    )
