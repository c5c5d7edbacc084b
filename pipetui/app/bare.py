"""Widgets without a box: their lines go to the screen as they were painted."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Bare(Widget):
    """Has neither border nor padding that Textual would have to put around each line, so it need not try."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight, with the filters of the app."""
        strips = [self.render_line(y) for y in crop.line_range]
        if filters := self.get_line_filters():
            background = self.background_colors[1]
            for line_filter in filters:
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if any(strip.cell_length != crop.width for strip in strips):  # resized, but not told so yet
            strips = [strip.crop_extend(crop.x, crop.right, self.rich_style) for strip in strips]
        return strips
