"""What pipetui's own list of deals looks like, for the one who writes it and the one who reads it again."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, NamedTuple

from pipetui.language import current

PRESET: Final = "pipetui"
"""The preset that such a list is read by."""
DELIMITERS: Final[Mapping[str, str]] = {"en": ",", "fr": ";"}
"""Language → what stands between the cells of a CSV file; with the semicolon goes the decimal comma."""

_REFERENCE: Final = re.compile(r"(d[0-9a-f]{16})\.(\d+)")


class Label(NamedTuple):
    """What a column is called. Both languages are understood, whichever is in use."""

    english: str
    french: str

    @property
    def told(self) -> str:
        """In the language in use."""
        return self.french if current() == "fr" else self.english


COLUMNS: Final[Mapping[str, Label]] = {
    "id": Label("ID", "ID"),
    "name": Label("Deal", "Affaire"),
    "account": Label("Account", "Compte"),
    "owner": Label("Owner", "Commercial"),
    "team": Label("Team", "Équipe"),
    "pipeline": Label("Pipeline", "Pipeline"),
    "stage": Label("Stage", "Étape"),
    "status": Label("Status", "Statut"),
    "amount": Label("Amount", "Montant"),
    "currency": Label("Currency", "Devise"),
    "probability": Label("Probability", "Probabilité"),
    "category": Label("Forecast category", "Catégorie de prévision"),
    "close_date": Label("Expected close", "Clôture prévue"),
    "closed": Label("Closed on", "Clôturée le"),
    "next_step": Label("Next step", "Prochaine action"),
    "next_step_date": Label("Next step date", "Date de la prochaine action"),
    "last_activity": Label("Last activity", "Dernière activité"),
    "last_stage_change": Label("In stage since", "Dans l'étape depuis"),
    "created": Label("Created", "Créée le"),
    "segment": Label("Segment", "Segment"),
    "lead_source": Label("Lead source", "Origine"),
    "type": Label("Type", "Type"),
    "loss_reason": Label("Close reason", "Motif de clôture"),
    "description": Label("Description", "Description"),
    "own_source": Label("pipetui source", "Source pipetui"),
    "own_reference": Label("pipetui ID", "ID pipetui"),
}
"""Field of an import → its column, in the order of the columns."""

STATUSES: Final[Mapping[str, Label]] = {
    "open": Label("open", "ouverte"),
    "won": Label("won", "gagnée"),
    "lost": Label("lost", "perdue"),
}
CATEGORIES: Final[Mapping[str, Label]] = {
    "commit": Label("commit", "commit"),
    "best_case": Label("best case", "best case"),
    "upside": Label("upside", "upside"),
    "omitted": Label("omitted", "omise"),
}


def identity(source: str, key: str, deal_id: int) -> str:
    """What tells a deal from all others, in every store that knows it: of its source and key there.

    A spreadsheet takes it for text: it begins with a letter.
    """
    known_by = "\x1f".join((source, key or f"#{deal_id}"))
    return f"d{sha256(known_by.encode()).hexdigest()[:16]}"


def reference(identity: str, version: int) -> str:
    """A deal as it was when it was written out."""
    return f"{identity}.{version}"


def referred(cell: str) -> tuple[str, int] | None:
    """The identity and version behind a `reference`; `None` if it is none."""
    match = _REFERENCE.fullmatch(cell.strip())
    return (match[1], int(match[2])) if match else None
