"""How well a deal is qualified: a grid of items, a digit a level, the words behind it, and its history."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from pipetui.app import words
from pipetui.app.answered import told
from pipetui.app.board.cells import cut, pad, width_of
from pipetui.app.deal.reading import StoryRead
from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.messages import QualifyWanted
from pipetui.app.sheet import wrapped
from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.qualification import CONFIRMED, EVIDENCED, UNKNOWN
from pipetui.language import _, format, ngettext, quoted
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.models import STANDARD
from pipetui.store.answers import Answer, answers

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.playbook.models import Profile, ProfileItem

WIDTH: Final = 76
"""Cells of the box, where the screen has them (`dialogs.tcss`)."""
FRAME: Final = 4
"""Cells of its border and padding."""
AROUND: Final = 9
"""Rows of the box beside items, question and history: border, title, score, keys, and what parts them."""
WRITING: Final = 3
"""Rows for the line to write and what is wrong with it."""
NEWEST: Final = 3
"""Rows that what is known now takes at most; what was known before takes one each."""
TALL: Final = 36
"""Rows of a screen from which on the words stand below each item, too."""

_DIGITS: Final = ("0,à", "1,ampersand", "2,é", "3,quotation_mark")
"""By level, its keys: the digit, and what a French keyboard sends there without shift."""


class QualifyDialog(Dialog[None]):
    """Every answer is kept at once, each a step of undo. A level that the buyer confirmed wants its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)", show=False),
        Binding("k,up", "go(-1)", show=False),
        *(Binding(keys, f"level({level})", show=False) for level, keys in enumerate(_DIGITS)),
        Binding("enter", "write", show=False),
    ]
    AUTO_FOCUS = ""

    app: "PipetuiApp"

    def __init__(self, deal_id: int, name: str, item: str = "") -> None:
        """`item`: what its answers are kept under (`ProfileItem.key`); else the first one of the profile."""
        super().__init__(
            _("How well do we know %(deal)s?") % {"deal": name},
            _("↑ ↓ item · 0 1 2 3 level · enter its words · esc done"),
        )
        self._deal_id = deal_id
        self._key = item
        self._level: int | None = None
        """The level that waits for its words."""
        self._texts: dict[str, str] = {}
        self._answers: dict[str, tuple[Answer, ...]] = {}
        self._drafts: dict[str, str] = {}
        """Words that were typed and are not in the store, by item: nobody types them twice."""

    def compose_body(self) -> ComposeResult:
        """The score, the grid, what is known of the item under the cursor, a line for words, a problem."""
        yield Static("", id="score", markup=False)
        yield Static("", id="grid", classes="body")
        yield Static("", id="detail", classes="body")
        yield Box(id="words")
        yield Static("", classes="problem", markup=False)

    def on_mount(self) -> None:
        """What is known, and its words as soon as they are read."""
        self._words.display = False
        self.app.pipeline_changed.subscribe(self, self._changed)
        self._changed(self.app.pipeline)

    def on_resize(self) -> None:
        """As much as there is room for."""
        super().on_resize()
        self._show()

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
        self._answers = answers(event.story)
        self._drafts = {key: text for key, text in self._drafts.items() if self._texts.get(key) != text}
        self._show()

    @property
    def _deal(self) -> Deal | None:
        return self.app.pipeline.deals.get(self._deal_id) if self.app.pipeline else None

    @property
    def _profile(self) -> "Profile | None":
        deal, pipeline = self._deal, self.app.pipeline
        return pipeline.profile_of(deal.stage_id) if deal and pipeline else None

    @property
    def _item(self) -> "ProfileItem | None":
        """The one under the cursor."""
        profile = self._profile
        return None if profile is None else (profile.item(self._key) or profile.items[0])

    # What is shown -------------------------------------------------------------------------------------

    def _show(self) -> None:
        deal, pipeline, profile, item = self._deal, self.app.pipeline, self._profile, self._item
        if deal is None or pipeline is None or profile is None or item is None:
            return
        named = pipeline.described(deal.stage_id)
        required = dict(named.requires) if named and deal.status == "open" else {}
        self.query_one("#score", Static).update(self._score(deal, pipeline, profile, required))
        wide = max(width_of(each.label) for each in profile.items) + 2
        lines: list[Content] = []
        for each in profile.items:
            lines += self._lines(each, deal, required.get(each.key, UNKNOWN), wide)
        self.query_one("#grid", Static).update(Content("\n").join(lines))
        room = int(self.size.height * 0.92) - AROUND - len(lines) - WRITING * self._words.display
        self.query_one("#detail", Static).update(Content("\n").join(self._detail(item, pipeline, room)))

    @property
    def _width(self) -> int:
        return min(WIDTH, int(self.size.width * 0.96)) - FRAME

    def _score(self, deal: Deal, pipeline: Pipeline, profile: "Profile", required: dict[str, int]) -> Content:
        """The profile, what its levels amount to, and how many the stage finds too low."""
        score = qualification.score(deal.levels, profile.keys)
        told = _("score %(score)s") % {"score": format.percent(score)}
        if profile.name != STANDARD:
            told = f"{shown(profile.name)} · {told}"
        low = sum(qualification.level(deal.levels, key) < level for key, level in required.items())
        if not low:
            return Content.styled(cut(told, self._width), "$muted")
        wanted = ngettext(
            "%(n)d item below what %(stage)s requires", "%(n)d items below what %(stage)s requires", low
        ) % {"n": low, "stage": shown(pipeline.stages[deal.stage_id].name)}
        return Content.assemble(
            Content.styled(f"{told} · ", "$muted"),
            Content.styled(cut(wanted, self._width - width_of(told) - 3), "$flag-medium"),
        )

    def _lines(self, item: "ProfileItem", deal: Deal, wanted: int, wide: int) -> list[Content]:
        """An item with its level and what is wanted here; on a tall screen the words behind it below."""
        level, text = qualification.level(deal.levels, item.key), self._texts.get(item.key)
        is_here = item == self._item
        style = "$flag-medium" if level < wanted else "$good" if level else "$muted"
        parts: list[Content | str] = [
            Content.styled("▌" if is_here else " ", "$accent"),
            Content.styled(pad(item.label, wide), "bold" if is_here else ""),
            Content.styled(_dots(level), style),
        ]
        asked = "  " + _("wanted here: %(level)s") % {"level": "●" * wanted} if wanted else ""
        said = cut(f"  {words.level(level)}", self._width - wide - 4 - width_of(asked)) + asked
        parts.append(Content.styled(said, style if level < wanted else ""))
        lines = [Content.assemble(*parts)]
        if text and self.size.height >= TALL:
            lines.append(
                Content.styled(f" {' ' * wide}{cut(quoted(text), self._width - wide - 1)}", "$muted")
            )
        return lines

    def _detail(self, item: "ProfileItem", pipeline: Pipeline, room: int) -> list[Content]:
        """What to ask for the item under the cursor, and what was known of it, the newest first."""
        question = [Content.styled(line, "italic") for line in wrapped(shown(item.question), self._width)]
        lines: list[Content] = []
        shown_last = ""
        for number, answer in enumerate(self._answers.get(item.key, ())):
            # Words that were not changed since stand above already.
            said = told(answer if answer.text != shown_last else answer._replace(text=""), pipeline.today)
            shown_last = answer.text
            if number:
                lines.append(Content.styled(f"· {cut(said, self._width - 2)}", "$muted"))
                continue
            newest = wrapped(said, self._width - 2)
            if len(newest) > NEWEST:
                newest[NEWEST - 1 :] = [cut(" ".join(newest[NEWEST - 1 :]), self._width - 2)]
            lines += [Content(f"{'  ' if at else '· '}{line}") for at, line in enumerate(newest)]
        room = max(0, room - len(question))
        if len(lines) > room > 0:
            lines[room - 1 :] = [Content.styled(_("… and before"), "$muted")]
        return question + lines[:room]

    # What is said --------------------------------------------------------------------------------------

    def action_go(self, step: int) -> None:
        """Another item."""
        profile, item = self._profile, self._item
        if profile is None or item is None or self._words.display:
            return
        at = profile.items.index(item) + step
        self._key = profile.items[max(0, min(len(profile.items) - 1, at))].key
        self._complain("")
        self._show()

    def action_level(self, level: int) -> None:
        """How well it is known; what the buyer confirmed or did wants to be said."""
        item = self._item
        if item is None:
            return
        if level >= CONFIRMED and not self._texts.get(item.key):
            self._level = level
            self._open(item, _("what the buyer confirmed or did"))
        else:
            self.post_message(QualifyWanted(self._deal_id, item.key, level, None))

    def action_write(self) -> None:
        """The words behind the item."""
        if (item := self._item) is not None:
            self._level = None
            self._open(item, _("what is known"))

    def _open(self, item: "ProfileItem", hint: str) -> None:
        box = self._words
        box.value = self._drafts.get(item.key) or self._texts.get(item.key, "")
        box.placeholder = hint
        box.display = True
        box.focus()
        self._show()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        event.stop()
        item, text = self._item, event.value.strip()
        if item is None:
            return
        if self._level is not None and not text:
            self._complain(_("Say what the buyer confirmed or did: without it the level is a claim."))
            return
        self._close()
        self._drafts[item.key] = self._texts[item.key] = text
        self.post_message(QualifyWanted(self._deal_id, item.key, self._level, text))
        self._level = None

    def _close(self) -> None:
        self._words.display = False
        self.set_focus(None)
        self._complain("")
        self._show()

    def _complain(self, problem: str) -> None:
        self.query_one(".problem", Static).update(problem)

    def action_never_mind(self) -> None:
        """Out of the words, which are kept for the next time; or done."""
        if self._words.display:
            if item := self._item:
                self._drafts[item.key] = self._words.value.strip()
            self._level = None
            self._close()
        else:
            self.dismiss(None)


def _dots(level: int) -> str:
    return "●" * level + "○" * (EVIDENCED - level)
