"""The columns of an export that tell when a deal entered a stage: `Date entered "Demo (Sales)"`."""

import re
from datetime import datetime
from typing import Final

from pipetui.deals.clock import Clock
from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import dates
from pipetui.exchange.importing.history import History, Step
from pipetui.exchange.importing.mapping import Mapping
from pipetui.exchange.importing.reading import Table

_ENTERED: Final = re.compile(
    r"(?:date entered|entered date|date d[’']entrée dans(?: l[’']étape| la phase)?|date d[’']entrée"
    r"|fecha de entrada(?: en)?(?: la etapa)?|дата входа(?: в| на)?(?: этап| стадию)?"
    r"|data wejścia(?: do| w)?(?: etapu?)?)\s*[\"“«„»]\s*(?P<stage>.+?)\s*[\"”»“«]",
    re.IGNORECASE,
)
_API: Final = re.compile(r"hs_(?:v2_)?date_entered_(?P<stage>\w+)", re.IGNORECASE)
_CURRENT: Final = "current_stage"
_PIPELINE: Final = re.compile(r"\s*\([^()]*\)$")


def stage_told(label: str) -> str | None:
    """The stage whose entry a column tells, without its pipeline; `None` for any other column."""
    match = _ENTERED.fullmatch(label.strip()) or _API.fullmatch(label.strip())
    if match is None or match["stage"].casefold() == _CURRENT:
        return None
    return _PIPELINE.sub("", clean(match["stage"])) or None


def read_wide(table: Table, mapping: Mapping, clock: Clock) -> History | None:
    """When the deals of an export entered their stages; `None` if it has no such columns."""
    stages = {index: stage for index, label in enumerate(table.header) if (stage := stage_told(label))}
    whose = mapping.matches.get("id") or mapping.matches.get("name")
    if not stages or whose is None:
        return None
    by_id = "id" in mapping
    history = History(table.name, by_id, stages=frozenset(map(fold, stages.values())))
    cells = (clean(row[index]) for index in stages for row in table.rows)
    order = dates.vote(cells).order or "mdy"
    for line, row in zip(table.lines, table.rows, strict=True):
        deal = clean(row[whose.position])
        steps = [
            Step(line, at, "", stage)
            for index, stage in stages.items()
            if isinstance(at := dates.parse_moment(clean(row[index]), order, clock), datetime)
        ]
        if deal and steps:
            steps.sort(key=lambda step: step.at)
            history.steps[deal if by_id else fold(deal)] = steps
            history.rows += len(steps)
    return history
