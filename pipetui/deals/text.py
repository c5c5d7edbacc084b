"""Text from outside: made harmless once, on the way in."""

import re
import unicodedata
from functools import lru_cache

NAME_LIMIT = 500
"""Longest name, in characters, that is kept."""
TEXT_LIMIT = 20_000
"""Longest free text (description, next step, note), in characters, that is kept."""

MARKS_LIMIT = 3
"""Combining marks kept on one base character: Vietnamese needs two, "Zalgo" text has dozens."""

_PLAIN = re.compile(r"[ -~À-ÖØ-öø-ʯА-яЁёІіЇїЄєҐґ‐-‖‘-‟†-…‹›€№™一-鿿ぁ-んァ-ヶー가-힣]*")
"""Letters and signs of the usual scripts that stay as they are: composed, visible, from left to right."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
"""Letters and marks by category, nothing on a screen."""
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPACES = re.compile(r"[^\S\n]+")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str, limit: int = NAME_LIMIT) -> str:
    """One harmless line: no control, bidi or zero-width characters, NFC, single spaces, at most `limit`."""
    if len(text) <= limit and _PLAIN.fullmatch(text):
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    return " ".join(_strip(text, limit).split())


def clean_lines(text: str, limit: int = TEXT_LIMIT) -> str:
    """Like `clean`, but line breaks stay: for descriptions and notes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", _strip(line, limit)).strip() for line in text[: limit * 2].split("\n"))
    return "\n".join(lines).strip()[:limit]


def _strip(text: str, limit: int) -> str:
    out: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text[: limit * 4]):
        category = unicodedata.category(char)
        if category[0] == "M":
            marks += 1
            if marks > MARKS_LIMIT or _VARIATION.match(char) or char in _BLANK or not out:
                continue
        else:
            marks = 0
            if char.isspace() or category in ("Zl", "Zp") or char in _BLANK:
                out.append(" ")
                continue
            if category in _DROPPED:
                continue
        out.append(char)
        if len(out) >= limit:
            break
    return "".join(out)


class _Folding(dict[int, str]):
    """Character → what it is compared by, worked out once: folding is on the way to the first cards."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold())
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
        folded = self[code] = bare.replace("_", " ")
        return folded


_FOLDING = _Folding({ord("œ"): "oe", ord("Œ"): "oe", ord("æ"): "ae", ord("Æ"): "ae", ord("’"): "'"})


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """What text is compared by: no case, no accents, single spaces ("Étape " is "etape")."""
    return " ".join(text.translate(_FOLDING).split())


_NUMBERING = re.compile(
    r"^(?:(?:stage|step|phase|etape|etapa|etap|fase|faza|этап|стадия|шаг)\s?)?\d{1,3}\s?%?[\W_]+(?=\w)"
    r"|[\W_]+\d{1,3}\s?%\)?$|^[\W_]+|[^\w)]+$"
)
"""What stands around a stage's name: "2 - Demo", "Stage 3: Demo", "Demo (40 %)", "Demo 🎉"."""
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def stage_key(name: str) -> str:
    """What a stage's name is compared by where it is not known as it stands: no numbers, no ornaments."""
    folded = fold(name)
    bare = _NUMBERING.sub("", _NUMBERING.sub("", folded)) or folded
    return " ".join(_BETWEEN_WORDS.split(bare)).strip() or folded


# fmt: off
_PLACEHOLDERS = frozenset({
    "-", "/", "?", "x", "xx", "xxx", "n/a", "na", "n.a.", "n.a", "#n/a", "#n/d", "nan", "nd", "n.d.",
    "n.d", "none", "null", "nil", "nothing", "tbd", "tbc", "tba", "todo", "to do", "unknown", "later",
    "not yet", "see later", "to be defined", "to be determined", "to be confirmed", "not set",
    "not applicable", "inconnu", "inconnue", "aucun", "aucune", "neant", "rien", "sans", "a definir",
    "a completer", "a confirmer", "a voir", "a renseigner", "voir plus tard", "plus tard", "pas encore",
    "non renseigne", "sans objet",
    "ninguno", "ninguna", "nada", "por definir", "por confirmar", "pendiente", "desconocido", "sin definir",
    "mas tarde", "no aplica", "brak", "nie dotyczy", "nieznany", "nieznane", "do ustalenia",
    "do uzupełnienia",
    "do potwierdzenia", "pozniej", "нет", "нет данных", "неизвестно", "не указано", "не указан",
    "не определено", "уточнить", "уточняется", "позже", "потом", "отсутствует",
})
# fmt: on


def is_placeholder(text: str) -> bool:
    """Whether text only stands in for an answer ("n/a", "TBD", "?", "à définir"); empty text does too."""
    return not text or fold(text).rstrip(" !…") in _PLACEHOLDERS or not any(char.isalnum() for char in text)


def initials(name: str) -> str:
    """Two letters at most for an owner: "Claire Dubois" → "CD", "marc" → "MA"."""
    words = [word for word in re.split(r"[\s.\-_@]+", name) if word[:1].isalnum()]
    if not words:
        return ""
    letters = words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()
