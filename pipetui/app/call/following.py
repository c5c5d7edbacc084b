"""A question whose half-typed answer is kept."""

from collections.abc import Callable
from typing import Any

from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.questions import Question
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Edit

Follow = Callable[[Dialog[Any]], object]
"""Begins to keep what is typed into a dialog."""


class Followed(Question[Any]):
    """Another question, its dialog followed."""

    def __init__(self, question: Question[Any], follow: Follow) -> None:
        super().__init__(question.deals, question.pipeline)
        self._question = question
        self._follow = follow

    def dialog(self, typed: Any, notice: str) -> Dialog[Any]:
        """The question's own."""
        dialog = self._question.dialog(typed, notice)
        self._follow(dialog)
        return dialog

    def edits(self, deal: Deal, answer: Any) -> list[Edit]:
        """The question's own."""
        return self._question.edits(deal, answer)

    def said(self, answer: Any) -> str:
        """The question's own."""
        return self._question.said(answer)

    def because(self, answer: Any) -> str:
        """The question's own."""
        return self._question.because(answer)
