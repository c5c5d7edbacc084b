"""Flags as a table."""

from collections.abc import Iterable

from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.tables import Table
from pipetui.exchange.exporting.view import View
from pipetui.exchange.own import COLUMNS
from pipetui.language import _
from pipetui.signals.explaining import explain
from pipetui.signals.flag import SEVERITY_TITLES, TITLES


def flag_table(view: View, deals: Iterable[Deal]) -> Table:
    """One row a flag, with its evidence, in the order of the deals."""
    told = (_("Flag"), _("Severity"), _("Evidence"), _("Threshold"), _("What to do"))
    rows = []
    for deal in deals:
        stage = view.stages[deal.stage_id].name
        for flag in view.flags_of(deal):
            why = explain(flag, deal, view.context)
            rows.append(
                (
                    *(deal.external_id, deal.name, deal.account, deal.owner, stage),
                    *(_(TITLES[flag.name]), _(SEVERITY_TITLES[flag.severity])),
                    *(why.evidence_text, why.threshold_text, why.fix),
                )
            )
    header = tuple(COLUMNS[name].told for name in ("id", "name", "account", "owner", "stage"))
    return Table(_("Flags"), (*header, *told), rows)
