"""Any other export: the words that people use for the columns of a deal list, in seven languages."""

from typing import Final

from pipetui.exchange.importing import labels
from pipetui.exchange.importing.presets import (
    english,
    french,
    german,
    italian,
    polish,
    portuguese,
    russian,
    spanish,
)
from pipetui.exchange.importing.presets.base import Preset

_TONGUES: Final = (
    english.LABELS, french.LABELS, spanish.LABELS, russian.LABELS, polish.LABELS, german.LABELS,
    italian.LABELS, portuguese.LABELS,
)  # fmt: skip
_LAST: Final = {
    "id": ("lead id",),
    "account": (
        "account id", "company id", "customer id", "id du compte", "id compte", "id de l'entreprise",
        "id client", "id de la cuenta", "id de cuenta", "id de la empresa", "id del cliente", "id компании",
        "id клиента", "id организации", "id firmy", "id klienta", "id konta",
    ),
    "owner": (
        "owner id", "user id", "id du propriétaire", "id propriétaire", "id du commercial",
        "id del propietario", "id de propietario", "id ответственного", "id владельца", "id właściciela",
    ),
}  # fmt: skip
"""What stands for a field where nothing better does."""


def _fields() -> dict[str, tuple[str, ...]]:
    names = dict.fromkeys(name for tongue in _TONGUES for name in tongue)
    return {
        name: (
            *(label for tongue in _TONGUES if name in tongue for label in tongue[name].split(" | ")),
            *_LAST.get(name, ()),
        )
        for name in names
    }


PRESET = Preset(name="generic", title="", fields=_fields(), telling=(), percent=False)

_ENGLISH: Final = frozenset(
    labels.key(label) for text in english.LABELS.values() for label in text.split(" | ")
)
_FOREIGN: Final = (
    frozenset(
        labels.key(label)
        for tongue in _TONGUES[1:]
        for text in tongue.values()
        for label in text.split(" | ")
    )
    - _ENGLISH
)


def is_english(header: tuple[str, ...]) -> bool:
    """Whether a header's labels are English rather than another language: then months may come first."""
    keys = [labels.key(label) for label in header]
    return sum(key in _ENGLISH for key in keys) >= sum(key in _FOREIGN for key in keys)
