"""The words around the queue: how far one is, which part is shown, and what is said when nothing is left."""

from collections import Counter
from typing import Final

from textual.content import Content

from pipetui.app.cleanup.listing import heading
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.cleanup.progress import Progress
from pipetui.cleanup.queue import MISSING, Wanted
from pipetui.language import _, format, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import SEVERITIES

BAR: Final = 12
"""Cells of the bar."""


def progress(found: Progress, currency: str, wanted: Wanted) -> list[Content]:
    """Part by part, the most telling first."""
    done, of = format.number(found.done), format.number(found.of)
    filled = BAR if not found.left else min(BAR - 1, BAR * found.done // max(1, found.of))
    parts = [
        Content.assemble(
            Content.styled(_("%(done)s of %(of)s") % {"done": done, "of": of}, "bold"),
            " ",
            Content.styled("█" * filled, "$good"),
            Content.styled("░" * (BAR - filled), "$muted"),
        )
    ]
    if wanted.what is not None:
        parts.insert(0, Content.styled(heading(wanted.what), "$match"))
    if wanted.owner is not None:
        parts.insert(0, Content.styled(wanted.owner or _("unassigned"), "$match"))
    if found.now is not None:
        now = format.percent(found.now)
        if found.before is not None and format.percent(found.before) != now:
            now = f"{format.percent(found.before)} → {now}"
        parts.append(Content(_("hygiene %(score)s") % {"score": now}))
    if found.removed:
        amount = format.short_money(-found.removed_amount, currency)
        parts.append(Content(_("%(amount)s out of the pipeline") % {"amount": amount}))
    return parts


def nothing(found: Progress | None, *, is_part: bool) -> Content:
    """What stands where a deal would."""
    if is_part:
        return Content(_("Nothing in this part of the queue. esc shows all of it."))
    if found is not None and found.done:
        said = ngettext("%(n)s deal settled, none is left.", "%(n)s deals settled, none is left.", found.done)
        lines = [
            Content.assemble(Content.styled("✓ ", "$good"), said % {"n": format.number(found.done)}),
            Content.styled(_("S shows what was decided, and who has to do what."), "$muted"),
        ]
    else:
        lines = [
            Content.assemble(Content.styled("✓ ", "$good"), _("No flag: nothing here to clean up.")),
            Content.styled(
                _("Deals would stand here that stall, are overdue, lack a next step or are badly known,"),
                "$muted",
            ),
            Content.styled(_("and those that the newest export does not hold any more."), "$muted"),
        ]
    return Content("\n").join(lines)


def flags(pipeline: Pipeline, current: str | None) -> Pick:
    """Which of the flags that there are is looked at; "" for all of them."""
    counts = Counter(flag.name for its in pipeline.flags.values() for flag in its)
    missing = sum(
        deal.missing_since is not None and deal.status == "open" for deal in pipeline.deals.values()
    )
    counts[MISSING] = missing
    choices = [Choice("", _("everything"))]
    choices += [
        Choice(what, heading(what), format.number(counts[what]))
        for what in (*SEVERITIES, MISSING)
        if counts[what]
    ]
    return Pick(_("Show the deals with"), choices, current=current or "", is_short=True)
