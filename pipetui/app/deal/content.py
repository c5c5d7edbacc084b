"""All that is said of a deal, section by section, in rows that one can go to and act on."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pipetui.app.board.cells import width_of
from pipetui.app.deal import conflicts as disputed
from pipetui.app.deal import markdown, pushes, sections
from pipetui.app.deal import story as told
from pipetui.app.deal.facts import MUTED
from pipetui.app.deal.facts import facts as facts_of
from pipetui.app.deal.rows import Row, Section, paragraph, row
from pipetui.app.marks import symbol, title
from pipetui.app.sheet import Paragraph
from pipetui.deals import qualification
from pipetui.deals.acceptance import accepted_now
from pipetui.deals.deal import Deal
from pipetui.language import _, format, ngettext, quoted
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.explaining import explain
from pipetui.signals.rules import settled_flags_of

if TYPE_CHECKING:
    from pipetui.store.conflicts import Conflict
    from pipetui.store.reading import Note, Story

KeyOf = Callable[[str], str]
"""The key of a command, by the command's id."""

GIVEN: Final = frozenset({"probability", "last_activity", "id"})
"""Facts that come from the CRM and are not edited here."""
LINES: Final = 8
"""Lines of a note that are shown; its row leads to the rest."""
DAY: Final = 13
"""Cells of the day in the history."""


def facts(deal: Deal, pipeline: Pipeline, read: "Story | None") -> list[Section]:
    """What is the case, and how well it is known.

    The words behind the levels come once they are read; their lines are there before.
    """
    found = [_facts(deal, pipeline), _qualification(deal, pipeline, read)]
    if leave := sections.to_leave(deal, pipeline):
        found.append(Section("leave", _("To leave this stage"), [row(None, line) for line in leave]))
    return found


def story(
    deal: Deal,
    pipeline: Pipeline,
    read: "Story | None",
    conflicts: "Sequence[Conflict]",
    *,
    key_of: KeyOf,
    width: int,
) -> list[Section]:
    """What has to be read first: conflicts, commitments and actions; at the end history and notes.

    Args:
        deal: whose.
        pipeline: what the app knows.
        read: its history; `None` while it is not read.
        conflicts: where people here and the CRM disagree.
        key_of: the keys of commands.
        width: cells of a column.
    """
    if read is None:
        reading = [row(None, Content.styled(_("reading …"), MUTED))]
        return [Section("promises", _("Commitments and actions"), reading)]
    found = []
    if conflicts:
        rows = [disputed.row_of(conflict, deal, pipeline) for conflict in conflicts]
        found.append(Section("conflicts", _("Conflicts with the CRM"), rows, _("enter settles it")))
    found += [
        _promises(deal, pipeline, read, key_of),
        _history(pipeline, read, width),
        _notes(pipeline, read, key_of),
    ]
    return found


def flags(deal: Deal, pipeline: Pipeline) -> Section:
    """What speaks against the deal, why, and what to do about it."""
    rows: list[Row] = []
    for flag in pipeline.flags_of(deal):
        said = explain(flag, deal, pipeline.context)
        style = f"bold $flag-{flag.severity}"
        name = Content.assemble(Content.styled(title(flag.name), style), f"  {said.evidence_text}")
        lines = [
            paragraph(name, 2, lead=Content.styled(symbol(flag.severity), style)),
            paragraph(Content.styled(said.threshold_text, MUTED), 2),
            paragraph(f"→ {said.fix}", 2),
        ]
        rows.append(Row(("flag", flag.name), lines))
    if deal.accepted:
        resting = accepted_now(deal, pipeline.today)
        for flag in settled_flags_of(deal, pipeline.context):
            text = Content.styled(sections.rests(flag.name, resting[flag.name], pipeline), MUTED)
            rows.append(row(("resting", flag.name), text, 2, lead=Content.styled("·", MUTED)))
    if not rows:
        well = (
            _("Nothing speaks against this deal.") if deal.status == "open" else _("It is closed: no flags.")
        )
        rows = [row(None, well, 2, lead=Content.styled("✓", "$good"))]
    return Section("flags", _("Flags"), rows, _("enter lets it rest"))


def _facts(deal: Deal, pipeline: Pipeline) -> Section:
    known = [fact for fact in facts_of(deal, pipeline) if fact.value.plain or fact.field not in GIVEN]
    wide = max(width_of(fact.label) for fact in known) + 2
    rows = []
    for fact in known:
        value = fact.value if fact.value.plain else Content.styled("–", MUTED)
        lines = [paragraph(value, wide, lead=Content.styled(fact.label, MUTED))]
        rows.append(Row(("fact", fact.field), lines, fact.label, wide))
    return Section("facts", _("Facts"), rows, _("enter edits it here"))


