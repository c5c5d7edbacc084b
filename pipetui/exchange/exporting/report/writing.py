"""A page in one of its formats."""

from typing import Literal

from pipetui.exchange.exporting.report.page import Page

Form = Literal["md", "html"]


def content(page: Page, form: Form) -> bytes:
    """The page as a file holds it."""
    if form == "md":
        from pipetui.exchange.exporting.report.markdown import page_markdown

        return page_markdown(page).encode()
    from pipetui.exchange.exporting.report.html import page_html

    return page_html(page).encode()
