"""Words and short phrases that several screens use."""

from datetime import date

from pipetui.deals.category import Category
from pipetui.language import N_, _, format

_CATEGORIES = {
    Category.COMMIT: N_("commit"),
    Category.BEST_CASE: N_("best case"),
    Category.UPSIDE: N_("upside"),
    Category.OMITTED: N_("omitted"),
}


def category(value: Category | None) -> str:
    """A forecast category in words; "" for none."""
    return "" if value is None else _(_CATEGORIES[Category(value)])


def item(name: str) -> str:
    """A standard qualification item; those of profiles have a `ProfileItem.label`."""
    from pipetui.signals.explaining import ITEM_TITLES

    title = ITEM_TITLES.get(name)
    return (_(title) if title else name.replace("_", " ")).capitalize()


def level(value: int) -> str:
    """A qualification level."""
    from pipetui.signals.explaining import LEVEL_TITLES

    return _(LEVEL_TITLES[value])


def full_date(day: date) -> str:
    """A date with weekday and year."""
    return f"{format.long_date(day)} {day.year}"


def date_and_due(day: date, today: date) -> str:
    """A date to come, absolute and relative: "15 Dec (in 12 d)"."""
    absolute, relative = format.short_date(day, today), format.due(day, today)
    return absolute if absolute == relative else f"{absolute} ({relative})"


def date_and_ago(day: date, today: date) -> str:
    """A date gone by, absolute and relative: "15 Nov (7 d ago)"."""
    absolute, relative = format.short_date(day, today), format.ago(day, today)
    return absolute if absolute == relative else f"{absolute} ({relative})"
