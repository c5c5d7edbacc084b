"""A page as HTML: one file, with its drawings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipetui.exchange.exporting.html import document, text
from pipetui.exchange.exporting.report.drawing import drawing
from pipetui.exchange.exporting.report.markdown import SIGNS
from pipetui.exchange.exporting.report.page import Card, Page, Saying, Section, Table
from pipetui.language import _, labelled

_STYLE: Final = Path(__file__).with_name("report.css")


def page_html(page: Page) -> str:
    """A whole document."""
    return "".join(f"{line}\n" for line in document(page.title, _body(page), _STYLE))


def _body(page: Page) -> Iterator[str]:
    yield f"<header>\n<h1>{text(page.title)}</h1>"
    yield f'<p class="dim">{text(" · ".join(page.lines))}</p>\n</header>'
    if page.answer is not None:
        word, number, word_mark, number_mark = page.answer
        yield (
            f'<p class="large"><span class="{word_mark}">{text(word)}</span> '
            f'<span class="{number_mark}">{text(number)}</span></p>'
        )
    for line in page.answer_lines:
        yield f'<p class="means">{text(line)}</p>'
    first, *rest = (*page.sections, None)
    if page.cards and first is not None:
        yield from _section(first)
    if page.cards:
        yield '<div class="cards">'
        for card in page.cards:
            yield from _card(card)
        yield "</div>"
    elif first is not None:
        yield from _section(first)
    for section in rest:
        if section is not None:
            yield from _section(section)
    yield "<footer>pipetui</footer>"


def _card(its: Card) -> Iterator[str]:
    yield (
        f'<section class="card"><h3><span>{text(its.name)}</span>'
        f'<span class="figure {its.mark}">{text(SIGNS[its.mark] + its.figure)}</span></h3>'
    )
    if its.lines:
        yield f"<p>{text(' · '.join(its.lines))}</p>"
    if its.rows:
        rows = "".join(
            f'<tr><td>{text(name)}</td><td class="n">{text(value)}</td></tr>' for name, value in its.rows
        )
        yield f"<table>{rows}</table>"
    yield "</section>"


def _section(its: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{text(its.title)}</h2>"
    for saying in its.sayings:
        yield from _saying(saying)
    yield from (f"<p>{text(told)}</p>" for told in its.texts)
    if its.chart is not None and (drawn := drawing(its.chart)):
        yield f"<figure>\n{drawn}\n</figure>"
    if its.table is not None:
        yield from _table(its.table)
    yield from (f'<p class="dim">{text(note)}</p>' for note in its.notes)
    yield "</section>"


def _saying(its: Saying) -> Iterator[str]:
    kind = "finding" if its.attempt else "plain"
    yield f'<div class="saying {kind}"><p class="said">{text(its.text)}</p>'
    if its.evidence:
        yield f'<p class="dim">{text(its.evidence)}</p>'
    if its.attempt:
        yield f"<p>{text(labelled(_('Try'), its.attempt))}</p>"
    yield "</div>"


def _table(its: Table) -> Iterator[str]:
    kinds = ["" if n == 0 or n in its.texts else ' class="n"' for n in range(len(its.head))]
    yield '<div class="wide"><table class="figures">\n<thead><tr>'
    yield "".join(
        f'<th scope="col"{kind}>{text(name)}</th>' for kind, name in zip(kinds, its.head, strict=True)
    )
    yield "</tr></thead>\n<tbody>"
    for first, *cells in its.rows:
        told = "".join(f"<td{kind}>{text(cell)}</td>" for kind, cell in zip(kinds[1:], cells, strict=True))
        yield f'<tr><th scope="row">{text(first)}</th>{told}</tr>'
    yield "</tbody></table></div>"
