"""A page as Markdown; a chart is told by its table, or by its values."""

from collections.abc import Iterator

from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.exporting.report.page import Bars, Card, Mark, Page, Saying, Section, Table
from pipetui.language import _, labelled
from pipetui.signals.flag import SYMBOLS, Severity

SIGNS: dict[Mark, str] = {
    "": "",
    "good": "✓ ",
    "high": f"{SYMBOLS[Severity.HIGH]} ",
    "medium": f"{SYMBOLS[Severity.MEDIUM]} ",
}


def page_markdown(page: Page) -> str:
    """The page, to be mailed or kept in a wiki."""
    return "".join(f"{line}\n" for line in _lines(page))


def _lines(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    yield from ("", escaped(" · ".join(page.lines)))
    if page.answer is not None:
        word, number, _word_mark, _number_mark = page.answer
        yield from ("", f"**{escaped(word)} {escaped(number)}**")
    for line in page.answer_lines:
        yield from ("", escaped(line))
    for card in page.cards:
        yield from _card(card)
    for section in page.sections:
        yield from _section(section)


def _card(card: Card) -> Iterator[str]:
    yield from ("", f"## {escaped(card.name)} · {SIGNS[card.mark]}{escaped(card.figure)}")
    if card.lines:
        yield from ("", " · ".join(map(escaped, card.lines)))
    if card.rows:
        yield ""
    for name, value in card.rows:
        yield f"- {labelled(escaped(name), escaped(value))}"


def _section(its: Section) -> Iterator[str]:
    yield from ("", f"## {escaped(its.title)}")
    for saying in its.sayings:
        yield from _saying(saying)
    for text in its.texts:
        yield from ("", escaped(text))
    if its.table is not None:
        yield from _table(its.table)
    elif isinstance(its.chart, Bars):
        yield ""
        yield from (f"- {labelled(escaped(bar.name), escaped(bar.told))}" for bar in its.chart.bars)
    for note in its.notes:
        yield from ("", f"*{escaped(note)}*")


def _saying(its: Saying) -> Iterator[str]:
    yield from ("", f"**{escaped(its.text)}**" if its.attempt else escaped(its.text))
    if its.evidence:
        yield escaped(its.evidence)
    if its.attempt:
        yield labelled(_("Try"), escaped(its.attempt))


def _table(its: Table) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(map(escaped, its.head))} |"
    kinds = ("---" if n == 0 or n in its.texts else "---:" for n in range(len(its.head)))
    yield f"| {' | '.join(kinds)} |"
    for row in its.rows:
        yield f"| {' | '.join(map(escaped, row))} |"
