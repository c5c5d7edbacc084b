"""What is said of the deal that is to be decided about: why it stands here, what is next, what is known."""

from typing import TYPE_CHECKING

from textual.content import Content

from pipetui.app import words
from pipetui.app.deal import sections
from pipetui.app.marks import symbol, title
from pipetui.app.sheet import BLANK, Paragraph
from pipetui.cleanup.queue import MISSING
from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.language import _, format, labelled, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.explaining import explain

if TYPE_CHECKING:
    from pipetui.store.reading import Story

MUTED = sections.MUTED
NOTES = 2
"""Notes that are shown, the newest ones."""


def about(
    deal: Deal, pipeline: Pipeline, why: str, story: "Story | None", *, with_fixes: bool
) -> list[Paragraph]:
    """Everything that speaks for a decision, the most telling first.

    Args:
        deal: which.
        pipeline: what is known.
        why: for what it stands in the queue.
        story: its history and notes; `None` while they are not read.
        with_fixes: whether there is room to say what usually helps.
    """
    found = [*_head(deal, pipeline), BLANK]
    if why == MISSING:
        found += _missing(deal)
    found += _flags(deal, pipeline, with_fixes=with_fixes)
    found.append(_pair(_("Next step"), sections.next_step(deal, pipeline)))
    if gaps := _gaps(deal, pipeline):
        found += [BLANK, Paragraph(sections.heading(_("Not known enough"))), *gaps]
    if story is not None and story.notes:
        found += [BLANK, Paragraph(sections.heading(_("Last notes")))]
        for note in sorted(story.notes, key=lambda note: note.at, reverse=True)[:NOTES]:
            when = f"{format.moment(note.at, pipeline.today)}  {note.by}"
            found += [Paragraph(Content.styled(when, MUTED)), Paragraph(Content(note.text), 2)]
    return found


def _head(deal: Deal, pipeline: Pipeline) -> list[Paragraph]:
    who = " · ".join(part for part in (deal.account, deal.owner) if part)
    where = [sections.place(deal, pipeline), sections.category(deal)]
    when = []
    if deal.close_date is not None:
        due = words.date_and_due(deal.close_date, pipeline.today)
        when.append(labelled(_("Expected close"), due))
    if times := deal.push_count:
        when.append(ngettext("pushed %(n)d time", "pushed %(n)d times", times) % {"n": times})
    return [
        Paragraph(Content.styled(deal.name, "bold"), right=sections.amount(deal)),
        Paragraph(Content.styled(who, MUTED)),
        Paragraph(Content(" · ".join(part for part in where if part))),
        *([Paragraph(Content(" · ".join(when)))] if when else []),
    ]


def _missing(deal: Deal) -> list[Paragraph]:
    since = "" if deal.missing_since is None else words.full_date(deal.missing_since)
    return [
        Paragraph(Content.styled(_("? not in the export"), "bold $flag-medium")),
        Paragraph(Content(_("Not in the export of %(day)s, nor since.") % {"day": since}), 2),
        Paragraph(Content(_("Was it won or lost, or is it still open?")), 2),
        BLANK,
    ]


def _flags(deal: Deal, pipeline: Pipeline, *, with_fixes: bool) -> list[Paragraph]:
    found: list[Paragraph] = []
    for flag in pipeline.flags_of(deal):
        said = explain(flag, deal, pipeline.context)
        name = f"{symbol(flag.severity)} {title(flag.name)}"
        found += [
            Paragraph(Content.styled(name, f"bold $flag-{flag.severity}")),
            Paragraph(Content(said.evidence_text), 2),
            Paragraph(Content.styled(said.threshold_text, MUTED), 2),
        ]
        if with_fixes:
            found.append(Paragraph(Content(f"→ {said.fix}"), 2))
    return [*found, BLANK] if found else []


def _pair(label: str, value: Content) -> Paragraph:
    return Paragraph(Content.assemble(Content.styled(f"{label}  ", MUTED), value))


def _gaps(deal: Deal, pipeline: Pipeline) -> list[Paragraph]:
    """The qualification items below the level that this stage wants."""
    named = pipeline.described(deal.stage_id)
    if named is None:
        return []
    found = []
    required = dict(named.requires)
    for item in pipeline.profile_of(deal.stage_id).items:
        level, wanted = qualification.level(deal.levels, item.key), required.get(item.key, 0)
        if level < wanted:
            dots = "●" * level + "○" * (qualification.EVIDENCED - level)
            said = _("%(level)s, wanted here: %(wanted)s") % {
                "level": words.level(level),
                "wanted": words.level(wanted),
            }
            name = Content.assemble(Content.styled(f"{dots} ", "$flag-medium"), item.label)
            found += [Paragraph(name), Paragraph(Content(said), 4)]
    return found


def beside(deal: Deal, pipeline: Pipeline, story: "Story | None") -> list[Paragraph]:
    """What a wide screen has room for besides: facts, qualification, history."""
    from pipetui.app.deal.story import timeline

    texts = story.texts if story else {}
    lines = [sections.heading(_("Facts")), *sections.facts(deal, pipeline), Content("")]
    lines += [sections.heading(_("Qualification")), *sections.qualified(deal, pipeline, texts)]
    if leave := sections.to_leave(deal, pipeline):
        lines += [Content(""), sections.heading(_("To leave this stage")), *leave]
    lines += [Content(""), sections.heading(_("History"))]
    lines += timeline(story, pipeline) if story else [Content.styled(_("reading …"), MUTED)]
    return [Paragraph(line) for line in lines]
