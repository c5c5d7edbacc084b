"""From a TOML file that is known to be right to a `Playbook`: what validating it gives, without pydantic."""

from typing import Any

from pipetui.playbook.models import Criterion, Limits, Pipeline, Playbook, Reasons, Stage


def structured(data: dict[str, Any]) -> Playbook:
    """The built-in playbook's tables as a playbook. It has no profiles, teams, quotas or rates of its own."""
    parts = {
        "limits": Limits(**data["limits"]),
        "pipelines": tuple(
            Pipeline(**(pipeline | {"stages": tuple(map(_stage, pipeline["stages"]))}))
            for pipeline in data["pipelines"]
        ),
        "close_reasons": Reasons(**{key: tuple(texts) for key, texts in data["close_reasons"].items()}),
    }
    return Playbook(**(data | parts))


def _stage(data: dict[str, Any]) -> Stage:
    parts = {
        "aliases": tuple(data.get("aliases", ())),
        "probability": float(data["probability"]),
        "exit": tuple(Criterion(**criterion) for criterion in data.get("exit", ())),
    }
    return Stage(**(data | parts))
