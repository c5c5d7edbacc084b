"""Text from outside in Markdown."""

import re


def escaped(text: str) -> str:
    """Text on one line, as Markdown shows it unchanged."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(text.split()))
