"""What a category has to answer for: why, which condition, until when, whose."""

from collections.abc import Sequence
from datetime import date

from pipetui.app.board.cells import cut
from pipetui.app.call.anchored import AnchoredForm
from pipetui.app.call.desk import Desk
from pipetui.app.dates import in_words
from pipetui.app.dialogs.form import Answer, Line, Read
from pipetui.app.editing import name_of
from pipetui.app.questions import DAY
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.said import Said
from pipetui.forecast.calls.gate import Asked
from pipetui.forecast.wording import category_told, contradiction_told
from pipetui.language import _, labelled
from pipetui.query.typed import read_day

_SEPARATOR = " · "


class Why:
    """The dialog of one classification."""

    def __init__(self, desk: Desk, deal: Deal, category: Category, *, is_wanted: bool = False) -> None:
        """`is_wanted`: a reason may be written although nothing asks for one."""
        self._desk = desk
        self._deal = deal
        self._category = category
        self._asked = desk.asked(deal, category)
        self._said = desk.said_for(deal, category)
        self._has_condition = category is Category.BEST_CASE and (self._asked.needs_condition or is_wanted)
        unanswered = self._asked.unanswered(self._said, desk.side)
        self._asks_why = is_wanted or bool({"reason", "override_reason"} & {*unanswered}) or bool(self.reason)
        self._kinds: list[str] = []
        """What each line of the dialog is."""

    @property
    def reason(self) -> str:
        """What is given as the reason so far."""
        return self._said.reason if self._desk.side == "rep" else self._said.override_reason

    @property
    def _needs_reason(self) -> bool:
        its = self._asked
        return bool(its.contradictions or its.turned or its.overrides)

    def dialog(self, typed: Answer | None, notice: str) -> AnchoredForm:
        """A line for each answer, with what was said before."""
        lines = self._lines(typed)
        title = _("%(deal)s as %(category)s") % {
            "deal": cut(name_of(self._deal), 36),
            "category": category_told(self._category),
        }
        if facts := because(self._asked):
            title = labelled(title, facts)
        return AnchoredForm(title, lines, notice=notice, at=self._first_empty(lines))

    def _lines(self, typed: Answer | None) -> list[Line]:
        found: list[tuple[str, str, Line]] = []
        said = self._said
        if self._asks_why:
            label = _("Why") if self._desk.side == "rep" else _("Manager: why")
            found.append(("reason", self.reason, Line(label, "", self._why)))
        if self._has_condition:
            due = said.condition_by.isoformat() if said.condition_by else ""
            owner = said.condition_owner or ("" if said.condition else self._deal.owner)
            found += [
                ("condition", said.condition, Line(_("Condition"), "", self._what)),
                ("by", due, Line(_("Until"), "", self._when, width=DAY)),
                ("owner", owner, Line(_("Who"), "")),
            ]
        self._kinds = [kind for kind, _text, _line in found]
        texts = typed if typed and len(typed) == len(found) else tuple(text for _kind, text, _line in found)
        return [line._replace(text=text) for (_kind, _text, line), text in zip(found, texts, strict=True)]

    @staticmethod
    def _first_empty(lines: Sequence[Line]) -> int:
        return next((at for at, line in enumerate(lines) if not line.text), 0)

    def _why(self, text: str) -> Read:
        if text.strip() or not self._needs_reason:
            return Read()
        return Read("", _("Say why: it is kept, and shown at the next call."))

    @staticmethod
    def _what(text: str) -> Read:
        return Read() if text.strip() else Read("", _("Say which condition is still to be met."))

    def _when(self, text: str) -> Read:
        hint = _("such as fri, +2w, 30/11")
        if not text.strip():
            return Read(hint, _("A condition has a date: by when is it met?"))
        day, today = self._day(text), self._desk.pipeline.today
        if day is None:
            return Read(hint, _("This is no date: write it as 2026-11-30, 30/11, fri or +2w."))
        return Read(in_words(day, today), _("This day has to lie ahead.") if day < today else "")

    def _day(self, text: str) -> date | None:
        pipeline = self._desk.pipeline
        return read_day(text, pipeline.today, fiscal_year_start=pipeline.playbook.fiscal_year_start)

    def said(self, answer: Answer) -> Said:
        """What is said of the deal with the answer."""
        told = dict(zip(self._kinds, answer, strict=True))
        said = self._said
        if "reason" in told:
            why = told["reason"]
            said = (
                said._replace(reason=why) if self._desk.side == "rep" else said._replace(override_reason=why)
            )
        if "condition" in told:
            said = said._replace(
                condition=told["condition"],
                condition_by=self._day(told["by"]),
                condition_owner=told["owner"],
            )
        return said


def because(asked: Asked) -> str:
    """What speaks against a category, or has changed, in a few words."""
    told = [contradiction_told(name) for name in asked.contradictions]
    if asked.turned:
        told.append(
            _("higher than in the last call") if asked.turned == "up" else _("lower than in the last call")
        )
    if asked.overrides:
        told.append(_("not the rep’s call"))
    return _SEPARATOR.join(told)
