"""Which schema this version of pipetui works with."""

from typing import Final

HEAD: Final = "0005"
"""The newest migration: comparing it with the store's own is one statement, asking alembic half a second."""
