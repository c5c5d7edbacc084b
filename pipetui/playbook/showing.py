"""A playbook written out again: everything that is in force, defaults included."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal

from pipetui.playbook.models import Playbook
from pipetui.playbook.profiles import chosen

_INLINE = {"exit", "items", "requires"}
"""Tables that read best inside their stage or profile."""


def show(playbook: Playbook) -> str:
    """The playbook as TOML that `load` reads back as the same, built-in profiles in use written out."""
    playbook = replace(playbook, profiles=(*playbook.profiles, *chosen(playbook)))
    values = asdict(playbook, dict_factory=_without_none)
    del values["builtin"]  # no key of a file
    return "\n".join(_table(values, "")).strip() + "\n"


def _without_none(values: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {key: value for key, value in values if value is not None}


def _table(values: Mapping[str, object], name: str) -> Iterator[str]:
    deeper: list[tuple[str, object]] = []
    for key, value in values.items():
        if _is_table(key, value):
            deeper.append((key, value))
        elif value not in ((), {}):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in deeper:
        path = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, Mapping):
            if value:
                yield from ("", f"[{path}]", *_table(value, path))
        elif isinstance(value, Sequence):
            for element in value:
                yield from ("", f"[[{path}]]", *_table(element, path))


def _is_table(key: str, value: object) -> bool:
    if key in _INLINE:
        return False
    return isinstance(value, Mapping) or (
        isinstance(value, tuple) and bool(value) and isinstance(value[0], Mapping)
    )


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key, ensure_ascii=False)


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else repr(value)
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
        case tuple() if value and isinstance(value[0], Mapping):
            return "[\n" + "".join(f"    {_value(inner)},\n" for inner in value) + "]"
        case tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
