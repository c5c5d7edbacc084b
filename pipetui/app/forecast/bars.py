"""Nested bars, the mark of the quota and the line of the range, on one scale."""

from typing import Final, NamedTuple

from pipetui.app.forecast.rows import Part
from pipetui.app.marks import has_unicode

_CELLS: Final = {
    "won": ("█", "#", "$good"),
    "commit": ("▓", "=", "$primary"),
    "best_case": ("▒", "-", "$primary"),
    "upside": ("░", ".", "$muted"),
}
"""Each part of a bar by its own density, and only then by its colour."""
MARK: Final = "$accent bold"


class Scale(NamedTuple):
    """How amounts become cells."""

    most: int
    """The amount at the right end."""
    width: int

    def at(self, amount: int) -> int:
        """The cell that an amount ends before; 0 for what is below nothing."""
        if self.most <= 0:
            return 0
        return max(0, min(self.width - 1, (2 * amount * (self.width - 1) + self.most) // (2 * self.most)))


def bar(parts: list[tuple[str, int]], scale: Scale, quota: int | None) -> list[Part]:
    """(group, the amount up to its end) from the left on; the quota is a mark across it."""
    found: list[Part] = []
    at = 0
    for name, amount in parts:
        end = max(at, scale.at(amount))
        full, plain, style = _CELLS[name]
        found.append(Part((full if has_unicode() else plain) * (end - at), style, keeps=True))
        at = end
    found.append(Part(" " * (scale.width - at), keeps=True))
    return _marked(found, scale, quota)


def line(p10: int, p50: int, p90: int, scale: Scale, quota: int | None) -> list[Part]:
    """The range as a thin line: its ends, and its middle."""
    low, middle, high = scale.at(p10), scale.at(p50), scale.at(p90)
    begin, between, here, end = "├─●┤" if has_unicode() else "[-o]"
    cells = [" "] * scale.width
    for at in range(low, high + 1):
        cells[at] = between
    cells[low], cells[high] = begin, end
    cells[middle] = here
    return _marked([Part("".join(cells), keeps=True)], scale, quota, over=" " + between)


def ruler(scale: Scale, quota: int) -> list[Part]:
    """Where the quota stands: a rule that ends in the mark that runs through the bars."""
    at = scale.at(quota)
    rule, corner = "─┘" if has_unicode() else "-+"
    return [Part(rule * at + corner, MARK), Part(" " * (scale.width - at - 1))]


def _marked(parts: list[Part], scale: Scale, quota: int | None, over: str = "") -> list[Part]:
    """The parts with the quota's mark across them; where `over` is given, only over these characters."""
    if quota is None:
        return parts
    mark = "│" if has_unicode() else "|"
    at, found = scale.at(quota), []
    for text, style, keeps in parts:
        if 0 <= at < len(text) and (not over or text[at] in over):
            found += [
                Part(text[:at], style, keeps),
                Part(mark, MARK, keeps),
                Part(text[at + 1 :], style, keeps),
            ]
        else:
            found.append(Part(text, style, keeps))
        at -= len(text)
    return [part for part in found if part.text]
