"""The minutes of a forecast call as Markdown, as a page and as a table."""
