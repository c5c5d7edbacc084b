"""The fields of a deal that events record, and how their values are written as text."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

Value = str | int | float | date | None


def _ratio(text: str) -> float:
    return float(text)


_TEXT: Final = str
_DATE: Final = date.fromisoformat

FIELDS: Final[Mapping[str, Callable[[str], Value]]] = {
    "name": _TEXT,
    "account": _TEXT,
    "owner": _TEXT,
    "stage_id": int,
    "status": _TEXT,
    "amount": int,
    "currency": _TEXT,
    "probability": _ratio,
    "created": _DATE,
    "close_date": _DATE,
    "closed_on": _DATE,
    "close_reason": _TEXT,
    "crm_category": _TEXT,
    "rep_category": _TEXT,
    "manager_category": _TEXT,
    "next_step": _TEXT,
    "next_step_date": _DATE,
    "last_activity": _DATE,
    "last_stage_change": _DATE,
    "missing_since": _DATE,
    "resume_on": _DATE,
    "segment": _TEXT,
    "lead_source": _TEXT,
    "kind": _TEXT,
    "description": _TEXT,
    "levels": _TEXT,
    "accepted": _TEXT,
}
"""Field → how its text form is read back. Empty text is unknown, and so is `None`."""

CREATED: Final = "deal"
"""The event field of a deal's first appearance; `new` is the whole state (`encode_state`)."""

ARCHIVED: Final = "archived"
"""The event field that says a deal's creation was undone ("1") or redone (`None`)."""


def encode(value: Value) -> str | None:
    """A field's value as event text; unknown is `None`."""
    if value is None or value == "":
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def decode(field: str, text: str | None) -> Value:
    """The value behind an event's text. `KeyError` for a field that does not exist."""
    return None if text is None else FIELDS[field](text)


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_state(state: Mapping[str, Value]) -> str:
    """All known fields of a deal as one JSON text."""
    return _dump(
        {field: encode(value) for field, value in state.items() if value is not None and value != ""}
    )


def decode_state(text: str) -> dict[str, Value]:
    """The fields behind `encode_state`."""
    raw: dict[str, Any] = json.loads(text)
    return {field: decode(field, value) for field, value in raw.items()}
