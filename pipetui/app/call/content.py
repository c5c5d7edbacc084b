"""What is said of the deal whose turn it is, the most telling first; labels stand in a column."""

from typing import TYPE_CHECKING

from textual.content import Content

from pipetui.app import words
from pipetui.app.call.desk import Desk
from pipetui.app.call.prompts import prompts
from pipetui.app.deal import sections
from pipetui.app.marks import symbol, title
from pipetui.app.sheet import BLANK, Paragraph
from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.forecast.calls.differing import differences
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.categories import category_of
from pipetui.forecast.wording import category_told, contradiction_told, difference_told
from pipetui.language import _, format, ngettext, quoted
from pipetui.signals.explaining import explain
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.store.reading import Story

MUTED = sections.MUTED
_NOTES = 2
"""Notes that are shown, the newest ones."""
_WIDEST_LABEL = 24
_SEPARATOR = " · "

Fact = tuple[Content, Content]
"""A label and what belongs to it."""


def about(desk: Desk, deal: Deal, story: "Story | None") -> list[Paragraph]:
    """The deal, its categories, what speaks against them, what is to be asked, what was answered.

    Args:
        desk: the call.
        deal: which one.
        story: its notes; `None` while they are not read.
    """
    facts = [*_categories(desk, deal), *_since(desk, deal), *_said(desk, deal)]
    warnings = [*_flags(desk, deal), *_gaps(desk, deal)]
    steps = [_fact(_("Next step"), sections.next_step(deal, desk.pipeline))]
    rows = [*facts, *warnings, *steps]
    indent = min(_WIDEST_LABEL, max(label.cell_length for label, _value in rows)) + 2
    return [
        *_head(desk, deal),
        BLANK,
        *_lead(facts, indent),
        *([BLANK, *_lead(warnings, indent)] if warnings else []),
        *_lead(steps, indent),
        BLANK,
        *_asked(desk, deal),
        *_notes(desk, deal, story),
    ]


def _head(desk: Desk, deal: Deal) -> list[Paragraph]:
    pipeline = desk.pipeline
    who = _SEPARATOR.join(part for part in (deal.account, deal.owner, deal.team) if part)
    when = _("no close date")
    if deal.close_date is not None:
        when = words.date_and_due(deal.close_date, pipeline.today)
    if times := deal.push_count:
        when += _SEPARATOR + ngettext("pushed %(n)d time", "pushed %(n)d times", times) % {"n": times}
    if deal.status == "open" and deal.close_date not in desk.background.period:
        when += _SEPARATOR + _("outside the period")
    where = when + _SEPARATOR + sections.place(deal, pipeline)
    if deal.status != "open":
        where = sections.place(deal, pipeline)
    return [
        Paragraph(Content.styled(deal.name, "bold"), right=sections.amount(deal)),
        Paragraph(Content.styled(who, MUTED)),
        Paragraph(Content(where)),
    ]


def _fact(label: str, value: Content | str) -> Fact:
    return Content.styled(label, MUTED), Content(value) if isinstance(value, str) else value


def _lead(facts: list[Fact], indent: int) -> list[Paragraph]:
    return [Paragraph(value, indent, lead=label) for label, value in facts]


def _categories(desk: Desk, deal: Deal) -> list[Fact]:
    rep, manager = category_of(deal, "rep"), deal.manager_category
    parts: list[Content | str] = [
        Content.styled(_("rep") + " ", MUTED),
        Content.styled(category_told(rep), "bold" if desk.side == "rep" else ""),
        Content.styled("   " + _("manager") + " ", MUTED),
        Content.styled(category_told(manager), "bold" if desk.side == "manager" else ""),
        Content.styled("   " + _("CRM") + " ", MUTED),
        category_told(deal.crm_category),
    ]
    found = [_fact(_("Category"), Content.assemble(*parts))]
    if past := desk.earlier(deal.id):
        told = " → ".join(category_told(its) for its in reversed(past))
        found.append(_fact(_("Last calls"), told))
    return found


def _since(desk: Desk, deal: Deal) -> list[Fact]:
    """What has changed since the last call that held the deal."""
    last, now = desk.last(deal.id), desk.sight(deal)
    if last is None or (call := desk.last_call(deal.id)) is None:
        return []
    today = desk.pipeline.today
    found = differences(last, now, desk.background.period, call.frozen_at.date())
    told = [difference_told(its, now.currency, today) for its in found]
    label = _("Since %(day)s") % {"day": format.short_date(call.frozen_at.date(), today)}
    return [_fact(label, _SEPARATOR.join(told) if told else Content.styled(_("nothing has changed"), MUTED))]


