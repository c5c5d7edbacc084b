"""The minutes as Markdown."""

from collections.abc import Iterator

from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.minutes import telling
from pipetui.exchange.exporting.minutes.telling import NONE, Line, ToldDeal
from pipetui.exchange.exporting.wording import part
from pipetui.forecast.minutes import Minutes
from pipetui.language import _, labelled


def minutes_markdown(its: Minutes) -> str:
    """The minutes, to be mailed or kept in a wiki."""
    return "".join(f"{line}\n" for line in _lines(its))


def _lines(its: Minutes) -> Iterator[str]:
    yield f"# {escaped(telling.title(its))}"
    yield ""
    yield telling.days_told(its)
    yield ""
    status, reference = telling.status(its), telling.reference(its)
    told = escaped(status)
    yield f"**{told}**" if its.is_draft else f"{told} · {reference}"
    yield from _figures(its)
    if its.snapshot.risks:
        yield from ("", "## " + _("Risks"))
        for line in its.snapshot.risks.splitlines():
            yield from ("", escaped(line)) if line.strip() else ()
    yield from _since(its)
    yield from _deeds(its)
    for name, deals in its.groups.items():
        if deals:
            yield from ("", f"## {telling.group_title(name, deals, its.snapshot)}", "")
            for spoken in deals:
                yield from _deal(telling.deal_told(spoken, its.snapshot), with_category=name != "won")
    yield from _not_reached(its)
    if its.drift is not None:
        yield from ("", f"## {telling.drift_title(its)}")
        changes = (*its.drift.left, *its.drift.joined)
        lines = telling.changes_told(changes, its.snapshot, its.today)
        yield from ("", *map(_change, lines)) if lines else ()


def _figures(its: Minutes) -> Iterator[str]:
    head = telling.figure_heads()
    wide = len(head) if its.last else 3
    yield ""
    yield f"| {' | '.join(head[:wide])} |"
    yield f"|---|{'---:|' * (wide - 1)}"
    for row in telling.figures(its):
        cells = [
            row.name,
            telling.amount(row.now, its.snapshot),
            "" if row.reps is None else telling.amount(row.reps, its.snapshot),
            telling.amount(row.last, its.last) if its.last else "",
            "" if row.change is None else telling.amount(row.change, its.snapshot, signed=True),
        ][:wide]
        yield f"| {' | '.join(f'**{cell}**' if row.is_sum and cell else cell for cell in cells)} |"
    if odds := telling.odds(its):
        yield ""
        yield " · ".join(odds)


def _since(its: Minutes) -> Iterator[str]:
    if its.last is None:
        yield from ("", "## " + _("Since the last call"), "", _("It is the first call on this period."))
        return
    yield from ("", f"## {telling.since_title(its.last)}", "")
    lines = telling.changes_told(its.since, its.snapshot, its.snapshot.frozen_at.date())
    yield from map(_change, lines) if lines else (_("Nothing has changed."),)


def _change(line: Line) -> str:
    told = labelled(f"**{escaped(line.deal)}** · {escaped(line.owner)}", escaped(line.what))
    return f"- {told} · **{line.landing}**" if line.landing else f"- {told}"


def _deal(told: ToldDeal, *, with_category: bool) -> Iterator[str]:
    name = f"**{escaped(told.name)}**"
    if told.account:
        name = f"{name} ({escaped(told.account)})"
    parts = [name, escaped(told.owner), told.amount, told.closes]
    if with_category:
        parts.append(escaped(told.stage))
        parts.append(labelled(_("rep"), told.rep))
        if told.is_overridden:
            parts.append(labelled(_("manager"), f"**{told.manager}**"))
        if not told.is_reached:
            parts.append("*" + _("not reached") + "*")
    yield f"- {' · '.join(parts)}"
    for label, text in told.words:
        yield f"    - {labelled(label, escaped(text))}"


def _deeds(its: Minutes) -> Iterator[str]:
    yield from ("", "## " + _("Actions"))
    if not its.deeds:
        yield from ("", _("Nothing was agreed on."))
    for owner, deeds in telling.by_owner(its.deeds).items():
        lines = []
        for deed in deeds:
            told = telling.deed_told(deed, its.snapshot)
            box = "x" if deed.state == "kept" else " "
            said = labelled(told.due, escaped(told.what))
            if told.who:
                said = f"{said} ({escaped(told.who)})"
            if told.deal:
                said = f"{said} — {escaped(told.deal)}"
            lines.append(f"- [{box}] {said} · **{told.state}**" if told.state else f"- [{box}] {said}")
        yield from part(f"### {escaped(owner)}", lines)


def _not_reached(its: Minutes) -> Iterator[str]:
    if not its.not_reached:
        return
    yield from ("", "## " + _("Not reached"), "")
    for spoken in its.not_reached:
        told = telling.deal_told(spoken, its.snapshot)
        category = "" if told.manager == NONE else told.manager
        parts = [f"**{escaped(telling.called(spoken.entry))}**", escaped(told.owner), told.amount, category]
        yield f"- {' · '.join(filter(None, parts))}"
