from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pipetui.app.kept import keeps_lines


@keeps_lines
class Lines(Widget):
    """Ten lines that tell how often each was asked for."""

    DEFAULT_CSS = "Lines { width: 20; height: 10; }"

    def __init__(self) -> None:
        super().__init__()
        self.asked = [0] * 10

    def render_line(self, y: int) -> Strip:
        self.asked[y] += 1
        return Strip.blank(20)


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield Lines()


async def test_only_what_was_refreshed_is_painted_again() -> None:
    app = Host()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        lines = app.query_one(Lines)
        await pilot.pause()
        everything = Region(0, 0, 20, 10)
        lines.render_lines(everything)
        before = list(lines.asked)
        assert len(lines.render_lines(everything)) == 10
        assert lines.asked == before

        lines.refresh(Region(0, 2, 20, 3), Region(0, 8, 20, 1))
        assert len(lines.render_lines(everything)) == 10
        assert [now - then for now, then in zip(lines.asked, before, strict=True)] == [
            0,
            0,
            1,
            1,
            1,
            0,
            0,
            0,
            1,
            0,
        ]

        lines.refresh(Region(0, 9, 20, 5))  # a part of it lies outside
        assert len(lines.render_lines(everything)) == 10
        lines.refresh()
        assert len(lines.render_lines(everything)) == 10
        assert all(now > then for now, then in zip(lines.asked, before, strict=True))


async def test_another_part_of_the_widget_is_painted_for_itself() -> None:
    app = Host()
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        lines = app.query_one(Lines)
        await pilot.pause()
        assert len(lines.render_lines(Region(0, 4, 20, 2))) == 2
        assert len(lines.render_lines(Region(0, 0, 10, 10))) == 10
        assert lines.render_lines(Region(0, 0, 10, 10))[0].cell_length == 10
