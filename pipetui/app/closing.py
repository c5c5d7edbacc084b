"""What closing a deal asks: which stage, which reasons."""

from datetime import date

from pipetui.app.dates import read_date
from pipetui.app.dialogs.close import CloseDialog
from pipetui.deals.deal import Deal, Stage
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline


def closing_dialog(pipeline: Pipeline, deal: Deal, stage: Stage) -> CloseDialog:
    """The dialog for a deal about to be won or lost; losing it needs a reason."""
    won = stage.kind == "won"
    title = _("%(deal)s is won") if won else _("%(deal)s is lost")
    reasons = pipeline.playbook.close_reasons.won if won else pipeline.playbook.close_reasons.lost

    def read(text: str) -> date | None:
        return read_date(text, pipeline.today)

    return CloseDialog(
        title % {"deal": deal.name},
        [shown(reason) for reason in reasons],
        pipeline.today,
        read,
        reason_needed=not won,
    )
