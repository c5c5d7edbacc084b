"""What closing a deal asks: which stage, which reasons."""

from collections.abc import Sequence

from pipetui.app.dialogs.close import CloseDialog, Closing
from pipetui.app.editing import name_of_all
from pipetui.deals.deal import Deal, Stage
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline


def closing_dialog(
    pipeline: Pipeline, deals: Sequence[Deal], stage: Stage, typed: Closing | None = None, notice: str = ""
) -> CloseDialog:
    """The dialog for deals about to be won or lost; losing them needs a reason.

    Args:
        pipeline: what the app knows.
        deals: which; at least one.
        stage: a stage of kind won or lost.
        typed: an answer given before, to begin with.
        notice: why it is asked for once more.
    """
    won = stage.kind == "won"
    if len(deals) == 1:
        title = (_("%(deal)s is won") if won else _("%(deal)s is lost")) % {"deal": deals[0].name}
    else:
        title = (_("%(deals)s are won") if won else _("%(deals)s are lost")) % {"deals": name_of_all(deals)}
    created = [deal.created for deal in deals if deal.created is not None]
    reasons = pipeline.playbook.close_reasons.won if won else pipeline.playbook.close_reasons.lost
    return CloseDialog(
        title,
        [shown(reason) for reason in reasons],
        pipeline.today,
        created=max(created, default=None),
        reason_needed=not won,
        typed=typed,
        notice=notice,
    )
