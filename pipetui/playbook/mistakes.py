"""What is wrong with a playbook, in one sentence each: file, line, key, and what is allowed there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipetui.deals.text import clean
from pipetui.language import N_, _
from pipetui.playbook.lines import line_of, lines_of
from pipetui.playbook.models import Part, Playbook
from pipetui.playbook.profiles import Unknown
from pipetui.playbook.rules import twice

_SIMPLE = {
    "missing": N_("it is missing, and has no default"),
    "too_short": N_("it must not be empty"),
    "string_too_short": N_("it must not be empty"),
}
_SHAPES = {
    "currency": N_("a currency is three capital letters, such as EUR"),
    "rates": N_("a currency is three capital letters, such as EUR"),
    "id": N_("an id is small letters, digits and _, beginning with a letter: paper_process"),
    "period": N_("a period is a year, a quarter or a month: 2026, 2026-Q4 or 2026-11"),
}
"""Key → what its text looks like."""
_KINDS = {
    "string": N_("it takes a text in quotes"),
    "int": N_("it takes a whole number"),
    "float": N_("it takes a number"),
    "decimal": N_("it takes a number"),
    "finite": N_("it takes a number"),
    "bool": N_("it takes true or false"),
    "tuple": N_("it takes a list in [ ]"),
    "": N_("it takes a table of keys and values"),
}
"""How the names of pydantic's errors begin → what is wanted; the last one is for all others."""


def sentences(file: str, text: str, error: ValidationError) -> list[str]:
    """Every mistake that pydantic found in a file, in the order of its lines."""
    lines = lines_of(text)
    found = []
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and not isinstance(detail["input"], str) and detail["input"]:
            continue  # not empty, but nothing in it can be used, which has its own sentence
        path = tuple(part for part in detail["loc"] if part != "[key]")
        found.append((line_of(lines, path), _key(path), _what(detail, path)))
    return _told(file, found)


def sentences_about_items(file: str, text: str, mistakes: Iterable[Unknown]) -> list[str]:
    """What a playbook names that its profiles do not have, in the order of its lines."""
    lines = lines_of(text)
    return _told(
        file,
        [
            (
                line_of(lines, its.path),
                _key(its.path),
                _unknown(its.name, its.allowed) if its.allowed else twice(its.name),
            )
            for its in mistakes
        ],
    )


def _told(file: str, found: Iterable[tuple[int, str, str]]) -> list[str]:
    """Sentences of (line, key, what is wrong)."""
    return [
        _("%(file)s, line %(line)d, %(key)s: %(what)s.")
        % {"file": file, "line": line, "key": key, "what": what}
        if key
        else at(file, line, what)
        for line, key, what in sorted(found)
    ]


def at(file: str, line: int, what: str) -> str:
    """A sentence about a line of the file."""
    return _("%(file)s, line %(line)d: %(what)s.") % {"file": file, "line": line, "what": what}


def _key(path: Sequence[str | int]) -> str:
    return ".".join(clean(part, 60) for part in path if isinstance(part, str))


def _what(detail: ErrorDetails, path: tuple[str | int, ...]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "unexpected_keyword_argument":
            return _unknown(str(path[-1]), _allowed(path[:-1]))
        case "literal_error":
            return _unknown(
                str(path[-1] if "[key]" in detail["loc"] else detail["input"]), _expected(context)
            )
        case "greater_than_equal" | "less_than_equal" | "greater_than":
            return _out_of_bounds(detail["input"], context)
        case "value_error":
            return str(context["error"])
        case "string_pattern_mismatch":
            return _(next(_SHAPES[key] for key in reversed(path) if key in _SHAPES))
    return _(_SIMPLE.get(kind) or next(text for begin, text in _KINDS.items() if kind.startswith(begin)))


def _unknown(name: str, allowed: Sequence[str]) -> str:
    values = {"name": clean(name, 60), "allowed": ", ".join(allowed)}
    if close := get_close_matches(name.casefold(), allowed, 1):
        values["close"] = close[0]
        return _("“%(name)s” is not known here; did you mean “%(close)s”? Allowed are %(allowed)s") % values
    return _("“%(name)s” is not known here; allowed are %(allowed)s") % values


def _expected(context: dict[str, Any]) -> list[str]:
    return [name.strip("'") for name in context["expected"].replace(" or ", ", ").split(", ")]


def _out_of_bounds(value: object, context: dict[str, Any]) -> str:
    if "le" in context:
        return _("%(value)s is too much; at most %(limit)g") % {"value": value, "limit": context["le"]}
    if "ge" in context:
        return _("%(value)s is too little; at least %(limit)g") % {"value": value, "limit": context["ge"]}
    return _("%(value)s is too little; more than %(limit)g") % {"value": value, "limit": context["gt"]}


def _allowed(path: Sequence[str | int]) -> list[str]:
    """The keys of the part of a playbook that stands at a path."""
    part: type[Any] = Playbook
    for key in path:
        if isinstance(key, str):
            part = next(_parts_in(next(field.type for field in fields(part) if field.name == key)))
    return [field.name for field in fields(part) if field.init]


def _parts_in(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts_in(argument)
