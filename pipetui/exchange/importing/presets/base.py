"""What a preset is: the labels that one CRM gives its columns, and the stages it comes with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipetui.exchange.importing import labels


class Standard(NamedTuple):
    """A stage that the CRM comes with."""

    names: tuple[str, ...]
    """In English and French, and as its API writes it."""
    probability: float


@dataclass(frozen=True)
class Preset:
    """A CRM's export. Labels stand in order of preference; they are compared by `labels.key`."""

    name: str
    title: str
    """As people write it."""
    fields: Mapping[str, tuple[str, ...]]
    """Field, or helper (`mapping.HELPERS`) → labels."""
    telling: tuple[str, ...]
    """Labels that hardly any other export has."""
    stages: tuple[Standard, ...] = ()
    company_ids: bool = False
    """Whether a company's name is followed by its id: "Acme (5551)"."""
    percent: bool = True
    """Whether a probability of 1 means 1 %."""
    prefixes: tuple[str, ...] = ()
    """What its columns begin with, folded."""
    is_own: bool = False
    """Whether pipetui wrote it: then every text means itself, and no column has to be guessed."""

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Field → keys of its labels."""
        return {field: tuple(dict.fromkeys(map(labels.key, names))) for field, names in self.fields.items()}

    @cached_property
    def loose_keys(self) -> Mapping[str, tuple[str, ...]]:
        """Field → what its labels are without their little words (`labels.loose`)."""
        return {field: tuple(dict.fromkeys(map(labels.loose, names))) for field, names in self.fields.items()}

    @cached_property
    def telling_keys(self) -> frozenset[str]:
        """Keys of the telling labels."""
        return frozenset(map(labels.key, self.telling))
