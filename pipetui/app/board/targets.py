"""Where a deal goes when a key moves it."""

from pipetui.app.board.arranging import shown_stages
from pipetui.deals.deal import Deal, Stage
from pipetui.pipeline.pipeline import Pipeline


def beside(pipeline: Pipeline, deal: Deal, step: int) -> Stage | None:
    """The stage next to a deal's, among those of its pipeline that have a column.

    Beyond the last open one it is won; a closed deal goes back to the last open one.
    """
    here = pipeline.stages[deal.stage_id]
    stages = [
        stage for stage in shown_stages(pipeline) if stage.kind == "open" and stage.pipeline == here.pipeline
    ]
    if deal.status != "open":
        return stages[-1] if step < 0 and stages else None
    place = stages.index(here) + step if here in stages else -1
    if place >= len(stages):
        return closed_stage(pipeline, deal, "won")
    return stages[place] if place >= 0 else None


def closed_stage(pipeline: Pipeline, deal: Deal, kind: str) -> Stage | None:
    """The stage that a deal closed now goes to: of that kind, in its own pipeline if there is one."""
    here = pipeline.stages[deal.stage_id]
    fitting = [stage for stage in pipeline.stages.values() if stage.kind == kind]
    return min(fitting, key=lambda stage: stage.pipeline != here.pipeline, default=None)
