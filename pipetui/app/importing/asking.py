"""What is asked about how files are read, one small dialog each; `None` for "never mind"."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipetui.app.board.cells import cut
from pipetui.app.dates import in_words
from pipetui.app.dialogs.form import FormDialog, Line, Read
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.dialogs.write import WriteDialog
from pipetui.app.importing import titles
from pipetui.app.importing.questions import Question
from pipetui.app.importing.review import preset_title
from pipetui.app.importing.work import Draft
from pipetui.app.questions import DAY
from pipetui.exchange.importing.matching import FIELDS
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.presets import PRESETS
from pipetui.language import _
from pipetui.query.typed import read_day

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

NONE: Final = ""
"""The choice of no column."""
NEW: Final = "new"
COLUMN: Final = "="
"""Before the label of a column, or the name of a field or source, in the value of its choice."""
AUTO: Final = "auto"
ENCODINGS: Final = (
    "utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "iso-8859-2", "iso-8859-15", "mac_roman", "cp850",
)  # fmt: skip


async def column(app: "PipetuiApp", draft: Draft, field: str) -> Options | None:
    """Which column a field is."""
    export = draft.export
    match = export.candidates.mapping.matches.get(field)
    taken = {its.column: name for name, its in export.candidates.mapping.matches.items()}
    choices = [Choice(NONE, _("not imported"))]
    for label in filter(None, export.candidates.header):
        used = taken.get(label)
        samples = draft.samples(label)
        detail = f"({titles.field(used)}) {samples}" if used and used != field else samples
        choices.append(Choice(f"{COLUMN}{label}", label, detail))
    title = _("Which column is “%(field)s”?") % {"field": titles.field(field)}
    current = f"{COLUMN}{match.column}" if match else NONE
    chosen = await app.push_screen_wait(Pick(title, choices, current=current, in_columns=True))
    return None if chosen is None else _mapped(draft.options, field, chosen.removeprefix(COLUMN))


async def field(app: "PipetuiApp", draft: Draft, label: str) -> Options | None:
    """Which field a column is that is not imported yet; those that have no column come first."""
    matches = draft.export.candidates.mapping.matches
    choices = [
        Choice(f"{COLUMN}{name}", titles.field(name), matches[name].column if name in matches else "")
        for name in sorted(FIELDS, key=lambda name: name in matches)
    ]
    title = _("Which field is the column “%(column)s”?") % {"column": cut(label, 60)}
    chosen = await app.push_screen_wait(Pick(title, choices, in_columns=True))
    return None if chosen is None else _mapped(draft.options, chosen.removeprefix(COLUMN), label)


def _mapped(options: Options, field: str, label: str) -> Options:
    # A column that is another field's is taken from it; that one is looked for anew.
    mapping = {name: its for name, its in options.mapping.items() if its != label or not label}
    return replace(options, mapping={**mapping, field: label})


async def answer(app: "PipetuiApp", question: Question, options: Options) -> Options | None:
    """How a value that reads both ways is meant."""
    choices = [Choice(its.option, its.shown, its.rule) for its in question.readings]
    title = _("%(column)s: what does “%(value)s” mean?") % {
        "column": question.column,
        "value": question.example,
    }
    chosen = await app.push_screen_wait(Pick(title, choices, is_short=True, in_columns=True))
    return None if chosen is None else _answered(options, question.about, chosen)


def _answered(options: Options, about: str, chosen: str) -> Options:
    if about == "dates":
        return replace(options, dates="dmy" if chosen == "dmy" else "mdy")
    return replace(options, decimal="," if chosen == "," else ".")


async def setting(app: "PipetuiApp", draft: Draft, name: str) -> Options | None:
    """Another source, preset, day, order, mark or encoding."""
    options = draft.options
    for question in draft.questions:
        if question.about == name:
            return await answer(app, question, options)
    if name == "source":
        return await _source(app, draft)
    if name == "as_of":
        return await _as_of(app, draft)
    if name == "preset":
        choices = [Choice(AUTO, _("recognise it")), *(Choice(its, preset_title(its)) for its in PRESETS)]
        dialog = Pick(_("Read it like"), choices, current=options.preset, is_short=True)
        chosen = await app.push_screen_wait(dialog)
        return None if chosen is None else replace(options, preset=chosen)
    if name == "encoding":
        choices = [Choice(AUTO, _("recognise it")), *(Choice(its, its) for its in ENCODINGS)]
        chosen = await app.push_screen_wait(Pick(_("Encoding"), choices, current=options.encoding or AUTO))
        return None if chosen is None else replace(options, encoding=None if chosen == AUTO else chosen)
    current: str | None
    if name == "dates":
        title, current = _("Dates that read both ways"), options.dates
        readings = [Choice("dmy", _("day first")), Choice("mdy", _("month first"))]
    else:
        title, current = _("Numbers that read both ways"), options.decimal
        readings = [Choice(",", _("a comma: 1 234,56")), Choice(".", _("a point: 1,234.56"))]
    chosen = await app.push_screen_wait(Pick(title, readings, current=current, is_short=True))
    return None if chosen is None else _answered(options, name, chosen)


async def _source(app: "PipetuiApp", draft: Draft) -> Options | None:
    """The source that the files come from: one that is known, or a new name."""
    from pipetui.store.reading import read_sources

    known = await app.off_the_loop(lambda: read_sources(app.session.store))
    choices = [Choice(f"{COLUMN}{name}", name, preset_title(facts.preset)) for name, facts in known.items()]
    choices.append(Choice(NEW, _("another one: write its name")))
    title = _("Which source are the files from?")
    dialog = Pick(title, choices, current=f"{COLUMN}{draft.source}", in_columns=True)
    chosen = await app.push_screen_wait(dialog)
    if chosen is None:
        return None
    if chosen != NEW:
        return replace(draft.options, source=chosen.removeprefix(COLUMN))
    name = await app.push_screen_wait(WriteDialog(_("What shall the source be called?"), draft.source))
    return replace(draft.options, source=name) if name else None


async def _as_of(app: "PipetuiApp", draft: Draft) -> Options | None:
    """The day on which the files were exported."""
    today = app.session.today

    def read(text: str) -> Read:
        day = read_day(text, today, past=True)
        if day is None:
            hint = _("such as 16/11, -2, mon")
            return Read(hint, _("This is no date: write it as 2026-11-30, 30/11 or -2 for two days ago."))
        problem = _("No export is of a day to come.") if day > today else ""
        return Read(in_words(day, today), problem)

    line = Line("", draft.export.as_of.at.date().isoformat(), read, width=DAY)
    answer = await app.push_screen_wait(FormDialog(_("On which day were the deals exported?"), [line]))
    return None if answer is None else replace(draft.options, as_of=read_day(answer[0], today, past=True))
