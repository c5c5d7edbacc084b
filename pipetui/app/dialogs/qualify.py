"""How well a deal is qualified: a grid of items, a digit a level, and the words behind it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from pipetui.app import words
from pipetui.app.board.cells import cut, pad, width_of
from pipetui.app.deal.reading import StoryRead
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.messages import QualifyWanted
from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.qualification import ITEMS
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

WIDTH = 66
"""Cells of a line of the grid."""


class QualifyDialog(Dialog[None]):
    """Every answer is kept at once, each a step of undo. A level that the buyer confirmed wants its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)", show=False),
        Binding("k,up", "go(-1)", show=False),
        *(Binding(str(level), f"level({level})", show=False) for level in range(4)),
        Binding("enter", "write", show=False),
    ]
    AUTO_FOCUS = ""

    app: "PipetuiApp"

    def __init__(self, deal_id: int, name: str) -> None:
        super().__init__(
            _("How well do we know %(deal)s?") % {"deal": name},
            _("↑ ↓ item · 0 1 2 3 level · enter its words · esc done"),
        )
        self._deal_id = deal_id
        self._item = 0
        self._level: int | None = None
        """The level that waits for its words."""
        self._texts: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """The grid, a line for words, what is wrong."""
        yield Static("", id="grid", classes="body")
        yield Input(id="words")
        yield Static("", classes="problem", markup=False)

    def on_mount(self) -> None:
        """What is known, and its words as soon as they are read."""
        self._words.display = False
        self.app.pipeline_changed.subscribe(self, self._changed)
        self._changed(self.app.pipeline)

    @property
    def _words(self) -> Input:
        return self.query_one("#words", Input)

    def _changed(self, _pipeline: Pipeline | None) -> None:
        """Somebody said something, perhaps here."""
        self._show()
        session, deal_id = self.app.session, self._deal_id
        self.app.run_job(lambda: self.post_message(StoryRead(deal_id, session.story(deal_id))))

    @on(StoryRead)
    def _story_read(self, event: StoryRead) -> None:
        event.stop()
        self._texts = event.story.texts
        self._show()

    @property
    def _deal(self) -> Deal | None:
        return self.app.pipeline.deals.get(self._deal_id) if self.app.pipeline else None

    def _show(self) -> None:
        deal, pipeline = self._deal, self.app.pipeline
        if deal is None or pipeline is None:
            return
        named = pipeline.described(deal.stage_id)
        required = {str(item): int(level) for item, level in named.requires.items()} if named else {}
        wide = max(width_of(words.item(item)) for item in ITEMS) + 2
        lines: list[Content] = []
        for item in ITEMS:
            lines += self._lines(item, deal, required.get(item, 0), wide)
        self.query_one("#grid", Static).update(Content("\n").join(lines))

    def _lines(self, item: str, deal: Deal, wanted: int, wide: int) -> list[Content]:
        """An item with its level; the words behind it below."""
        here, level = item == ITEMS[self._item], qualification.level(deal.levels, item)
        dots = "●" * level + "○" * (qualification.EVIDENCED - level)
        style = "$flag-medium" if level < wanted else "$good" if level else "$muted"
        parts: list[Content | str] = [
            Content.styled("▌" if here else " ", "$accent"),
            Content.styled(pad(words.item(item), wide), "bold" if here else ""),
            Content.styled(dots, style),
            f"  {words.level(level)}",
        ]
        if level < wanted:
            parts.append(Content.styled("  " + _("wanted here: %(level)s") % {"level": "●" * wanted}, style))
        lines = [Content.assemble(*parts)]
        if text := self._texts.get(item):
            lines.append(Content.styled(f" {' ' * wide}{cut(text, WIDTH - wide)}", "$muted"))
        return lines

    def action_go(self, step: int) -> None:
        """Another item."""
        self._item = max(0, min(len(ITEMS) - 1, self._item + step))
        self._complain("")
        self._show()

    def action_level(self, level: int) -> None:
        """How well it is known; what the buyer confirmed or did wants to be said."""
        item = ITEMS[self._item]
        if level >= qualification.CONFIRMED and not self._texts.get(item):
            self._level = level
            self._open(_("what the buyer confirmed or did"))
        else:
            self.post_message(QualifyWanted(self._deal_id, item, level, None))

    def action_write(self) -> None:
        """The words behind the item."""
        self._level = None
        self._open(_("what is known"))

    def _open(self, hint: str) -> None:
        box = self._words
        box.value = self._texts.get(ITEMS[self._item], "")
        box.placeholder = hint
        box.display = True
        box.focus()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        if self._level is not None and not text:
            self._complain(_("Say what the buyer confirmed or did: without it the level is a claim."))
            return
        self._close()
        self.post_message(QualifyWanted(self._deal_id, ITEMS[self._item], self._level, text))
        self._level = None

    def _close(self) -> None:
        self._words.display = False
        self.set_focus(None)
        self._complain("")

    def _complain(self, problem: str) -> None:
        self.query_one(".problem", Static).update(problem)

    def action_never_mind(self) -> None:
        """Out of the words, or done."""
        if self._words.display:
            self._level = None
            self._close()
        else:
            self.dismiss(None)
