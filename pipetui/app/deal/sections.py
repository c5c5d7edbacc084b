"""What is said of a deal, section by section, for the panel beside the board and for the deal view."""

from textual.content import Content

from pipetui.app import words
from pipetui.app.board.cells import cut, width_of
from pipetui.app.deal.facts import facts as facts_of
from pipetui.app.marks import symbol, title
from pipetui.deals import qualification
from pipetui.deals.acceptance import Acceptance, accepted_now
from pipetui.deals.deal import Deal
from pipetui.language import _, format, ngettext, quoted
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.gates import is_met
from pipetui.signals.explaining import explain
from pipetui.signals.rules import settled_flags_of

MUTED = "$muted"
STAGE_WIDTH = 24
"""Cells that the stage takes at most in the title."""
ROOM_FOR_CENTS = 100
"""Width from which on the title tells the amount to the cent; the facts below always do."""


def heading(text: str) -> Content:
    """A section's title."""
    return Content.styled(text, "bold $primary")


def pairs(rows: list[tuple[str, str | Content]]) -> list[Content]:
    """Label and value, the labels aligned; rows without a value are left out."""
    rows = [(label, value) for label, value in rows if value]
    wide = max((width_of(label) for label, _value in rows), default=0) + 2
    return [
        Content.assemble(Content.styled(label + " " * (wide - width_of(label)), MUTED), value)
        for label, value in rows
    ]


