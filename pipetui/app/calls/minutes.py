"""The minutes of a frozen call: into the clipboard, or into a file."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.messages import CanType
from pipetui.app.writing import write_into_a_file
from pipetui.deals.errors import Problem
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.exchange.exporting.minutes.writing import Form


class Meant(NamedTuple):
    """Whose minutes."""

    call_id: int
    snapshot_id: str
    period: str
    """The name of the fiscal period."""
    day: date
    """On which it was frozen."""


async def copy_minutes(app: "PipetuiApp", meant: Meant) -> None:
    """As Markdown, into the clipboard of the terminal, over SSH too."""
    data = await _made(app, meant, "md")
    if data is not None:
        app.copy_to_clipboard(data.decode())
        app.say(_("The minutes are in the clipboard, as Markdown."))


async def write_minutes(app: "PipetuiApp", meant: Meant) -> None:
    """Into a file, in the form that is picked."""
    choices = [
        Choice("md", "Markdown", _("for chat, mail, a wiki")),
        Choice("html", "HTML", _("one page, to be printed or sent")),
        Choice("csv", "CSV", _("a row a deal, for a spreadsheet")),
    ]
    pick = Pick(_("Write the minutes as"), choices, is_short=True, in_columns=True)
    pick.holds = True
    try:
        form = await app.push_screen_wait(pick)
        if form is None:
            return
        data = await _made(app, meant, form)  # type: ignore[arg-type]
        if data is not None:
            name = _("minutes-%(period)s-%(day)s") % {
                "period": meant.period,
                "day": meant.day.isoformat(),
            }
            await write_into_a_file(app, _("Write the minutes into"), f"{name}.{form}", data)
    finally:
        app.post_message(CanType())


async def _made(app: "PipetuiApp", meant: Meant, form: "Form") -> bytes | None:
    """The minutes in a form; `None` if that failed, which is said."""
    pipeline, session = app.pipeline, app.session
    if pipeline is None:
        return None

    def make() -> bytes:
        from pipetui.exchange.exporting.minutes.writing import content
        from pipetui.pipeline.outlook_minutes import minutes_of

        at = session.launch.clock.now()
        its = minutes_of(session.store, pipeline, meant.call_id, meant.snapshot_id, at=at)
        return content(its, form)

    try:
        return await app.off_the_loop(make)
    except Problem as problem:
        app.say(str(problem), severity="error")
        return None
