"""What a single value of a playbook may be."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Literal

from pipetui.deals.qualification import ID
from pipetui.deals.text import clean, fold
from pipetui.language import _


class Rule:
    """Checks of pydantic's, made when it validates a file: nobody waits for pydantic before that.

    It speaks the protocol of `annotated_types.GroupedMetadata`, which is slow to import, too.
    """

    __is_annotated_types_grouped_metadata__: Literal[True] = True

    def __init__(self, then: Callable[[Any], object] | None = None, **constraints: Any) -> None:
        """`then` gives the value to keep or raises `ValueError`; `constraints`: those of `pydantic.Field`."""
        self._then = then
        self._constraints = constraints

    def __iter__(self) -> Iterator[object]:
        from pydantic import AfterValidator, Field

        yield from Field(**self._constraints).metadata
        if self._then:
            yield AfterValidator(self._then)


def zone_exists(name: str) -> str:
    """Refuse what is no IANA timezone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        wrong = _("“%(name)s” is no timezone; it takes a name such as Europe/Paris")
        raise ValueError(wrong % {"name": name}) from None
    return name


def refuse_twins(names: Iterable[str]) -> None:
    """Refuse a name that stands there twice, whatever the case and accents."""
    seen = set[str]()
    for name in names:
        if fold(name) in seen:
            raise ValueError(twice(name))
        seen.add(fold(name))


def twice(name: str) -> str:
    """What is wrong with a name that stands there twice."""
    return _("“%(name)s” stands there twice") % {"name": name}


StandardItem = Literal["need", "decision_makers", "budget", "timeline", "risk", "next_step", "sponsor"]
Item = str
"""An item of the pipeline's profile; `playbook.profiles` sees to it that it is one."""
ItemId = Annotated[str, Rule(pattern=ID)]
FactField = Literal["amount", "close_date", "next_step", "next_step_date", "owner", "account", "category"]
DiagnosisRule = Literal["discovery", "demo", "creation", "cycle", "fragile", "inflated", "sandbagging"]
"""What a diagnosis may say (`trends.diagnosis`)."""
Level = Annotated[int, Rule(ge=0, le=3)]
Currency = Annotated[str, Rule(pattern=r"^[A-Z]{3}$")]
Period = Annotated[str, Rule(pattern=r"^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$")]
Zone = Annotated[str, Rule(zone_exists)]
Text = Annotated[str, Rule(clean)]
Name = Annotated[Text, Rule(min_length=1)]
