"""What is said, and offered, once the first cards of a store are painted."""

from typing import TYPE_CHECKING

from pipetui.app.memory import Memory
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


def greet(app: "PipetuiApp", pipeline: Pipeline, memory: Memory) -> None:
    """Say what the flags cannot tell, or offer ways to get deals where there are none."""
    session = app.session
    app.run_job(lambda: session.make_ready(pipeline))
    if session.store.is_read_only:
        said = _("The store “%(name)s” is read-only: look around, changes are refused.")
        app.say_later(said % {"name": app.store_name}, severity="warning")
    if not pipeline.deals:
        app.run_worker(_welcome(app))
    elif not memory.number("noticed", 0):  # once a store, not every morning
        from pipetui.signals.notices import notices

        for notice in notices(pipeline.context, pipeline.deals.values())[:1]:
            app.say_later(notice)
        memory.note(noticed=1)
        app.run_job(memory.save)


async def _welcome(app: "PipetuiApp") -> None:
    """Ask where deals are to come from; who comes back from an import without any is asked again."""
    from pipetui.app.welcome import WelcomeScreen

    way = await app.push_screen_wait(WelcomeScreen())
    if way == "demo":
        app.show_demo()
    elif way == "import":

        def back(_result: None) -> None:
            if app.pipeline is not None and not app.pipeline.deals:
                app.run_worker(_welcome(app))

        app.show_imports("files", back)