def _qualification(deal: Deal, pipeline: Pipeline, read: "Story | None") -> Section:
    items = pipeline.profile_of(deal.stage_id).keys
    if read is None:
        texts = {item: "…" for item in items if qualification.level(deal.levels, item)}
    else:
        texts = read.texts
    groups: list[list[Content]] = []
    for line in sections.qualified(deal, pipeline, texts):
        if line.plain.startswith(" "):  # the words, below their item
            groups[-1].append(line)
        else:
            groups.append([line])
    rows = []
    for item, group in zip(items, groups, strict=True):
        name = group[0].plain
        dots = next((at for at, sign in enumerate(name) if sign in "●○"), 0)
        rows.append(_item(item, group, name[:dots]))
    hint = _("0 1 2 3 say how well · enter the words") if deal.status == "open" else ""
    return Section("qualification", _("Qualification"), rows, hint)


def _item(item: str, group: Sequence[Content], label: str) -> Row:
    wide = width_of(label)
    lines: list[Paragraph] = []
    for line in group:
        hang = len(line.plain) - len(line.plain.lstrip(" "))
        lines.append(paragraph(line[hang:] if hang else line, hang))
    return Row(("item", item), lines, label.rstrip(), wide)


def _promises(deal: Deal, pipeline: Pipeline, read: "Story", key_of: KeyOf) -> Section:
    rows = []
    for promise in told.sorted_promises(read):
        sign, text = told.promised(promise, pipeline)
        rows.append(row(("promise", str(promise.thread)), text, 2, lead=sign))
    if not rows:
        said = _("None yet.")
        if deal.status == "open":
            said = _("None yet. %(b)s writes down what the buyer promised, %(t)s what we do.") % {
                "b": key_of("deal.commitment"),
                "t": key_of("deal.action"),
            }
        rows = [row(None, Content.styled(said, MUTED))]
    return Section("promises", _("Commitments and actions"), rows, _("enter says what became of it"))


def _history(pipeline: Pipeline, read: "Story", width: int) -> Section:
    rows: list[Row] = []
    dates = pushes.close_dates(read)
    if len(dates) > 1:
        lines = pushes.drawing(dates, pipeline.today, width - 6)
        rows.append(Row(None, [*lines, paragraph("")]))
    for entry in told.entries(read, pipeline, with_notes=True):
        who = Content.styled(f"  {entry.by}" if entry.by else "", MUTED)
        day = format.short_date(entry.at.date(), pipeline.today)
        lines = [paragraph(Content.assemble(entry.said, who), DAY, lead=Content.styled(day, MUTED))]
        if entry.because:
            lines.append(paragraph(Content.styled(quoted(entry.because), MUTED), DAY))
        rows.append(Row(("event", entry.id), lines))
    return Section("history", _("History"), rows or [row(None, told.nothing_yet())])


def _notes(pipeline: Pipeline, read: "Story", key_of: KeyOf) -> Section:
    rows: list[Row] = []
    for number, note in sorted(enumerate(read.notes), key=lambda pair: pair[1].at, reverse=True):
        rows.append(Row(("note", str(number)), _shortened(note_head(note, pipeline), note.text)))
    if read.description:
        head = Content.styled(_("From the CRM:"), MUTED)
        rows.append(Row(("note", "crm"), _shortened(head, read.description)))
    if not rows:
        said = _("No notes. %(n)s writes one, %(e)s a longer one in your editor.")
        said %= {"n": key_of("deal.note"), "e": key_of("deal.note_outside")}
        rows = [row(None, Content.styled(said, MUTED))]
    return Section("notes", _("Notes"), rows, _("enter shows all of it"))


def note_head(note: "Note", pipeline: Pipeline) -> Content:
    """When a note was written, and by whom."""
    return Content.styled(f"{format.moment(note.at, pipeline.today)}  {note.by}", MUTED)


def _shortened(head: Content, text: str) -> list[Paragraph]:
    lines = markdown.paragraphs(text)
    if rest := len(lines[LINES:]):
        more = ngettext("… %(n)d more line", "… %(n)d more lines", rest) % {"n": rest}
        lines[LINES:] = [paragraph(Content.styled(more, MUTED))]
    return [paragraph(head), *lines]
