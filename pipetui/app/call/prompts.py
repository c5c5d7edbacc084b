"""What is asked of a deal in a call, by its category: challenge, not status."""

from collections.abc import Callable
from typing import Final

from pipetui.deals.category import Category
from pipetui.language import _

_PROMPTS: Final[dict[Category | None, Callable[[], tuple[str, ...]]]] = {
    Category.COMMIT: lambda: (
        _("Why this date?"),
        _("Why this amount?"),
        _("Who signs?"),
        _("What could make it slip?"),
    ),
    Category.BEST_CASE: lambda: (_("Which condition is still to be met?"), _("By when?"), _("Who owns it?")),
    Category.UPSIDE: lambda: (_("What would pull it in?"),),
    Category.OMITTED: lambda: (_("What would have to happen for it to come back?"),),
    None: lambda: (_("Which commitment has the buyer made?"), _("What is still untested?")),
}


def prompts(category: Category | None) -> tuple[str, ...]:
    """The questions for a category; `None` is not yet classified."""
    return _PROMPTS[category]()
