"""The history of a deal in sentences, the newest first, and its notes."""

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from pipetui.app import words
from pipetui.app.board.cells import cut
from pipetui.app.deal.sections import rests
from pipetui.app.marks import symbol, title
from pipetui.deals.acceptance import unpack
from pipetui.deals.category import Category
from pipetui.deals.event import is_push
from pipetui.deals.fields import ARCHIVED, CREATED, decode
from pipetui.deals.promise import Promise
from pipetui.deals.qualification import NOTHING_KNOWN, levels_by_item
from pipetui.language import N_, _, format, labelled, pgettext, quoted
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.store.reading import Story, StoryEvent

_QUIET = frozenset({"closed_on", "last_stage_change", "crm_category_at", ARCHIVED})
"""Fields whose changes another line of the history tells already."""

NOTE = 40
"""Cells of a note that the history shows."""
_EXPLAINED = frozenset({"stage_id", "close_reason", "close_date", "resume_on"})
"""Fields whose changes are told with the reason given; that of a closing stands in the field itself."""

_FIELDS = {
    "name": N_("name"),
    "account": N_("account"),
    "owner": N_("owner"),
    "currency": N_("currency"),
    "probability": N_("probability (CRM)"),
    "created": N_("created"),
    "close_reason": N_("reason"),
    "crm_category": N_("category in the CRM"),
    "rep_category": N_("rep's category"),
    "manager_category": N_("manager's category"),
    "next_step": N_("next step"),
    "next_step_date": N_("next step date"),
    "last_activity": N_("last activity"),
    "missing_since": N_("missing since"),
    "resume_on": N_("resume on"),
    "segment": N_("segment"),
    "lead_source": N_("lead source"),
    "kind": N_("type"),
    "description": N_("description"),
    "status": N_("status"),
}


class Entry(NamedTuple):
    """Something that happened."""

    id: str
    at: datetime
    said: Content
    by: str
    """Who, if somebody here did it."""
    because: str
    """Why, if that is not said otherwise."""


def entries(story: "Story", pipeline: Pipeline, *, with_notes: bool = False) -> list[Entry]:
    """What happened, the newest first. What was undone is left out; the audit trail has it."""
    currency = _currency(story, pipeline)
    found: list[Entry] = []
    for entry in sorted(story.events, key=lambda entry: (entry.event.at, entry.event.id)):
        event = entry.event
        said = _sentence(entry, pipeline, currency) if entry.effective else None
        if said is not None:
            is_ours = event.origin == "person"
            because = entry.because if is_ours and event.field in _EXPLAINED else ""
            found.append(Entry(str(event.id), event.at, said, entry.by if is_ours else "", because))
    if with_notes:
        for number, note in enumerate(story.notes):
            first = next((line for line in note.text.split("\n") if line.strip()), "")
            said = Content.assemble(_("note"), "  ", Content.styled(cut(first, NOTE), "$muted"))
            found.append(Entry(f"note {number}", note.at, said, note.by, ""))
        found.sort(key=lambda entry: entry.at)  # sorting is stable: what happened at once stays in order
    return found[::-1]


def timeline(story: "Story", pipeline: Pipeline) -> list[Content]:
    """One line an event: when, what, who; below it, why."""
    lines: list[Content] = []
    for entry in entries(story, pipeline):
        who = f"  {entry.by}" if entry.by else ""
        day = format.short_date(entry.at.date(), pipeline.today)
        lines.append(
            Content.assemble(
                Content.styled(f"{day:<12} ", "$muted"), entry.said, Content.styled(who, "$muted")
            )
        )
        if entry.because:
            lines.append(Content.styled(" " * 13 + quoted(entry.because), "$muted"))
    return lines or [nothing_yet()]


def nothing_yet() -> Content:
    """What stands where no history is known."""
    return Content.styled(_("Nothing is known yet. The next export will tell what has moved."), "$muted")


_SIGNS = {"open": "○", "kept": "✓", "broken": "✗"}
_STYLES = {"open": "", "kept": "$good", "broken": "$flag-high"}


def sorted_promises(story: "Story") -> list[Promise]:
    """What is open first, by date, then what became of the others."""
    return sorted(story.promises, key=lambda its: (its.state != "open", its.due or date.max))


