"""Where people here and the CRM disagree about a deal: both values, and which of them is to stand."""

from typing import TYPE_CHECKING, Literal

from textual.content import Content

from pipetui.app.deal.rows import Row, row
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.editing import Editor, name_of
from pipetui.app.importing import titles
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Settle
from pipetui.deals.errors import Problem
from pipetui.language import _, format, labelled
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.store.conflicts import Conflict


def row_of(conflict: "Conflict", deal: Deal, pipeline: Pipeline) -> Row:
    """The field, what it is here and what it is in the CRM."""
    ours, theirs = _sides(conflict, deal, pipeline)
    return row(
        ("conflict", conflict.field),
        Content.assemble(
            Content.styled(f"{_title(conflict.field)}  ", "bold"),
            Content.styled(_("here") + " ", "$muted"),
            ours,
            Content.styled("  " + _("in the CRM") + " ", "$muted"),
            theirs,
            Content.styled(f"  ({format.short_date(conflict.as_of.date(), pipeline.today)})", "$muted"),
        ),
        2,
        lead=Content.styled("!", "bold $flag-medium"),
    )


def _title(field: str) -> str:
    title = titles.of_deal(field)
    return title[:1].upper() + title[1:]


def _sides(conflict: "Conflict", deal: Deal, pipeline: Pipeline) -> tuple[str, str]:
    stages = {id_: stage.name for id_, stage in pipeline.stages.items()}
    currency = deal.currency or pipeline.currency
    ours, theirs = (
        titles.value(conflict.field, side, currency, stages, pipeline.today)
        for side in (conflict.ours, conflict.theirs)
    )
    return ours, theirs


async def settle(editor: Editor, deal: Deal, field: str) -> None:
    """Let one side stand."""
    from pipetui.store.conflicts import open_conflicts

    app = editor.app

    def read() -> "list[Conflict]":
        with app.session.store.reading() as run:
            return open_conflicts(run, [deal.id])

    try:
        found = [conflict for conflict in await app.off_the_loop(read) if conflict.field == field]
        if not found or app.pipeline is None:
            app.say(_("This is settled already."))
            return
        ours, theirs = _sides(found[0], deal, app.pipeline)
        title = _("%(deal)s, %(field)s: which one stands?")
        choices = [
            Choice("ours", labelled(_("here"), ours)),
            Choice("theirs", labelled(_("in the CRM"), theirs)),
        ]
        pick = Pick(title % {"deal": name_of(deal), "field": titles.of_deal(field)}, choices, is_short=True)
        pick.holds = True
        chosen = await app.push_screen_wait(pick)
        if chosen is None:
            return
        side: Literal["ours", "theirs"] = "ours" if chosen == "ours" else "theirs"
        said = f"{name_of(deal)} · {labelled(_title(field), ours if side == 'ours' else theirs)}"
        async with editor.turn:
            await editor.write([Settle(deal.id, field, side)], said)
    except Problem as problem:
        app.say(str(problem), severity="error")
