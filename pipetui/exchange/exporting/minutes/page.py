"""The minutes as one page of HTML that needs nothing else: to be mailed, opened anywhere, printed."""

from collections.abc import Iterator

from pipetui.exchange.exporting.html import document
from pipetui.exchange.exporting.html import text as _text
from pipetui.exchange.exporting.minutes import telling
from pipetui.exchange.exporting.minutes.drawing import bars
from pipetui.exchange.exporting.minutes.telling import Line, ToldDeal
from pipetui.forecast.minutes import Minutes
from pipetui.language import _


def minutes_html(its: Minutes) -> str:
    """A whole document: styles and drawings are in it, scripts are forbidden."""
    return "".join(f"{line}\n" for line in document(telling.title(its), _body(its)))


def _body(its: Minutes) -> Iterator[str]:
    yield f"<header>\n<h1>{_text(telling.title(its))}</h1>"
    yield f'<p class="dim">{_text(telling.days_told(its))}</p>'
    kind = "draft" if its.is_draft else "dim"
    yield f'<p class="{kind}">{_text(telling.status(its))}</p>\n</header>'
    yield from _answer(its)
    yield f"<figure>\n{bars(its)}\n</figure>"
    yield from _figures(its)
    if its.snapshot.risks:
        yield f'<h2>{_text(_("Risks"))}</h2>\n<p class="risks">{_text(its.snapshot.risks)}</p>'
    yield from _since(its)
    yield from _deeds(its)
    yield from _deals(its)
    yield from _not_reached(its)
    yield from _drift(its)
    yield f"<footer>{_text(telling.reference(its) or telling.status(its))}</footer>"


def _answer(its: Minutes) -> Iterator[str]:
    """What one came for, large."""
    call, gap = its.snapshot, its.gap
    way = "" if not gap else "behind" if gap < 0 else "ahead"
    told = [
        ("", _("the manager's number"), telling.amount(call.number, call)),
        ("", _("landing"), telling.amount(call.totals.landing, call)),
        ("", _("quota"), telling.amount(call.quota, call)),
        (way, _("gap of the landing"), telling.amount(gap, call, signed=True)),
    ]
    yield '<dl class="answer">'
    for kind, name, value in told:
        yield f'<div class="{kind}"><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>'
    yield "</dl>"
    if odds := telling.odds(its):
        yield f'<p class="dim">{_text(" · ".join(odds))}</p>'


def _figures(its: Minutes) -> Iterator[str]:
    head = telling.figure_heads()
    wide = len(head) if its.last else 3
    yield f'<h2>{_text(_("Figures"))}</h2>\n<div class="wide"><table class="figures">\n<thead><tr>'
    yield "".join(f'<th class="n" scope="col">{_text(name)}</th>' for name in head[:wide])
    yield "</tr></thead>\n<tbody>"
    for row in telling.figures(its):
        cells = [
            telling.amount(row.now, its.snapshot),
            "" if row.reps is None else telling.amount(row.reps, its.snapshot),
            telling.amount(row.last, its.last) if its.last else "",
            "" if row.change is None else telling.amount(row.change, its.snapshot, signed=True),
        ][: wide - 1]
        kind = ' class="total"' if row.is_sum else ""
        numbers = "".join(f'<td class="n">{_text(cell)}</td>' for cell in cells)
        yield f'<tr{kind}><th scope="row">{_text(row.name)}</th>{numbers}</tr>'
    yield "</tbody></table></div>"


def _since(its: Minutes) -> Iterator[str]:
    if its.last is None:
        yield f"<h2>{_text(_('Since the last call'))}</h2>"
        yield _paragraph(_("It is the first call on this period."))
        return
    yield f"<h2>{_text(telling.since_title(its.last))}</h2>"
    lines = telling.changes_told(its.since, its.snapshot, its.snapshot.frozen_at.date())
    yield from _changes(lines) if lines else (_paragraph(_("Nothing has changed.")),)


def _changes(lines: list[Line]) -> Iterator[str]:
    heads = (_("Deal"), _("Owner"), _("What"))
    yield '<div class="wide"><table class="changes deals four">\n<thead><tr>'
    yield "".join(f'<th scope="col">{_text(name)}</th>' for name in heads)
    yield f'<th class="n" scope="col">{_text(_("landing"))}</th></tr></thead>'
    for line in lines:
        yield (
            f"<tbody><tr><td>{_text(line.deal)}</td><td>{_text(line.owner)}</td>"
            f'<td class="what">{_text(line.what)}</td><td class="n">{_text(line.landing)}</td></tr></tbody>'
        )
    yield "</table></div>"