def promised(promise: Promise, pipeline: Pipeline) -> tuple[Content, Content]:
    """A sign for what became of it, and who does what until when."""
    late = promise.is_late(pipeline.today)
    style = "$flag-high" if late else _STYLES[promise.state]
    who = promise.who or (_("buyer") if promise.kind == "commitment" else "")
    due = "" if promise.due is None else format.due(promise.due, pipeline.today)
    sign = symbol(Severity.HIGH) if late else _SIGNS[promise.state]
    parts: list[Content | str] = [promise.what]
    if who:
        parts.append(Content.styled(f"  {who}", "$muted"))
    if due and promise.state == "open":
        parts.append(Content.styled(f"  {due}", style or "$muted"))
    return Content.styled(sign, style), Content.assemble(*parts)


def _currency(story: "Story", pipeline: Pipeline) -> str:
    for entry in story.events:
        deal = pipeline.deals.get(entry.event.deal_id)
        if deal is not None and deal.currency:
            return deal.currency
    return pipeline.currency


def _sentence(entry: "StoryEvent", pipeline: Pipeline, currency: str) -> Content | None:
    event = entry.event
    if event.field in _QUIET:
        return None
    if event.field == CREATED:
        return Content(_("first seen here"))
    old, new = decode(event.field, event.old), decode(event.field, event.new)
    if event.field == "stage_id":
        return _arrow(_stage(old, pipeline), _stage(new, pipeline), bold=True)
    if event.field == "amount":
        return _arrow(_money(old, currency), _money(new, currency))
    if event.field == "close_date":
        was = old if isinstance(old, date) else None
        now = new if isinstance(new, date) else None
        said = _("close date")
        if is_push(was, now) and was and now:
            said = _("pushed by %(days)s") % {"days": format.days((now - was).days)}
            return Content.assemble(
                Content.styled(said, "$flag-medium"), "  ", _arrow(_day(was, pipeline), _day(now, pipeline))
            )
        return Content.assemble(said, "  ", _arrow(_day(was, pipeline), _day(now, pipeline)))
    if event.field == "levels":
        return _levels(str(old or ""), str(new or ""))
    if event.field == "accepted":
        return _rested(event.old or "", event.new or "", pipeline)
    label = _FIELDS.get(event.field)
    if label is None:
        return None
    return Content.assemble(
        _(label), "  ", _arrow(_plain(event.field, old, pipeline), _plain(event.field, new, pipeline))
    )


def _arrow(old: str, new: str, *, bold: bool = False) -> Content:
    after = Content.styled(new, "bold" if bold else "")
    return Content.assemble(f"{old} → ", after) if old else after


def _levels(old: str, new: str) -> Content | None:
    """Which qualification items are known better or worse than before: "Budget: unknown → stated by us"."""
    before, after = (levels_by_item(levels or NOTHING_KNOWN) for levels in (old, new))
    changes = [
        labelled(words.item(item), f"{words.level(was)} → {words.level(now)}")
        for item in {**before, **after}
        if (was := before.get(item, 0)) != (now := after.get(item, 0))
    ]
    return Content(" · ".join(changes)) if changes else None


def _rested(old: str, new: str, pipeline: Pipeline) -> Content | None:
    """Which flags were put to rest, until when or why, and which show again."""
    before, after = unpack(old), unpack(new)
    said = [_raised(flag) for flag in before if flag not in after]
    for flag, its in after.items():
        if before.get(flag) != its:
            said.append(rests(flag, its, pipeline))
    return Content(" · ".join(said)) if said else None


def _raised(flag: str) -> str:
    return _("“%(flag)s” shows again") % {"flag": title(flag)}


def _stage(value: object, pipeline: Pipeline) -> str:
    stage = pipeline.stages.get(value) if isinstance(value, int) else None
    return shown(stage.name) if stage else ""


def _money(value: object, currency: str) -> str:
    return format.money(value, currency) if isinstance(value, int) else _("unpriced")


def _day(value: date | None, pipeline: Pipeline) -> str:
    return _("no date") if value is None else format.short_date(value, pipeline.today)


def _plain(field: str, value: object, pipeline: Pipeline) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return format.short_date(value, pipeline.today)
    if isinstance(value, float):
        return format.percent(value)
    if field.endswith("_category"):
        return words.category(Category(str(value)))
    if field == "status":
        names = {
            "open": pgettext("status", "open"),
            "won": pgettext("status", "won"),
            "lost": pgettext("status", "lost"),
        }
        return names.get(str(value), str(value))
    return str(value)
