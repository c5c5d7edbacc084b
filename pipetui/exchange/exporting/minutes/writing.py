"""The minutes in one of their formats."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pipetui.forecast.minutes import Minutes

Form = Literal["md", "html", "csv"]


def content(its: "Minutes", form: Form) -> bytes:
    """The minutes as a file holds them, without a byte order mark."""
    match form:
        case "md":
            from pipetui.exchange.exporting.minutes.markdown import minutes_markdown

            return minutes_markdown(its).encode()
        case "html":
            from pipetui.exchange.exporting.minutes.page import minutes_html

            return minutes_html(its).encode()
        case "csv":
            from pipetui.exchange.exporting.minutes.table import minutes_csv

            return minutes_csv(its)
