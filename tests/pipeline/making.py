"""A store whose deals have a past, looked at."""

from datetime import date

from pipetui.pipeline.learning import Learned, learn
from pipetui.pipeline.looking import look
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from tests.store.making import PLAYBOOK

TODAY = date(2026, 11, 22)


def learned(store: Store, today: date = TODAY, playbook: Playbook = PLAYBOOK) -> Learned:
    return learn(store, playbook, today)


def looked(store: Store, known: Learned | None = None, today: date = TODAY) -> Pipeline:
    """The pipeline, by what was known before or, without that, by everything there is to know."""
    return look(store, PLAYBOOK, today, known or learned(store, today))


def flags(pipeline: Pipeline, deal_id: int) -> set[str]:
    return {flag.name for flag in pipeline.flags_of(pipeline.deals[deal_id])}
