"""What a cleanup came to: what was decided, and what each owner has to do. To be read, copied, mailed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from pipetui.cleanup.decisions import Change, Decision
from pipetui.cleanup.progress import Progress
from pipetui.cleanup.queue import worth
from pipetui.deals.acceptance import unpack
from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.differing import Carry
from pipetui.exchange.exporting.lists import in_words
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.naming import called
from pipetui.exchange.own import COLUMNS
from pipetui.language import _, format, labelled, ngettext, pgettext, quoted
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import TITLES

Kind = Literal["title", "owner", "part", "text", "task", "item"]


class Line(NamedTuple):
    """One line of the summary, plain text."""

    kind: Kind
    text: str


def summary(
    pipeline: Pipeline,
    decisions: Sequence[Decision],
    progress: Progress,
    carries: Sequence[Carry] = (),
    *,
    trend: str = "",
) -> list[Line]:
    """The lines: figures first, then owner by owner.

    Args:
        pipeline: what is known now.
        decisions: what was decided since the cleanup began.
        progress: where it stands.
        carries: what the CRM does not say yet, whenever it was decided.
        trend: the hygiene of the last weeks in a line; "" if there is none.
    """
    lines = [Line("title", _("Cleanup of %(day)s") % {"day": _full(pipeline.today)})]
    lines += [Line("text", said) for said in figures(pipeline, progress, trend)]
    counts = list(_counts(pipeline, decisions))
    if counts:
        lines += [Line("part", _("Decided")), *(Line("item", said) for said in counts)]
    else:
        lines.append(Line("text", _("Nothing was decided yet.")))
    by_owner: dict[str, list[tuple[Decision, Deal]]] = {}
    for decision in decisions:
        if (deal := pipeline.deals.get(decision.deal_id)) is not None:
            by_owner.setdefault(deal.owner, []).append((decision, deal))
    to_carry: dict[str, list[Carry]] = {}
    for carry in carries:
        to_carry.setdefault(carry.deal.owner, []).append(carry)
    for owner in sorted({*by_owner, *to_carry}, key=lambda name: (not name, name.casefold())):
        lines.append(Line("owner", owner or _("Nobody")))
        lines += _share(by_owner.get(owner, ()), pipeline)
        lines += _carried(to_carry.get(owner, ()), pipeline.today)
    return lines


def figures(pipeline: Pipeline, progress: Progress, trend: str = "") -> Iterator[str]:
    """How far it went and what it did to the pipeline, a sentence each."""
    done, of = format.number(progress.done), format.number(progress.of)
    if progress.left:
        yield _("%(done)s of %(of)s deals settled.") % {"done": done, "of": of}
    else:
        yield ngettext(
            "%(done)s deal settled, none is left.", "%(done)s deals settled, none is left.", progress.done
        ) % {"done": done}
    if progress.now is not None:
        now = format.percent(progress.now)
        before = now if progress.before is None else format.percent(progress.before)
        said = _("Hygiene %(score)s.") % {"score": now if before == now else f"{before} → {now}"}
        yield f"{said}  {trend}" if trend else said
    if progress.removed:
        said = ngettext(
            "%(amount)s less in the pipeline (%(n)d deal lost or in nurture).",
            "%(amount)s less in the pipeline (%(n)d deals lost or in nurture).",
            progress.removed,
        )
        amount = format.short_money(progress.removed_amount, pipeline.currency)
        yield said % {"amount": amount, "n": progress.removed}


def markdown(lines: Iterable[Line]) -> str:
    """The summary as Markdown: what an owner has to do can be ticked off."""
    before = {
        "title": "# ",
        "owner": "\n## ",
        "part": "\n**",
        "text": "",
        "task": "- [ ] ",
        "item": "- ",
    }
    written = []
    for kind, text in lines:
        end = "**\n" if kind == "part" else "\n" if kind == "title" else ""
        written.append(f"{before[kind]}{escaped(text)}{end}")
    return "\n".join(written).replace("\n\n\n", "\n\n") + "\n"


def _counts(pipeline: Pipeline, decisions: Iterable[Decision]) -> Iterator[str]:
    """How many deals were lost, put aside …, and what they amount to."""
    named = {
        "lost": pgettext("deals", "lost"),
        "won": pgettext("deals", "won"),
        "nurture": pgettext("deals", "in nurture"),
        "stage": pgettext("deals", "in another stage"),
        "date": pgettext("deals", "with another close date"),
        "open": pgettext("deals", "missing in the export, still open"),
        "step": pgettext("deals", "with another next step"),
        "rest": pgettext("deals", "of which a flag rests"),
        "other": pgettext("deals", "changed otherwise"),
    }
    parts: dict[str, list[Deal]] = {kind: [] for kind in named}
    for decision in decisions:
        if (deal := pipeline.deals.get(decision.deal_id)) is not None:
            parts[_kind(decision)].append(deal)
    for kind, deals in parts.items():
        if deals:
            yield labelled(
                named[kind].capitalize(),
                ngettext("%(n)d deal, %(amount)s", "%(n)d deals, %(amount)s", len(deals))
                % {"n": len(deals), "amount": format.short_money(worth(pipeline, deals), pipeline.currency)},
            )


def _kind(decision: Decision) -> str:
    """The most telling thing that was decided."""
    changes = decision.changes
    status = changes.get("status")
    if status is not None and status.new in ("won", "lost"):
        return str(status.new)
    if "resume_on" in changes and changes["resume_on"].new is not None:
        return "nurture"
    for field, kind in (
        ("stage_id", "stage"),
        ("close_date", "date"),
        ("missing_since", "open"),
        ("next_step", "step"),
        ("next_step_date", "step"),
        ("accepted", "rest"),
    ):
        if field in changes:
            return kind
    return "other"


def _share(decided: Sequence[tuple[Decision, Deal]], pipeline: Pipeline) -> Iterator[Line]:
    """What one owner has to do, and what was decided about their deals."""
    tasks = [(deal.next_step_date, deal) for decision, deal in decided if _has_task(decision, deal)]
    if tasks:
        yield Line("part", _("To do"))
        for day, deal in sorted(tasks, key=lambda task: (task[0] or date.max, task[1].id)):
            step = deal.next_step or _("next step to be named")
            when = format.short_date(day, pipeline.today) if day else _("no date")
            yield Line("task", f"{labelled(when, step)} — {called(deal)}")
    if decided:
        yield Line("part", _("Decided"))
    for decision, deal in decided:
        yield Line("item", labelled(called(deal), " · ".join(told(decision, deal, pipeline))))


def _carried(carries: Sequence[Carry], today: date) -> Iterator[Line]:
    """What one owner has to type into the CRM, deal by deal."""
    if carries:
        yield Line("part", _("To carry back into the CRM"))
    for deal, its in groupby(carries, key=lambda carry: carry.deal):
        yield Line("task", labelled(called(deal), " · ".join(_change(carry, today) for carry in its)))


def _change(carry: Carry, today: date) -> str:
    crm, ours = (
        in_words(carry, cell, lambda day: format.short_date(day, today)) for cell in (carry.crm, carry.ours)
    )
    return (
        f"{COLUMNS[carry.field].told} {crm} → {ours}"
        if carry.in_export
        else f"{COLUMNS[carry.field].told} → {ours}"
    )


def _has_task(decision: Decision, deal: Deal) -> bool:
    if deal.status != "open" or not {"next_step", "next_step_date"} & decision.changes.keys():
        return False
    return bool(deal.next_step or deal.next_step_date)


def told(decision: Decision, deal: Deal, pipeline: Pipeline) -> list[str]:
    """What was decided about a deal, in a few words each."""
    changes, today = decision.changes, pipeline.today
    status = changes.get("status")
    if status is not None and status.new in ("won", "lost"):
        said = pgettext("status", "won") if status.new == "won" else pgettext("status", "lost")
        return [f"{said} ({deal.close_reason})" if deal.close_reason else said]
    words: list[str] = []
    if "missing_since" in changes and changes["missing_since"].new is None:
        words.append(_("still open"))
    if (rests := changes.get("resume_on")) is not None and isinstance(rests.new, date):
        said = _("in nurture until %(day)s") % {"day": format.short_date(rests.new, today)}
        words.append(_with_reason(said, rests))
    if (stage := changes.get("stage_id")) is not None:
        words.append(_with_reason(f"{_stage(stage.old, pipeline)} → {_stage(stage.new, pipeline)}", stage))
    if (day := changes.get("close_date")) is not None:
        arrow = f"{_day(day.old, today)} → {_day(day.new, today)}"
        words.append(_with_reason(labelled(_("close date"), arrow), day))
    if (amount := changes.get("amount")) is not None:
        arrow = f"{_money(amount.old, deal, pipeline)} → {_money(amount.new, deal, pipeline)}"
        words.append(labelled(_("amount"), arrow))
    if (owner := changes.get("owner")) is not None:
        words.append(labelled(_("owner"), f"{owner.old or '–'} → {owner.new or '–'}"))
    if {"next_step", "next_step_date"} & changes.keys():
        step = ", ".join(part for part in (deal.next_step, _day(deal.next_step_date, today)) if part)
        words.append(labelled(_("next step"), step))
    if (rested := changes.get("accepted")) is not None:
        words += _rested(rested, today)
    return words or [_("qualification")]


def _rested(change: Change, today: date) -> Iterator[str]:
    before = unpack(str(change.old or ""))
    for flag, its in unpack(str(change.new or "")).items():
        if before.get(flag) != its:
            said = _("“%(flag)s” rests") % {"flag": _(TITLES[flag])}
            if its.until:
                said = _("“%(flag)s” rests until %(day)s") % {
                    "flag": _(TITLES[flag]),
                    "day": format.short_date(its.until, today),
                }
            yield f"{said} ({quoted(its.reason)})" if its.reason else said


def _with_reason(said: str, change: Change) -> str:
    return f"{said} ({quoted(change.because)})" if change.because else said


def _stage(value: object, pipeline: Pipeline) -> str:
    stage = pipeline.stages.get(value) if isinstance(value, int) else None
    return shown(stage.name) if stage else "–"


def _day(value: object, today: date) -> str:
    return format.short_date(value, today) if isinstance(value, date) else _("no date")


def _money(value: object, deal: Deal, pipeline: Pipeline) -> str:
    if not isinstance(value, int):
        return _("unpriced")
    return format.money(value, deal.currency or pipeline.currency)


def _full(day: date) -> str:
    return f"{format.long_date(day)} {day.year}"