def _deals(its: Minutes) -> Iterator[str]:
    for name, deals in its.groups.items():
        if not deals:
            continue
        told, amount, count = telling.group_parts(name, deals, its.snapshot)
        yield f'<h2>{_text(told)} <small>{_text(count)}</small> <span class="sum">{_text(amount)}</span></h2>'
        is_open = name != "won"
        heads = [_("Deal"), _("Owner"), _("Closes") if is_open else _("Won on")]
        heads += [_("Stage"), _("Rep → manager")] if is_open else []
        columns = "six" if is_open else "four"
        yield f'<div class="wide"><table class="deals {columns}">\n<thead><tr>'
        yield "".join(f'<th scope="col">{_text(head)}</th>' for head in heads)
        yield f'<th class="n" scope="col">{_text(_("Amount"))}</th></tr></thead>'
        for spoken in deals:
            yield _deal(telling.deal_told(spoken, its.snapshot), is_open=is_open)
        yield "</table></div>"


def _deal(told: ToldDeal, *, is_open: bool) -> str:
    name = f'<span class="name">{_text(told.name)}</span>'
    if told.account:
        name += f'<br><span class="dim">{_text(told.account)}</span>'
    cells = [f'<td>{name}</td><td>{_text(told.owner)}</td><td class="day">{_text(told.closes)}</td>']
    if is_open:
        category = _text(told.rep)
        if told.is_overridden:
            category += f" → <strong>{_text(told.manager)}</strong>"
        if not told.is_reached:
            category += "<br>" + _tag(_("not reached"))
        cells.append(f"<td>{_text(told.stage)}</td><td>{category}</td>")
    cells.append(f'<td class="n">{_text(told.amount)}</td>')
    rows = f"<tr>{''.join(cells)}</tr>"
    if told.words:
        words = "".join(f"<dt>{_text(label)}</dt><dd>{_text(text)}</dd>" for label, text in told.words)
        rows += f'<tr class="said"><td colspan="{6 if is_open else 4}"><dl>{words}</dl></td></tr>'
    return f"<tbody>{rows}</tbody>"


def _deeds(its: Minutes) -> Iterator[str]:
    yield _heading(_("Actions"))
    if not its.deeds:
        yield _paragraph(_("Nothing was agreed on."))
    for owner, deeds in telling.by_owner(its.deeds).items():
        yield f'<h3>{_text(owner)}</h3>\n<ul class="deeds">'
        for deed in deeds:
            told = telling.deed_told(deed, its.snapshot)
            what = _text(told.what)
            if told.who:
                what += f" ({_text(told.who)})"
            if told.deal:
                what += f' <span class="dim">— {_text(told.deal)}</span>'
            if told.state:
                what += f" · <strong>{_text(told.state)}</strong>"
            yield f'<li><span class="day dim">{_text(told.due)}</span><span>{what}</span></li>'
        yield "</ul>"


def _not_reached(its: Minutes) -> Iterator[str]:
    deals = its.not_reached
    if not deals:
        return
    heads = (_("Deal"), _("Owner"), _("Category"))
    yield _heading(_("Not reached"), len(deals))
    yield '<div class="wide"><table class="deals four">\n<thead><tr>'
    yield "".join(f'<th scope="col">{_text(head)}</th>' for head in heads)
    yield f'<th class="n" scope="col">{_text(_("Amount"))}</th></tr></thead>'
    for spoken in deals:
        told = telling.deal_told(spoken, its.snapshot)
        yield (
            f"<tbody><tr><td>{_text(telling.called(spoken.entry))}</td><td>{_text(told.owner)}</td>"
            f'<td>{_text(told.manager)}</td><td class="n">{_text(told.amount)}</td></tr></tbody>'
        )
    yield "</table></div>"


def _drift(its: Minutes) -> Iterator[str]:
    if its.drift is None:
        return
    yield f"<h2>{_text(telling.drift_title(its))}</h2>"
    changes = (*its.drift.left, *its.drift.joined)
    if lines := telling.changes_told(changes, its.snapshot, its.today):
        yield from _changes(lines)


def _heading(text: str, n: int | None = None) -> str:
    count = "" if n is None else f" <small>{n}</small>"
    return f"<h2>{_text(text)}{count}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def _tag(text: str) -> str:
    return f'<span class="tag">{_text(text)}</span>'
