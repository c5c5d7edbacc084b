"""Finding and adding stages while a batch is written."""

from pipetui.deals.deal import Status
from pipetui.deals.text import fold
from pipetui.store.bulk import Bulk
from pipetui.store.tables import Pipeline, Stage


class StageBook:
    """Finds stages by name, whatever the case and accents, and adds those that are new."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._pipelines: dict[str, int] = {}
        self._stages: dict[tuple[int, str], int] = {}
        self._read()

    def stage_id(self, pipeline: str, name: str, *, kind: Status, position: int, probability: float) -> int:
        """The stage of that name in that pipeline; both are added if they are new."""
        line, folded = fold(pipeline), fold(name)
        if line not in self._pipelines:
            (self._pipelines[line],) = self._bulk.take(Pipeline, 1)
            self._bulk.insert(Pipeline, ("id", "name"), [(self._pipelines[line], pipeline)])
        key = self._pipelines[line], folded
        if key not in self._stages:
            (self._stages[key],) = self._bulk.take(Stage, 1)
            columns = ("id", "pipeline_id", "name", "folded", "kind", "position", "probability")
            row = (self._stages[key], key[0], name, folded, kind, position, probability)
            self._bulk.insert(Stage, columns, [row])
        return self._stages[key]

    def rename(self, stage_id: int, name: str) -> None:
        """Give a stage another name, unless another one of its pipeline has it. No deal is touched."""
        self._bulk.execute(
            "UPDATE stage SET name = :name, folded = :folded WHERE id = :stage AND NOT EXISTS ("
            "SELECT 1 FROM stage s WHERE s.pipeline_id = stage.pipeline_id AND s.folded = :folded "
            "AND s.id <> stage.id)",
            name=name,
            folded=fold(name),
            stage=stage_id,
        )
        self._read()

    def _read(self) -> None:
        self._pipelines = {
            fold(name): id_ for id_, name in self._bulk.run("SELECT id, name FROM pipeline", {})
        }
        rows = self._bulk.run("SELECT id, pipeline_id, folded FROM stage", {})
        self._stages = {(pipeline_id, folded): id_ for id_, pipeline_id, folded in rows}
