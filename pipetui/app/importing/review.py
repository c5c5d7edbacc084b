"""How the files are read: which column is which field and why, what the first rows become."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pipetui.app import marks
from pipetui.app.board.cells import cut, width_of
from pipetui.app.commands import REVIEW, bindings
from pipetui.app.flow import Flow
from pipetui.app.importing import titles
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.questions import Question
from pipetui.app.importing.rows import BLANK, Cell, Heading, Sentence, line_of
from pipetui.app.importing.step import Step
from pipetui.app.importing.work import Draft, values_of
from pipetui.exchange.importing.exports import Export
from pipetui.exchange.importing.matching import FIELDS, Match
from pipetui.exchange.importing.presets import PRESETS
from pipetui.exchange.importing.reading import SHEET
from pipetui.language import N_, _, format, labelled, ngettext, quoted
from pipetui.signals.flag import Severity

SAMPLED = 6
"""Most rows of the export that are shown as they will be read."""
SAMPLE = 20
"""Cells of a sample."""
NARROW = 100
"""Cells below which names and columns are cut sooner."""

Setting = Literal["source", "preset", "as_of", "dates", "decimal", "encoding"]

_ASKED_HERE = ("--dates", "--decimal")

_HOWS = {
    "map": N_("by hand"),
    "remembered": N_("as last time"),
    "preset": N_("known label"),
    "label": N_("known label"),
}


class Wish(NamedTuple):
    """The answer: go on, or change something first."""

    what: Literal["go on", "column", "field", "setting", "leave out"]
    name: str = ""
    """The field, the column that has none, or the setting."""


class SettingRow(NamedTuple):
    """Something that holds for the whole file."""

    name: Setting
    title: str
    told: str
    why: str
    is_open: bool = False
    """Whether it is to be asked."""
    wide: int = 0
    """Cells of what holds, so that all such rows stand below each other."""

    @property
    def can_rest(self) -> bool:
        """It can be changed."""
        return True

    @property
    def detail(self) -> str:
        """All of it."""
        told = labelled(self.title, self.told)
        return f"{told} · {self.why}" if self.why else told

    def paint(self, width: int) -> Content:
        """Title, what holds, why."""
        sign = marks.symbol(Severity.MEDIUM) if self.is_open else " "
        mark = Content.styled(f"{sign} ", "$flag-medium")
        cells = [
            Cell(self.title, _named(width), "$muted"),
            Cell(self.told, min(self.wide, 40 if width >= NARROW else 33)),
            Cell(self.why, 0, "$muted"),
        ]
        return Content.assemble(mark, line_of(cells, width - 2))


class FieldRow(NamedTuple):
    """A field and its column, with the first rows as they will be read."""

    name: str
    match: Match | None
    samples: tuple[str, ...] = ()

    @property
    def can_rest(self) -> bool:
        """It can be changed."""
        return True

    @property
    def how(self) -> str:
        """How the column was found."""
        if self.match is None:
            return ""
        if self.match.how == "guess":
            return _("guess, %(percent)s") % {"percent": format.percent(self.match.score)}
        return _(_HOWS[self.match.how])

    @property
    def detail(self) -> str:
        """All of it."""
        title = titles.field(self.name)
        if self.match is None:
            return _("%(field)s: not imported; space gives it a column") % {"field": title}
        told = f"{title} ← {quoted(self.match.column)} · {self.how}"
        found = " · ".join(dict.fromkeys(filter(None, self.samples)))
        return f"{told} · {found}" if found else told

    def paint(self, width: int) -> Content:
        """Field ← column, how, samples."""
        is_guess = self.match is not None and self.match.how == "guess"
        sign = marks.symbol(Severity.MEDIUM) if is_guess else " "
        mark = Content.styled(f"{sign} ", "$flag-medium")
        if self.match is None:
            cells = [
                Cell(titles.field(self.name), _named(width), "$muted"),
                Cell(_("not imported"), 0, "$muted"),
            ]
            return Content.assemble(mark, line_of(cells, width - 2))
        cells = [
            Cell(titles.field(self.name), _named(width)),
            Cell(f"← {self.match.column}", 20 if width < NARROW else 30),
            Cell(self.how, 13, "$flag-medium" if is_guess else "$muted"),
            *(Cell(sample, SAMPLE) for sample in self.samples[: _fitting(width)]),
        ]
        return Content.assemble(mark, line_of(cells, width - 2))


class ColumnRow(NamedTuple):
    """A column of the file that is no field."""

    label: str
    samples: str

    @property
    def can_rest(self) -> bool:
        """It can be made a field."""
        return True

    @property
    def detail(self) -> str:
        """All of it."""
        told = _("%(column)s: not imported; space makes it a field") % {"column": self.label}
        return f"{told} · {self.samples}" if self.samples else told

    def paint(self, width: int) -> Content:
        """Column, what it holds."""
        wide = _named(width) + (20 if width < NARROW else 30) + 2
        cells = [Cell(self.label, wide, "$muted"), Cell(self.samples, 0, "$muted")]
        return Content.assemble("  ", line_of(cells, width - 2))


class _SampleHeading(NamedTuple):
    """What the columns of samples are."""

    lines: tuple[int, ...]
    can_rest: bool = False

    def paint(self, width: int) -> Content:
        """The lines of the file that the samples are from."""
        cells = [
            Cell(_("Field"), _named(width)),
            Cell(_("← column of the file"), 20 if width < NARROW else 30),
            Cell("", 13),
            *(Cell(_("line %(n)d") % {"n": line}, SAMPLE) for line in self.lines[: _fitting(width)]),
        ]
        return Content.assemble("  ", line_of([cell._replace(style="bold") for cell in cells], width - 2))


def _named(width: int) -> int:
    """Cells of a field's name."""
    return 18 if width < NARROW else 24


