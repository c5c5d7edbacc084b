"""The CRMs whose exports are known, one module each, and how an export is recognised."""

from collections.abc import Sequence

from pipetui.deals.text import fold
from pipetui.exchange.importing import labels
from pipetui.exchange.importing.presets import generic, hubspot, odoo, pipedrive, pipetui, salesforce, zoho
from pipetui.exchange.importing.presets.base import Preset, Standard

__all__ = ["GENERIC", "PRESETS", "Preset", "Standard", "evidence", "is_english", "is_label", "recognise"]

GENERIC = generic.PRESET
is_english = generic.is_english
PRESETS = {
    preset.name: preset
    for preset in (
        *(pipetui.PRESET, salesforce.PRESET, hubspot.PRESET, pipedrive.PRESET, zoho.PRESET, odoo.PRESET),
        GENERIC,
    )
}

_OTHERS = tuple(
    frozenset(map(labels.key, names))
    for names in (
        ("Deal Value", "Deal Pipeline", "Deal Currency", "Sales Account", "Expected Deal Value"),
        ("Deal Value", "Associated People", "Last Interaction", "Next Interaction"),
        ("Organization Name", "Opportunity No", "Weighted Revenue", "Related To", "Forecast Amount"),
        ("Bid Amount", "Bid Currency", "Opportunity State", "User Responsible", "Forecast Close Date"),
        ("Opportunity Amount", "Amount USDollar", "Assigned User ID", "Sales Stage", "Date Entered"),
        ("Topic", "Potential Customer", "Est. Revenue", "Est. Close Date", "Actual Revenue"),
    )
)  # fmt: skip
"""What tells exports of CRMs without a preset, which share labels with those that have one: Freshsales,
Attio, vTiger, Insightly, SugarCRM, Dynamics."""
_LABELS = frozenset(
    key
    for preset in PRESETS.values()
    for keys in (*preset.keys.values(), tuple(preset.telling_keys))
    for key in keys
) | frozenset(
    map(labels.key, ("From Stage", "To Stage", "Old Value", "New Value", "Edit Date", "Billing City",
    "Username", "Email"))
)  # fmt: skip


def is_label(cell: str) -> bool:
    """Whether a cell is a column label that some preset knows."""
    return 0 < len(cell) <= 80 and not _LABELS.isdisjoint(labels.keys(cell))


def evidence(preset: Preset, header: Sequence[str]) -> list[str]:
    """The columns by which an export is recognised as the preset's."""
    prefixed = [label for label in header if preset.prefixes and fold(label).startswith(preset.prefixes)]
    return prefixed or [label for label in header if label and labels.key(label) in preset.telling_keys]


def recognise(header: Sequence[str]) -> tuple[Preset, list[str]]:
    """The preset of an export and the columns that told; generic, with none, if fewer than two tell."""
    found = [(preset, evidence(preset, header)) for preset in PRESETS.values()]
    best, told = max(found, key=lambda pair: len(pair[1]))
    keys = frozenset(labels.key(label) for label in header if label)
    is_another = not best.prefixes and any(len(keys & others) >= 2 for others in _OTHERS)
    return (best, told) if len(told) >= 2 and not is_another else (GENERIC, [])