def title_line(deal: Deal, pipeline: Pipeline, *, where: str, width: int) -> Content:
    """Name, account, amount, stage and close date in one line; a long name gives way, the facts do not.

    Args:
        deal: what it is about.
        pipeline: what the app knows.
        where: its place among others, at the right; "" for none.
        width: cells there are.
    """
    day = deal.close_date if deal.status == "open" else deal.settled_on
    facts = " — ".join(
        (
            amount(deal, short=width < ROOM_FOR_CENTS),
            cut(shown(pipeline.stages[deal.stage_id].name), STAGE_WIDTH),
            _("no date") if day is None else format.short_date(day, pipeline.today),
        )
    )
    where = f"   {where} " if where else " "
    room = max(0, width - width_of(facts) - width_of(where) - 4)
    account = cut(deal.account, max(room // 3, room - width_of(deal.name) - 3))
    account = f" · {account}" if account else ""
    name = cut(deal.name, room - width_of(account))
    gap = " " * (room - width_of(name) - width_of(account))
    return Content.assemble(
        " ",
        Content.styled(name, "bold"),
        Content.styled(account, MUTED),
        f" — {facts}{gap}",
        Content.styled(where, MUTED),
    )


def summary(deal: Deal, pipeline: Pipeline) -> list[Content]:
    """Name, who, how much, where: a line each."""
    who = " · ".join(part for part in (deal.account, deal.owner, deal.team) if part)
    return [
        Content.styled(deal.name, "bold"),
        Content.styled(who, MUTED),
        Content("  ".join(part for part in (amount(deal), category(deal)) if part)),
        Content(place(deal, pipeline)),
    ]


def amount(deal: Deal, *, short: bool = False) -> str:
    """The amount, exact unless it is to be short, or that there is none."""
    if deal.amount is None:
        return _("unpriced")
    return (format.short_money if short else format.money)(deal.amount, deal.currency)


def place(deal: Deal, pipeline: Pipeline) -> str:
    """The stage and how long the deal has been there."""
    stage = shown(pipeline.stages[deal.stage_id].name)
    if deal.stage_since is None or deal.status != "open":
        return stage
    days = (pipeline.today - deal.stage_since).days
    return _("%(stage)s, for %(days)s") % {
        "stage": stage,
        "days": ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
    }


def category(deal: Deal) -> str:
    """The category in force, in words; open deals without one are unclassified."""
    return (
        words.category(deal.category)
        if deal.category
        else (_("unclassified") if deal.status == "open" else "")
    )


def flags(deal: Deal, pipeline: Pipeline) -> list[Content]:
    """Each flag with its evidence, its threshold and what to do about it; then those that rest."""
    lines: list[Content] = []
    for flag in pipeline.flags_of(deal):
        said = explain(flag, deal, pipeline.context)
        style = f"$flag-{flag.severity}"
        name = Content.styled(f"{symbol(flag.severity)} {title(flag.name)}", f"bold {style}")
        lines.append(Content.assemble(name, f"  {said.evidence_text}"))
        lines.append(Content.styled(said.threshold_text, MUTED))
        lines.append(Content(f"→ {said.fix}"))
    if deal.accepted:
        resting = accepted_now(deal, pipeline.today)
        for flag in settled_flags_of(deal, pipeline.context):
            lines.append(Content.styled(f"· {rests(flag.name, resting[flag.name], pipeline)}", MUTED))
    return lines


def rests(flag: str, its: Acceptance, pipeline: Pipeline) -> str:
    """That a flag rests, until when and why."""
    said = _("“%(flag)s” rests") % {"flag": title(flag)}
    if its.until:
        day = format.short_date(its.until, pipeline.today)
        said = _("“%(flag)s” rests until %(day)s") % {"flag": title(flag), "day": day}
    return f"{said} ({quoted(its.reason)})" if its.reason else said


def next_step(deal: Deal, pipeline: Pipeline) -> Content:
    """What happens next, and when."""
    if deal.next_step_date is not None:
        when = format.due(deal.next_step_date, pipeline.today)
        late = deal.next_step_date < pipeline.today
        dated = Content.styled(when, "$flag-medium" if late else "")
    else:
        dated = Content.styled(_("no date"), MUTED)
    text = deal.next_step or (_("not said") if deal.next_step_date else "")
    if not text:
        return Content.styled(_("none"), MUTED)
    return Content.assemble(text, "  ", dated)


def facts(deal: Deal, pipeline: Pipeline) -> list[Content]:
    """What is known of a deal, label by label; its name stands elsewhere."""
    return pairs([(fact.label, fact.value) for fact in facts_of(deal, pipeline) if fact.field != "name"])


def qualified(deal: Deal, pipeline: Pipeline, texts: dict[str, str] | None = None) -> list[Content]:
    """Each qualification item with its level as dots; what this stage still wants is marked.

    With `texts` (the deal view) the level stands in words, too, and the text behind it below.
    """
    named = pipeline.described(deal.stage_id)
    required = dict(named.requires) if named and deal.status == "open" else {}
    names = {item.key: item.label for item in pipeline.profile_of(deal.stage_id).items}
    wide = max(width_of(name) for name in names.values()) + 2
    lines: list[Content] = []
    for item, name in names.items():
        level = qualification.level(deal.levels, item)
        wanted = required.get(item, 0)
        missing = level < wanted
        dots = "●" * level + "○" * (qualification.EVIDENCED - level)
        parts: list[Content | str] = [
            Content.styled(name + " " * (wide - width_of(name)), MUTED),
            Content.styled(dots, "$flag-medium" if missing else ("$good" if level else MUTED)),
        ]
        if missing:
            want = "●" * wanted if texts is None else words.level(wanted)
            parts.append(Content.styled("  " + _("wanted here: %(level)s") % {"level": want}, "$flag-medium"))
        elif texts is not None:
            parts.append(Content.styled(f"  {words.level(level)}", "" if level else MUTED))
        lines.append(Content.assemble(*parts))
        if texts and (text := texts.get(item)):
            lines.append(Content.styled(" " * wide + quoted(text), MUTED))
    return lines


def to_leave(deal: Deal, pipeline: Pipeline) -> list[Content]:
    """The exit criteria of the deal's stage, met or not."""
    named = pipeline.described(deal.stage_id)
    if named is None or deal.status != "open":
        return []
    lines = []
    for criterion in named.exit:
        met = is_met(criterion, deal)
        sign, style = {True: ("✓", "$good"), False: ("✗", "$flag-high"), None: ("?", "$flag-medium")}[met]
        lines.append(Content.assemble(Content.styled(sign, style), " ", shown(criterion.text)))
    return lines
