"""`pipetui import`: exports of a CRM into the store."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipetui.cli.usage import Command
from pipetui.language import _, ngettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.exchange.importing.again import Repeat
    from pipetui.exchange.importing.report import FileReport, ImportReport


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        "import",
        cls=Command,
        help=_(
            "Import exports of a CRM. Everything in one step that undo takes back; the same file "
            "twice changes nothing."
        ),
        epilog=_("Example: pipetui import opportunities.csv --map segment=Industry --rejects rejects.csv"),
    )
    def import_(
        ctx: typer.Context,
        files: Annotated[
            list[Path],
            typer.Argument(
                metavar=_("FILE..."),
                help=_("Exports (CSV, TSV, XLSX, ZIP) or folders of them; - is the standard input."),
                show_default=False,
            ),
        ],
        *,
        source: Annotated[
            str | None,
            typer.Option(metavar=_("NAME"), help=_("The source they come from; by default recognised.")),
        ] = None,
        preset: Annotated[
            str,
            typer.Option(
                metavar="PRESET",
                help=_("The CRM: auto, salesforce, hubspot, pipedrive, zoho, odoo or generic."),
            ),
        ] = "auto",
        encoding: Annotated[
            str | None,
            typer.Option(metavar=_("NAME"), help=_("Their encoding, such as cp1252; by default recognised.")),
        ] = None,
        sheet: Annotated[
            str | None,
            typer.Option(metavar=_("NAME"), help=_("The sheet of a workbook; by default all with deals.")),
        ] = None,
        dates: Annotated[
            Literal["dmy", "mdy"] | None,
            typer.Option(help=_("Day or month first, where a column of dates reads both ways.")),
        ] = None,
        decimal: Annotated[
            Literal["comma", "point"] | None,
            typer.Option(
                help=_("The decimal mark, where a column of numbers such as 12,500 reads both ways.")
            ),
        ] = None,
        mapping: Annotated[
            list[str] | None,
            typer.Option(
                "--map", metavar=_("FIELD=COLUMN"), help=_("Which column a field is; FIELD= leaves it out.")
            ),
        ] = None,
        as_of: Annotated[
            Any,
            typer.Option(
                metavar="YYYY-MM-DD",
                parser=_day,
                help=_("When they were exported; by default the file's name or time tells."),
            ),
        ] = None,
        history: Annotated[
            list[Path] | None, typer.Option(metavar=_("FILE"), help=_("A stage history of the deals."))
        ] = None,
        currency: Annotated[
            str | None,
            typer.Option(metavar="ISO", help=_("Of amounts that name none; by default the playbook's.")),
        ] = None,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Tell what would happen, change nothing."))
        ] = False,
        rejects: Annotated[
            Path | None,
            typer.Option(metavar=_("FILE"), help=_("Where rows that cannot be read are written.")),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        from pipetui.exchange.importing.again import find_repeat, fingerprint
        from pipetui.exchange.importing.options import Options
        from pipetui.exchange.importing.report import write_rejects
        from pipetui.exchange.importing.run import read_files, write_import
        from pipetui.exchange.importing.sources import Memory, ask_store, recall

        settings: Globals = ctx.obj
        if currency is not None and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise typer.BadParameter(_("“%(text)s” is no ISO currency; write EUR.") % {"text": currency})
        progress = _progress if sys.stderr.isatty() else None
        options = Options(
            source=source,
            preset=preset,
            encoding=encoding,
            sheet=sheet,
            mapping=_pairs(mapping or []),
            dates=dates,
            decimal="," if decimal == "comma" else "." if decimal == "point" else None,
            as_of=as_of,
            history=history or (),
            currency=currency.upper() if currency else None,
        )
        mark = fingerprint(files, options, settings.playbook, settings.clock)
        if repeat := ask_store(settings.location, lambda run: find_repeat(run, mark), None):
            _show_repeat(repeat, as_json=as_json)
            return
        memory = ask_store(settings.location, recall, Memory([]))
        reading = read_files(
            settings.playbook, settings.clock, files, options, memory=memory, progress=progress
        )
        with settings.store() as store:
            report = write_import(
                store,
                settings.playbook,
                settings.clock,
                reading,
                by=settings.user,
                dry_run=dry_run,
                progress=progress,
            )
        if rejects is not None and report.rejects:
            write_rejects(report, rejects)
        if as_json:
            from pipetui.cli.output import emit_json

            emit_json(report.as_json())
        else:
            for line in _text(report):
                print(line)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("“%(text)s” is no day; write 2026-11-22.") % {"text": text}) from None


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """`--map` options as field → column."""
    from pipetui.exchange.importing.matching import FIELDS

    pairs: dict[str, str] = {}
    for option in given:
        name, mark, column = option.partition("=")
        if not mark or name.strip() not in FIELDS:
            raise typer.BadParameter(
                _("“%(option)s”: write FIELD=COLUMN, where FIELD is one of %(fields)s.")
                % {"option": option, "fields": ", ".join(FIELDS)}
            )
        pairs[name.strip()] = column.strip()
    return pairs


def _progress(share: float) -> None:
    """How far the import is, 0–1, on a line of its own that is wiped at the end."""
    from pipetui.language.format import percent

    end = "\r\x1b[K" if share >= 1 else ""
    told = _("Importing … %(percent)s") % {"percent": percent(share)}
    print(f"\r{told}{end}", end="", file=sys.stderr, flush=True)


def _show_repeat(repeat: "Repeat", *, as_json: bool) -> None:
    """Say that nothing changed, since the same files were imported last."""
    told = repeat.told
    if as_json:
        from pipetui.cli.output import emit_json

        emit_json(told)
        return
    print(_("The very same was imported last (import %(id)d): nothing changes.") % {"id": repeat.batch})
    print(_counts(told))


def _text(report: "ImportReport") -> Iterator[str]:
    """What an import did, to be read."""
    for file in report.files:
        yield from _file(file)
    if report.dry_run:
        yield _("Nothing was written; without --dry-run this would be the result:")
    yield _counts(report.as_json())
    if n := report.missing:
        yield ngettext("%(n)d missing from the export", "%(n)d missing from the export", n) % {"n": n}
    if n := report.back:
        yield ngettext("%(n)d back in the export", "%(n)d back in the export", n) % {"n": n}
    if report.conflicts:
        yield ngettext(
            "%(n)d value changed both here and in the CRM; the one set here stays in force.",
            "%(n)d values changed both here and in the CRM; those set here stay in force.",
            report.conflicts,
        ) % {"n": report.conflicts}
    for reason, count in report.skipped.items():
        yield f"  {count} × {reason}"
    for warning in report.warnings:
        yield f"! {warning}"
    for row in report.rejects[:10]:
        yield _("! line %(line)d, %(column)s: %(reason)s") % {
            "line": row.line,
            "column": row.column or "–",
            "reason": row.reason,
        }
    if report.rejected > 10:
        yield _("! … and %(n)d more rejected rows; --rejects FILE writes them all.") % {
            "n": report.rejected - 10
        }


def _counts(told: Mapping[str, Any]) -> str:
    """What became of the rows: "12 rows = 3 new + …"."""
    new, changed, unchanged = told["new"], told["changed"], told["unchanged"]
    skipped, rejected = told["skipped"], told["rejected"]
    parts = (
        ngettext("%(n)d new", "%(n)d new", new) % {"n": new},
        ngettext("%(n)d changed", "%(n)d changed", changed) % {"n": changed},
        ngettext("%(n)d unchanged", "%(n)d unchanged", unchanged) % {"n": unchanged},
        ngettext("%(n)d skipped", "%(n)d skipped", skipped) % {"n": skipped},
        ngettext("%(n)d rejected", "%(n)d rejected", rejected) % {"n": rejected},
    )
    rows = ngettext("%(n)d row", "%(n)d rows", told["rows"]) % {"n": told["rows"]}
    return f"{rows} = {' + '.join(parts)}"


def _file(file: "FileReport") -> Iterator[str]:
    yield _("%(file)s: %(reason)s; as of %(day)s (%(why)s)") % {
        "file": file.name,
        "reason": file.reason,
        "day": f"{file.as_of:%Y-%m-%d}",
        "why": file.as_of_reason,
    }
    for name, match in file.matches.items():
        if match.how == "guess":
            yield _(
                "  %(field)s ← %(column)s (a guess, %(score)d %% sure; --map %(field)s= leaves it out)"
            ) % {
                "field": name,
                "column": match.column,
                "score": round(match.score * 100),
            }
        else:
            yield f"  {name} ← {match.column}"
