"""A deal for others: a paragraph for chat or mail, its plan of actions as a list or for a calendar."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.editing import name_of
from pipetui.app.writing import write_into_a_file
from pipetui.deals.deal import Deal
from pipetui.deals.errors import Problem
from pipetui.deals.promise import Promise
from pipetui.deals.text import fold
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.exchange.exporting.undertakings import Undertaking
    from pipetui.pipeline.pipeline import Pipeline


def copy_summary(app: "PipetuiApp", pipeline: "Pipeline", deal: Deal, promises: Sequence[Promise]) -> None:
    """Into the clipboard of the terminal, over SSH too."""
    from pipetui.exchange.exporting.paragraph import deal_in_a_paragraph

    app.copy_to_clipboard(deal_in_a_paragraph(deal, pipeline, promises))
    app.say(_("%(deal)s: the summary is in the clipboard.") % {"deal": name_of(deal)})


async def share_plan(app: "PipetuiApp", pipeline: "Pipeline", deal: Deal) -> None:
    """What both sides do by when: as Markdown to the clipboard or into a file, or for a calendar."""
    from pipetui.exchange.exporting.plan import plan_ics, plan_markdown
    from pipetui.exchange.exporting.undertakings import undertakings

    choices = [
        Choice("copy", _("Markdown, into the clipboard")),
        Choice("md", _("Markdown, into a file")),
        Choice("ics", _("for a calendar (iCalendar), into a file")),
    ]
    title = _("The plan of %(deal)s") % {"deal": name_of(deal)}
    pick = Pick(title, choices, is_short=True)
    pick.holds = True
    chosen = await app.push_screen_wait(pick)
    if chosen is None:
        return

    def read() -> "list[Undertaking]":
        with app.session.store.reading() as run:
            return undertakings(run, [deal])

    try:
        items = await app.off_the_loop(read)
    except Problem as problem:
        app.say(str(problem), severity="error")
        return
    if chosen == "copy":
        app.copy_to_clipboard(plan_markdown(deal, items, pipeline.today))
        app.say(_("%(deal)s: the plan is in the clipboard, as Markdown.") % {"deal": name_of(deal)})
        return
    if chosen == "ics" and not any(item.promise.due for item in items):
        app.say(_("Nothing in this plan has a date: a calendar would be empty."), severity="warning")
        return
    name = _("plan-%(deal)s") % {"deal": re.sub(r"\W+", "-", fold(deal.name)).strip("-")[:40] or deal.id}
    if chosen == "md":
        data = plan_markdown(deal, items, pipeline.today).encode()
    else:
        data = plan_ics(pipeline, deal, items, app.session.launch.clock)
    await write_into_a_file(app, _("Write the plan into"), f"{name}.{chosen}", data)
