"""`pipetui undo` and `pipetui log`: take back what one did last, see what everybody did."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipetui.cli.usage import Command
from pipetui.language import _, labelled, ngettext, pgettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.store.engine import Store
    from pipetui.store.reading import BatchRecord

SEARCHED_DEALS: Final = 500
"""So many deals that a search finds by name are looked up; a text found in more of them says nothing."""


def register(app: typer.Typer) -> None:
    """Add the commands, with their help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Take back your own last import or edit. Nothing is deleted: the history keeps both."),
        epilog=_("Example: pipetui undo --yes"),
    )
    def undo(
        ctx: typer.Context,
        yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask."))] = False,
    ) -> None:
        with ctx.obj.store() as store:
            _undo(ctx.obj, store, sure=yes)

    @app.command(
        cls=Command,
        help=_("Print the audit trail: who did what, when and why. The newest comes first."),
        epilog=_("Example: pipetui log --search nordimat"),
    )
    def log(
        ctx: typer.Context,
        search: Annotated[
            str | None,
            typer.Option(
                "--search",
                metavar=_("TEXT"),
                help=_("Only what holds this text: people, reasons, sources, deals."),
            ),
        ] = None,
    ) -> None:
        with ctx.obj.store() as store:
            _log(ctx.obj, store, search)


def _undo(settings: "Globals", store: "Store", *, sure: bool) -> None:
    from pipetui.deals.errors import Problem
    from pipetui.store.reading import read_batches
    from pipetui.store.undoing import undo

    batches = {batch.id: batch for batch in read_batches(store)}
    last = next((batch for batch in batches.values() if _can_be_undone(batch, settings.user)), None)
    if last is None:
        raise Problem(_("There is nothing of yours to undo."))
    what = _what(last)
    if not sure and not _confirm(_("Undo %(what)s?") % {"what": what}):
        raise typer.Exit(1)
    undone = undo(store, by=settings.user, at=settings.clock.now())
    what, count = _what(batches[undone.batch_id]), len(undone.deal_ids)
    print(
        ngettext("Undone: %(what)s (%(n)d deal).", "Undone: %(what)s (%(n)d deals).", count)
        % {"what": what, "n": count}
    )


def _confirm(question: str) -> bool:
    """Whether somebody says yes, in the language in use or in English; anything else is a no."""
    from pipetui.deals.text import fold

    # Translators: the words for yes, the short one first.
    words = pgettext("answer", "y yes").split()
    choices = pgettext("answer", "[y/N]")
    said = typer.prompt(f"{question} {choices}", default="", show_default=False, prompt_suffix=" ", err=True)
    return fold(said) in {*words, "y", "yes"}


def _can_be_undone(batch: "BatchRecord", user: str) -> bool:
    """Whether it is one's own and did something; an edit without events wrote notes."""
    did = batch.kind == "edit" or (batch.kind == "import" and batch.events > 0)
    return did and batch.by == user and not batch.undone


def _what(batch: "BatchRecord") -> str:
    """A batch in a few words: "import of 22 Nov 14:05: crm"."""
    from pipetui.deals.text import clean
    from pipetui.language.format import moment

    head = _("%(kind)s of %(moment)s") % {
        "kind": _kind(batch),
        "moment": moment(batch.at, batch.at.date()),
    }
    about = " · ".join(clean(part) for part in (batch.source, batch.because) if part)
    return labelled(head, about) if about else head


def _kind(batch: "BatchRecord") -> str:
    """What a batch is called."""
    return {
        "import": pgettext("kind of change", "import"),
        "edit": pgettext("kind of change", "edit"),
        "undo": pgettext("kind of change", "undo"),
        "redo": pgettext("kind of change", "redo"),
    }[batch.kind]


def _log(settings: "Globals", store: "Store", search: str | None) -> None:
    from pipetui.cli.output import Column, table
    from pipetui.language.format import moment
    from pipetui.store.reading import read_batches

    batches = read_batches(store)
    if search:
        batches = _found(store, batches, search)
    if not batches:
        print(_("Nothing found.") if search else _("Nothing has happened yet."))
        return
    today = settings.clock.today()
    rows = [
        (
            str(batch.id),
            moment(batch.at, today),
            batch.by,
            _kind(batch),
            ngettext("%(n)d deal", "%(n)d deals", batch.deals) % {"n": batch.deals},
            " · ".join(part for part in (batch.source, batch.because, _fate(batch)) if part),
        )
        for batch in batches
    ]
    columns = (
        Column(right=True),
        Column(),
        Column(flexible=True),
        Column(),
        Column(right=True),
        Column(flexible=True),
    )
    for line in table(rows, columns):
        print(line)


def _fate(batch: "BatchRecord") -> str:
    if batch.undoes is not None:
        return _("takes back %(id)d") % {"id": batch.undoes}
    return _("undone") if batch.undone else ""


def _found(store: "Store", batches: Iterable["BatchRecord"], search: str) -> list["BatchRecord"]:
    from pipetui.deals.text import fold
    from pipetui.store.reading import read_board, read_story

    wanted = fold(search)
    deals = [
        deal.id
        for deal in read_board(store).deals
        if wanted in fold(deal.name) or wanted in fold(deal.account)
    ]
    touched: set[int] = set()
    if len(deals) <= SEARCHED_DEALS:
        for deal_id in deals:
            touched.update(entry.event.batch_id for entry in read_story(store, deal_id).events)
    return [
        batch
        for batch in batches
        if batch.id in touched
        or any(wanted in fold(text) for text in (batch.by, batch.because, batch.source, _kind(batch)))
    ]
