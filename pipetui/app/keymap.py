"""The user's own keys: checked against the command table, so that a typing error never costs a command."""

import unicodedata
from collections.abc import Mapping

from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, Keys

from pipetui.app.commands import COMMANDS, EVERYWHERE, Command, written
from pipetui.deals.text import clean
from pipetui.language import _

UNSENDABLE = frozenset({"ctrl+j", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket"})
"""Keys that terminals send as enter, tab, backspace or escape."""
_HELD = frozenset({"ctrl", "shift", "alt", "meta", "super", "hyper"})
_NAMED = frozenset(
    [*(key.value for key in Keys), *KEY_TO_UNICODE_NAME, *KEY_NAME_REPLACEMENTS.values()],
)


def checked(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The usable part of a keymap (command id → keys), and what is wrong with the rest."""
    known = {command.id: command for command in COMMANDS}
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for id_, keys in wanted.items():
        names = [_named(key.strip()) for key in keys.split(",") if key.strip()]
        if id_ not in known:
            problems.append(_unknown(id_))
        elif not names:
            problems.append(_("Keys: no key is given for “%(id)s”.") % {"id": id_})
        elif unsendable := UNSENDABLE.intersection(names):
            key = ", ".join(sorted(unsendable))
            problems.append(_("Keys: no terminal can send %(key)s (for “%(id)s”).") % {"key": key, "id": id_})
        elif strange := [name for name in names if not _is_key(name)]:
            problems.append(
                _("Keys: “%(key)s” (for “%(id)s”) is no key; write it like ctrl+e, f5 or G.")
                % {"key": clean(strange[0], 40), "id": id_}
            )
        else:
            keymap[id_] = ",".join(names)
    # All are taken together before clashes are looked for, so that two commands may swap their keys.
    while clash := next(filter(None, (_taken(known[id_], keymap) for id_ in keymap)), None):
        problems.append(_("Keys: %(key)s means “%(id)s” and “%(other)s”.") % clash)
        del keymap[clash["id"]]
    return keymap, problems


def _unknown(id_: str) -> str:
    from difflib import get_close_matches

    id_ = clean(id_, 40)
    close = get_close_matches(id_, [command.id for command in COMMANDS], n=1)
    if not close:
        return _("Keys: there is no command “%(id)s”.") % {"id": id_}
    return _("Keys: there is no command “%(id)s”; did you mean “%(other)s”?") % {"id": id_, "other": close[0]}


def _named(key: str) -> str:
    """A key by the name that it arrives under: "?" as question_mark; letters and digits stay."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _is_key(name: str) -> bool:
    *held, key = name.split("+")
    if not _HELD.issuperset(held):
        return False
    if len(key) == 1 or key in _NAMED:
        return True
    try:
        unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return False
    return True


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command under a keymap."""
    return tuple(keymap[command.id].split(",")) if command.id in keymap else command.keys


def key_of(command: Command, keymap: Mapping[str, str]) -> str:
    """The first key of a command, as people write it."""
    return written(keys_of(command, keymap)[0])


def _taken(command: Command, keymap: Mapping[str, str]) -> dict[str, str] | None:
    """A key of a remapped command that another one at the same place has, too."""
    for other in COMMANDS:
        places = {command.place, *command.also}
        together = EVERYWHERE in (other.place, command.place) or not places.isdisjoint(
            (other.place, *other.also)
        )
        if other.id != command.id and together:
            for key in keys_of(other, keymap):
                if key in keys_of(command, keymap):
                    return {"key": key, "id": command.id, "other": other.id}
    return None
