"""From the store to what the app shows: read, judge, prepare. Runs in a worker."""

from datetime import date
from typing import TYPE_CHECKING

from pipetui.app.state import State
from pipetui.forecast.totals import probabilities
from pipetui.query.prepared import prepare
from pipetui.signals import context as contexts
from pipetui.signals.notices import notices
from pipetui.signals.rules import flags_by_deal
from pipetui.statistics.survival import Survival
from pipetui.store import reading
from pipetui.store.stages import sync_stages
from pipetui.store.visits import stage_visits

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store
    from pipetui.store.reading import Snapshot


def load(store: "Store", playbook: "Playbook", today: date) -> State:
    """Everything the places need, judged by the playbook on a day."""
    sync_stages(store, playbook)
    snapshot = reading.read_board(store)
    deals = [deal if deal.team else deal._replace(team=playbook.team(deal.owner)) for deal in snapshot.deals]
    mapped = {name: facts.mapped for name, facts in snapshot.sources.items()}
    context = contexts.build(
        playbook, snapshot.stages, mapped, _learned(store, playbook, snapshot, today), today
    )
    flags = flags_by_deal(deals, context)
    return State(
        today=today,
        currency=playbook.currency,
        playbook=playbook,
        snapshot=snapshot,
        deals={deal.id: deal for deal in deals},
        stages={stage.id: stage for stage in snapshot.stages},
        context=context,
        flags=flags,
        flagged=frozenset(flags),
        prepared=prepare(deals, snapshot.stages, flags, playbook.conversion),
        probability=probabilities(snapshot.stages, playbook),
        notices=notices(context, deals),
    )


def _learned(store: "Store", playbook: "Playbook", snapshot: "Snapshot", today: date) -> dict[int, Survival]:
    """The team's own time in stage, read only if some open stage has no fixed number of days."""
    for stage in snapshot.stages:
        named = playbook.stage(stage.name, stage.pipeline)
        if stage.kind == "open" and (named is None or named.stale_after_days is None):
            return contexts.learn(stage_visits(store, today))
    return {}
