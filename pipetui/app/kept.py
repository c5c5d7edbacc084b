"""Widgets that keep their lines as painted until they are refreshed, and such as have none of their own."""

from typing import Any, TypeVar

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

W = TypeVar("W", bound=Widget)


def keeps_lines(widget: type[W]) -> type[W]:
    """Make a class of widgets give the lines it gave before, except those that were to be painted again.

    At every key Textual asks each widget around a changed region for all of its lines, and each works out its
    box and its filters anew to find that nothing has changed. On a board that is most of what a key costs.
    """
    refresh, render_lines = widget.refresh, widget.render_lines

    def refresh_and_forget(self: W, *regions: Region, **how: Any) -> W:
        kept = getattr(self, "_kept_lines", None)
        if kept is not None:
            self._kept_lines = (*kept[:2], [*kept[2], *regions]) if regions else None  # type: ignore[attr-defined]
        return refresh(self, *regions, **how)

    def render_what_changed(self: W, crop: Region) -> list[Strip]:
        kept: tuple[Region, list[Strip], list[Region]] | None = getattr(self, "_kept_lines", None)
        if kept is None or kept[0] != crop:
            lines = render_lines(self, crop)
        else:
            lines = kept[1]
            for region in kept[2]:
                changed = crop.intersection(Region(crop.x, region.y, crop.width, region.height))
                start = changed.y - crop.y
                lines[start : start + changed.height] = render_lines(self, changed) if changed else []
        self._kept_lines = (crop, lines, [])  # type: ignore[attr-defined]
        return lines

    widget.refresh = refresh_and_forget  # type: ignore[method-assign,assignment]
    widget.render_lines = render_what_changed  # type: ignore[method-assign,assignment]
    return widget


def is_covered(widget: type[W]) -> type[W]:
    """Make a class of widgets that others cover give one blank line for all, instead of painting each."""

    def render_blank(self: W, crop: Region) -> list[Strip]:
        line = Strip.blank(crop.width, self.rich_style)
        for line_filter in self.get_line_filters():
            line = line.apply_filter(line_filter, self.background_colors[1])
        return [line] * crop.height

    widget.render_lines = render_blank  # type: ignore[method-assign,assignment]
    return widget
