"""How well each item of a deal's qualification was known, when, and by whom it was said."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from pipetui.deals.event import Event
from pipetui.deals.fields import CREATED, decode_state
from pipetui.deals.qualification import NOTHING_KNOWN, UNKNOWN, levels_by_item
from pipetui.store.reading import Story


class Answer(NamedTuple):
    """What was known of an item from a moment on."""

    at: datetime
    by: str
    """Who said it; "" if an export did."""
    level: int
    text: str


class _Step(NamedTuple):
    """What one batch said of one item."""

    at: datetime
    by: str
    level: int | None
    text: str | None


def answers(story: Story) -> dict[str, tuple[Answer, ...]]:
    """By item, all that was ever known of it, the newest first; what was undone is left out.

    A level and the words that were given with it are one answer. Raising an item without new words
    repeats those that stood there.
    """
    steps: dict[tuple[str, int], _Step] = {}
    for event, by, levels in _levels(story):
        for item, level in levels.items():
            steps[item, event.batch_id] = _Step(event.at, by, level, None)
    for said in story.said:
        known = steps.get((said.item, said.batch_id), _Step(said.at, said.by, None, None))
        steps[said.item, said.batch_id] = known._replace(text=said.text)
    found: dict[str, list[Answer]] = {}
    for (item, _batch), step in sorted(steps.items(), key=lambda its: (its[1].at, its[0][1])):
        its = found.setdefault(item, [])
        before = its[-1] if its else Answer(step.at, "", UNKNOWN, "")
        now = before._replace(
            at=step.at,
            by=step.by,
            level=before.level if step.level is None else step.level,
            text=before.text if step.text is None else step.text,
        )
        if (now.level, now.text) != (before.level, before.text):
            its.append(now)
    return {item: tuple(reversed(its)) for item, its in found.items() if its}


def _levels(story: Story) -> Iterator[tuple[Event, str, dict[str, int]]]:
    """The items whose level an event changed, and to what."""
    before = levels_by_item(NOTHING_KNOWN)
    for entry in story.events:
        event = entry.event
        if not entry.effective or event.field not in ("levels", CREATED):
            continue
        is_first = event.field == CREATED
        told = decode_state(event.new or "{}").get("levels") if is_first else event.new
        now = levels_by_item(str(told or NOTHING_KNOWN))
        changed = {
            item: now.get(item, UNKNOWN)
            for item in (before | now)
            if before.get(item, UNKNOWN) != now.get(item, UNKNOWN)
        }
        before = now
        if changed:
            yield event, entry.by if event.origin == "person" else "", changed