def _fitting(width: int) -> int:
    """How many samples fit beside a field and its column."""
    taken = 2 + _named(width) + (20 if width < NARROW else 30) + 13 + 3 * 2
    return max(1, min(SAMPLED, (width - taken + 2) // (SAMPLE + 2)))


class ReviewStep(Step[Wish]):
    """What was recognised; every line can be changed before anything is compared."""

    PLACE = REVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)

    def __init__(self, draft: Draft, today: date, *, about: str = "", problem: str = "") -> None:
        super().__init__(title_of(draft), 1)
        self._draft = draft
        self._today = today
        self._begin = about
        self._problem = problem

    def about_after(self, wish: Wish) -> str:
        """What to come back to after a wish: where the cursor is, or beside the field left out there."""
        lines, rows = self.query_one(Lines), self._rows()
        if wish.what == "leave out":
            for beside in (lines.cursor + 1, lines.cursor - 1):
                if isinstance(row := rows[beside], FieldRow) and row.match is not None:
                    return _about(row)
        return _about(lines.current)

    def compose_body(self) -> ComposeResult:
        """What it was recognised as, the list, all of the row under the cursor."""
        yield Static(Content(_recognised(self._draft)), id="headline")
        rows = self._rows()
        yield Lines(rows, next((at for at, row in enumerate(rows) if _about(row) == self._begin), 0))
        yield Static("", id="detail")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(Lines).focus()
        self._tell()

    @on(Lines.Moved)
    def _tell(self) -> None:
        detail = self.query_one("#detail", Static)
        if self._problem:
            detail.update(Content.styled(self._problem, "$flag-high"))
            self._problem = ""
            return
        row = self.query_one(Lines).current
        detail.update(Flow.of(getattr(row, "detail", "")))

    @on(Lines.Chosen)
    def action_change(self) -> None:
        """Change what the cursor is at."""
        row = self.query_one(Lines).current
        if isinstance(row, FieldRow):
            self.finish(Wish("column", row.name))
        elif isinstance(row, ColumnRow):
            self.finish(Wish("field", row.label))
        elif isinstance(row, SettingRow):
            self.finish(Wish("setting", row.name))

    def action_leave_out(self) -> None:
        """Do not import the field that the cursor is at."""
        row = self.query_one(Lines).current
        if isinstance(row, FieldRow) and row.match is not None:
            self.finish(Wish("leave out", row.name))

    def action_go_on(self) -> None:
        """Compare with the store."""
        self.finish(Wish("go on"))

    def _rows(self) -> list[Row]:
        draft = self._draft
        rows: list[Row] = [*_settings(draft)]
        if warnings := told_once(_beyond_questions(draft.warnings)):
            rows += [BLANK, Heading(_("Warnings")), *warnings]
        export = draft.export
        indexes = range(min(SAMPLED, len(export.candidates.keys)))
        matches = export.candidates.mapping.columns()
        found = export.candidates.mapping.matches
        rows += [BLANK, _SampleHeading(tuple(export.candidates.lines[index] for index in indexes))]
        rows += [
            FieldRow(
                name,
                found[name],
                tuple(_sample(export, name, index, self._today) for index in indexes),
            )
            for name in FIELDS
            if name in matches
        ]
        used = {match.column for match in found.values()}
        if unused := [label for label in export.candidates.header if label and label not in used]:
            rows += [BLANK, Heading(_("Columns that are not imported"))]
            rows += [ColumnRow(label, draft.samples(label)) for label in unused]
        if empty := [name for name in FIELDS if name not in matches]:
            rows += [BLANK, Heading(_("Fields without a column")), *(FieldRow(name, None) for name in empty)]
        return rows


def _about(row: Row | None) -> str:
    """What is asked about in a row; the same when it stands elsewhere after an answer."""
    if isinstance(row, ColumnRow):
        return f"column {row.label}"
    return row.name if isinstance(row, FieldRow | SettingRow) else "-"


def _beyond_questions(warnings: Sequence[str]) -> list[str]:
    """The warnings, without those that name an option of the command line for what is asked here."""
    return [warning for warning in warnings if not any(option in warning for option in _ASKED_HERE)]


def told_once(warnings: Sequence[str]) -> list[Sentence]:
    """Each warning once, with how often it was told."""
    return [
        Sentence(f"{times} × {text}" if times > 1 else text, marks.symbol(Severity.MEDIUM), "$flag-medium")
        for text, times in Counter(warnings).items()
    ]


def title_of(draft: Draft) -> str:
    """The files of an import, shortly."""
    names = list(dict.fromkeys(export.candidates.name for export in draft.reading.exports))
    if len(names) == 1:
        return names[0]
    return ngettext("%(file)s and %(n)d other file", "%(file)s and %(n)d other files", len(names) - 1) % {
        "file": draft.export.candidates.name,
        "n": len(names) - 1,
    }


def _recognised(draft: Draft) -> str:
    rows = sum(export.candidates.rows for export in draft.reading.exports)
    parts = [
        ngettext("%(n)s row", "%(n)s rows", rows) % {"n": format.number(rows)},
        draft.export.candidates.mapping.reason,
    ]
    if history := sum(history.rows for history in draft.reading.histories):
        parts.insert(
            1,
            ngettext("%(n)s row of history", "%(n)s rows of history", history)
            % {"n": format.number(history)},
        )
    return " · ".join(parts)


def _settings(draft: Draft) -> list[SettingRow]:
    export, options = draft.export, draft.options
    asked = {question.about: question for question in draft.questions}
    rows = [
        _question_row(asked[about], title)
        for about, title in (("dates", _("dates")), ("decimal", _("numbers")))
        if about in asked
    ]
    if options.dates is not None:
        told = _("day first") if options.dates == "dmy" else _("month first")
        rows.append(SettingRow("dates", _("dates"), told, _("where both fit")))
    if options.decimal is not None:
        rows.append(SettingRow("decimal", _("decimal mark"), quoted(options.decimal), _("where both fit")))
    new = _("a new one") if draft.is_new_source else _("known from earlier exports")
    preset = export.candidates.mapping.preset
    rows.append(SettingRow("source", _("source"), draft.source, new if options.source is None else ""))
    rows.append(
        SettingRow(
            "preset",
            _("read like"),
            preset_title(preset.name),
            _("recognised") if options.preset == "auto" else _("chosen"),
        )
    )
    as_of = f"{format.long_date(export.as_of.at.date())} {export.as_of.at.year}"
    rows.append(SettingRow("as_of", _("exported on"), as_of, export.as_of.reason))
    if export.encoding != SHEET:
        chosen = _("recognised") if options.encoding is None else _("chosen")
        told = f"{encoding_title(export.encoding)} · {delimiter(export.candidates.delimiter)}"
        rows.append(SettingRow("encoding", _("encoding"), told, chosen))
    wide = max(width_of(row.told) for row in rows)
    return [row._replace(wide=wide) for row in rows]


def _question_row(question: Question, title: str) -> SettingRow:
    one, other = question.readings
    told = _("%(one)s or %(other)s?") % {"one": one.shown, "other": other.shown}
    why = labelled(question.column, question.example)
    return SettingRow("dates" if question.about == "dates" else "decimal", title, told, why, is_open=True)


def preset_title(name: str) -> str:
    """What a preset is called."""
    return PRESETS[name].title or _("a list of your own")


def encoding_title(name: str) -> str:
    """What an encoding is called."""
    return "UTF-8" if name == "utf-8-sig" else name.upper() if name.startswith("utf") else name


def delimiter(mark: str) -> str:
    """What separates cells, in words."""
    names = {"\t": _("tab"), ";": _("semicolon"), ",": _("comma"), "|": _("bar")}
    return names.get(mark, mark)


def _sample(export: Export, name: str, index: int, today: date) -> str:
    told, currency = values_of(export, name, index)
    if told is None or told == "":
        return "–"
    return cut(titles.value({"category": "crm_category"}.get(name, name), told, currency, {}, today), 60)