def _said(desk: Desk, deal: Deal) -> list[Fact]:
    """The reasons and the condition that stand in this call."""
    said, today = desk.said(deal.id), desk.pipeline.today
    found = []
    if said.reason:
        found.append(_fact(_("Why"), quoted(said.reason)))
    if said.override_reason:
        found.append(_fact(_("Manager: why"), quoted(said.override_reason)))
    if said.condition:
        due = format.due(said.condition_by, today) if said.condition_by else ""
        parts = (quoted(said.condition), due, said.condition_owner)
        found.append(_fact(_("Condition"), _SEPARATOR.join(part for part in parts if part)))
    return found


def _flags(desk: Desk, deal: Deal) -> list[Fact]:
    found = []
    for flag in desk.pipeline.flags_of(deal):
        if flag.name == "gate":  # told by the facts themselves, and for this very period
            continue
        said = explain(flag, deal, desk.pipeline.context)
        name = Content.styled(f"{symbol(flag.severity)} {title(flag.name)}", f"$flag-{flag.severity}")
        found.append((name, Content(said.evidence_text)))
    told = {flag.name for flag in desk.pipeline.flags_of(deal)}
    if against := [name for name in desk.sight(deal).contradictions if name not in told]:
        label = Content.styled(f"{symbol(Severity.HIGH)} {category_told(deal.category)}", "$flag-high")
        facts = _SEPARATOR.join(contradiction_told(name) for name in against)
        found.insert(0, (label, Content(_("although: %(facts)s") % {"facts": facts})))
    return found


def _gaps(desk: Desk, deal: Deal) -> list[Fact]:
    """What this stage wants to know and nobody knows, where the flag does not say so already."""
    pipeline = desk.pipeline
    named = pipeline.described(deal.stage_id)
    if named is None or any(flag.name == "weak" for flag in pipeline.flags_of(deal)):
        return []
    required = dict(named.requires)
    told = []
    for item in pipeline.profile_of(deal.stage_id).items:
        level, wanted = qualification.level(deal.levels, item.key), required.get(item.key, 0)
        if level < wanted:
            told.append(f"{item.label} {words.level(level)} → {words.level(wanted)}")
    return [_fact(_("Not known enough"), _SEPARATOR.join(told))] if told else []


def _asked(desk: Desk, deal: Deal) -> list[Paragraph]:
    """The prompts, and what was answered in this call."""
    category = category_of(deal, desk.side)
    found = [Paragraph(Content.styled("  ".join(prompts(category)), "bold $primary"))]
    note = desk.said(deal.id).note
    return found + [Paragraph(Content(f"▏{line}")) for line in note.split("\n") if line]


def _notes(desk: Desk, deal: Deal, story: "Story | None") -> list[Paragraph]:
    """What was answered in earlier calls, and written down elsewhere; the newest first."""
    today = desk.pipeline.today
    told: list[tuple[str, str]] = []
    last, call = desk.last(deal.id), desk.last_call(deal.id)
    if last is not None and call is not None:
        day = format.short_date(call.frozen_at.date(), today)
        told += [(day, text) for text in _spoken(last) if text]
    if story is not None:
        newest = sorted(story.notes, key=lambda note: note.at, reverse=True)[:_NOTES]
        told += [(f"{format.short_date(note.at.date(), today)}  {note.by}", note.text) for note in newest]
    lines: list[Paragraph] = []
    for when, text in told:
        lines += [Paragraph(Content.styled(when, MUTED)), Paragraph(Content(text), 2)]
    return [BLANK, Paragraph(sections.heading(_("Said before"))), *lines] if lines else []


def _spoken(last: CallEntry) -> tuple[str, ...]:
    """What was written in the last call, label and text."""
    said = last.said
    whys = (said.reason, said.override_reason, said.condition)
    return (*(quoted(text) for text in whys if text), said.note)


def beside(desk: Desk, deal: Deal, story: "Story | None") -> list[Paragraph]:
    """What a wide screen has room for besides: qualification, facts, history."""
    from pipetui.app.deal.story import timeline

    texts = story.texts if story else {}
    pipeline = desk.pipeline
    lines = [sections.heading(_("Qualification")), *sections.qualified(deal, pipeline, texts)]
    lines += [Content(""), sections.heading(_("Facts")), *sections.facts(deal, pipeline)]
    lines += [Content(""), sections.heading(_("History"))]
    lines += timeline(story, pipeline) if story else [Content.styled(_("reading …"), MUTED)]
    return [Paragraph(line) for line in lines]
