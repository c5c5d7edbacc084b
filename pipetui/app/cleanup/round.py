"""A cleanup from beginning to end, as it is remembered: leaving it, or a dropped line, loses nothing."""

from datetime import date

from pipetui.app.memory import Memory
from pipetui.cleanup.progress import hygiene_of
from pipetui.pipeline.pipeline import Pipeline

LASTS = 5
"""Days after which a cleanup is begun anew: last week's is another one."""
_PUT_OFF = 1_000
"""Deals put off that are remembered."""


class Round:
    """When it began, where one is, what was put off. Every change is noted at once; somebody else saves."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @property
    def noted(self) -> dict[str, str | int]:
        """Everything that is remembered."""
        memory = self._memory
        texts = ("cleanup_begun", "cleanup_before", "cleanup_later", "cleanup_owner", "cleanup_flag")
        numbers = ("cleanup_since", "cleanup_deal", "cleanup_done")
        return {
            **{key: memory.text(key, "") for key in (*texts, "cleanup_filter")},
            **{key: memory.number(key, 0) for key in numbers},
        }

    def take_up(self, pipeline: Pipeline) -> None:
        """Go on with the one that was begun, or begin anew: after some days, or if more came since."""
        if not self._goes_on(pipeline):
            self.begin(pipeline)

    def _goes_on(self, pipeline: Pipeline) -> bool:
        memory = self._memory
        try:
            begun = date.fromisoformat(memory.text("cleanup_begun", ""))
        except ValueError:
            return False
        if not 0 <= (pipeline.today - begun).days < LASTS or not 0 <= self.since <= pipeline.revision:
            return False
        return not pipeline.flags or not memory.number("cleanup_done", 0)

    def begin(self, pipeline: Pipeline) -> None:
        """Count from now on."""
        score = hygiene_of(pipeline)
        self._memory.note(
            cleanup_since=pipeline.revision,
            cleanup_begun=pipeline.today.isoformat(),
            cleanup_before="" if score is None else f"{score:.6f}",
            cleanup_later="",
            cleanup_done=0,
        )

    @property
    def since(self) -> int:
        """The store's revision when it began."""
        return self._memory.number("cleanup_since", 0)

    @property
    def before(self) -> float | None:
        """The hygiene when it began."""
        try:
            return float(self._memory.text("cleanup_before", ""))
        except ValueError:
            return None

    def is_done(self, done: bool) -> None:
        """Note whether anything is left."""
        self._memory.note(cleanup_done=int(done))

    @property
    def deal_id(self) -> int:
        """The deal one is at; 0 for none."""
        return self._memory.number("cleanup_deal", 0)

    @deal_id.setter
    def deal_id(self, deal_id: int | None) -> None:
        self._memory.note(cleanup_deal=deal_id or 0)

    @property
    def later(self) -> list[int]:
        """The deals put off, the first one first."""
        return [int(part) for part in self._memory.text("cleanup_later", "").split() if part.isdigit()]

    def put_off(self, deal_id: int) -> None:
        """Put a deal off to the end, once more if it was before."""
        ids = [*(other for other in self.later if other != deal_id), deal_id][-_PUT_OFF:]
        self._memory.note(cleanup_later=" ".join(map(str, ids)))

    @property
    def owner(self) -> str | None:
        """Whose deals are shown; `None`: everybody's."""
        text = self._memory.text("cleanup_owner", "")
        return text[1:] if text.startswith("=") else None

    @property
    def flag(self) -> str | None:
        """Which deals are shown; `None`: all."""
        return self._memory.text("cleanup_flag", "") or None

    @property
    def filter(self) -> str:
        """What was typed as a filter."""
        return self._memory.text("cleanup_filter", "")

    def want(self, owner: str | None, flag: str | None, text: str) -> None:
        """Show another part of the queue."""
        self._memory.note(
            cleanup_owner="" if owner is None else f"={owner}",
            cleanup_flag=flag or "",
            cleanup_filter=text,
        )
