"""The project's own files, for tests that read them."""

import ast
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "pipetui"

MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
"""Dotted name → file of every module of pipetui."""


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
