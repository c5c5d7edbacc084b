"""What the events of a store teach, and how that is brought up to date without reading all of them again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pipetui.deals.deal import Stage
from pipetui.signals.history import NOTHING, History
from pipetui.signals.rhythm import learn as learn_rhythm
from pipetui.store.cycles import without_cycle_search
from pipetui.store.engine import Run, Store
from pipetui.store.rows import read_stages
from pipetui.store.stages import in_line
from pipetui.store.traces import pushes, steps, wins
from pipetui.store.visits import visits_of

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

MANY = 1_000
"""Changed deals from which on it is left to `learn` to say what became of them."""

Places = tuple[tuple[int, str, str, int], ...]
"""What of the stages decides what is learned: id, pipeline, kind, position."""


class Learned(NamedTuple):
    """A history, and what it was read from."""

    revision: int
    """The store's newest batch when it was read."""
    batch_at: str
    """The moment of that batch: another store of the same name has another."""
    today: date
    stages: Places
    push_limit: int
    history: History

    def is_of(self, revision: int, today: date) -> bool:
        """Whether it tells everything up to a revision and a day."""
        return self.revision == revision and self.today == today


def learn(store: Store, playbook: "Playbook", today: date) -> Learned:
    """Read all events: 0.2 s for 10,000 deals, so not on the way to the first cards, 2 s for 100,000.

    Raises:
        Problem: the store cannot be read.
    """
    with store.reading(much=True) as run, without_cycle_search():
        revision, batch_at = _newest(run)
        stages = in_line(read_stages(run), playbook)
        limit = playbook.limits.push_limit
        history = History(
            learn_rhythm(visits_of(run, today, stages), wins(run, today)),
            steps(run, today),
            pushes(run, today, limit),
        )
    return Learned(revision, batch_at, today, places(stages), limit, history)


def brought_up_to_date(
    store: Store, learned: Learned | None, playbook: "Playbook", stages: Sequence[Stage], today: date
) -> Learned | None:
    """What was learned some edits or days ago, as far as it still holds; `None` if it does not.

    The rhythm of a team is hardly another after some edits, and stands until it is learned again. What it
    says of single deals is read anew of those that have changed since.
    """
    if learned is None:
        return None
    if learned.stages != places(stages) or learned.push_limit != playbook.limits.push_limit:
        return None
    with store.reading() as run:
        if not _is_continued(run, learned):
            return None
        revision, _at = _newest(run)
        if learned.is_of(revision, today):
            return learned
        changed = _changed_since(run, learned.revision)
        history = learned.history
        if learned.today != today or len(changed) > MANY:
            return learned._replace(history=NOTHING._replace(rhythm=history.rhythm))
        return learned._replace(
            history=History(
                history.rhythm,
                _renewed(history.steps, steps(run, today, changed), changed),
                _renewed(history.pushes, pushes(run, today, learned.push_limit, changed), changed),
            )
        )


def places(stages: Iterable[Stage]) -> Places:
    """What of the stages decides what is learned."""
    return tuple(sorted((stage.id, stage.pipeline, stage.kind, stage.position) for stage in stages))


def _renewed(known: Mapping[int, Any], anew: Mapping[int, Any], changed: Iterable[int]) -> dict[int, Any]:
    gone = set(changed)
    return {**{deal_id: its for deal_id, its in known.items() if deal_id not in gone}, **anew}


def _newest(run: Run) -> tuple[int, str]:
    rows = run("SELECT id, CAST(at AS TEXT) FROM batch ORDER BY id DESC LIMIT 1", {})
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, "")


def _is_continued(run: Run, learned: Learned) -> bool:
    rows = run("SELECT CAST(at AS TEXT) FROM batch WHERE id = :id", {"id": learned.revision})
    return [at for (at,) in rows] == [learned.batch_at]


def _changed_since(run: Run, revision: int) -> list[int]:
    rows = run("SELECT DISTINCT deal_id FROM deal_event WHERE batch_id > :since", {"since": revision})
    return [deal_id for (deal_id,) in rows]
