"""Every command of the app, once: bindings, footer, palette, help and remapping are all made from this table."""

from typing import NamedTuple

from textual.binding import Binding, BindingType

from pipetui.language import N_

EVERYWHERE = "everywhere"
BOARD = "board"
CLEANUP = "cleanup"
SUMMARY = "cleanup: summary"
FORECAST = "forecast"
FORECAST_DEALS = "forecast: deals"
CALLS = "forecast: calls"
PAST_CALL = "forecast: past call"
COMPARED = "forecast: compared"
ACCURACY = "forecast: accuracy"
ACCURACY_DEALS = "forecast: became"
CALL = "forecast: call"
TRENDS = "trends"
TRENDS_DEALS = "trends: deals"
DASHBOARD = "dashboard"
DEAL = "deal"
WELCOME = "welcome"
REVIEW = "import: reading"
WORKING = "import: working"
COMPARISON = "import: comparison"
CHANGES = "import: what changed"
IMPORTS = "imports"
CONFLICTS = "conflicts"
CARRYING = "carrying"
PAST = frozenset({CALLS, PAST_CALL, COMPARED, ACCURACY, ACCURACY_DEALS})
OVER_THE_BOARD = PAST | frozenset(
    {CALL, DEAL, SUMMARY, FORECAST_DEALS, TRENDS_DEALS}
    | {REVIEW, COMPARISON, CHANGES, IMPORTS, CONFLICTS, CARRYING}
)
"""Places that one leaves for another one by its key."""
PLACES = (BOARD, CLEANUP, FORECAST, TRENDS, DASHBOARD)
"""Those that a key leads to from everywhere. The first one is always there, below the others."""


class Command(NamedTuple):
    """Something that a key does."""

    id: str
    title: str
    """A few words for footer, palette and help (marked; translated where shown)."""
    keys: tuple[str, ...]
    action: str
    place: str
    group: str
    """The heading it stands under in the help."""
    footer: bool = False
    """Whether the footer names it, in the order of the table, as far as there is room."""
    short: str = ""
    """A shorter title for the footer."""
    in_palette: bool = True
    also: tuple[str, ...] = ()
    """Other places that it works in."""


_WRITTEN = {
    "space": N_("space"),
    "enter": N_("enter"),
    "escape": N_("esc"),
    "full_stop": ".",
    "slash": "/",
    "question_mark": "?",
    "ampersand": "&",
    "quotation_mark": '"',
    "apostrophe": "'",
    "left_parenthesis": "(",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": N_("pgup"),
    "pagedown": N_("pgdn"),
    "home": N_("home"),
    "end": N_("end"),
    "delete": N_("del"),
    "backspace": N_("backspace"),
    "shift": N_("shift"),
}


def written(key: str) -> str:
    """A key as people write it: "full_stop" → ".", "ctrl+down" → "ctrl+↓", "ctrl+z" as it is."""
    from pipetui.language import _

    if key in _WRITTEN:
        return _(_WRITTEN[key])
    return "+".join(_(_WRITTEN[part]) if part in _WRITTEN else part for part in key.split("+"))


_MOVING = N_("Moving around")
_DEALS = N_("The deal under the cursor")
_VIEW = N_("What the board shows")
_ROW = N_("The deal view")
_APP = N_("The app")
_IMPORT = N_("The import")
_LIST = N_("The list")
_QUEUE = N_("The cleanup")
_FORECAST = N_("The forecast")
_DASHBOARD = N_("The dashboard")
_CALL = N_("The forecast call")
_TRENDS = N_("The trends")


def _in_list(place: str, *, sections: bool = True) -> tuple[Command, ...]:
    """The keys of a list in a place, for the help; the list itself obeys the moving ones."""
    moving = (
        ("down", N_("Next line"), ("j", "down"), "go(1)"),
        ("up", N_("Previous line"), ("k", "up"), "go(-1)"),
    )
    paging = (
        ("page_down", N_("A page down"), ("pagedown", "ctrl+d"), "page(1)"),
        ("page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)"),
        ("first", N_("First line"), ("home", "g"), "ends(0)"),
        ("last", N_("Last line"), ("end", "G"), "ends(-1)"),
    )
    jumping = (
        ("section", N_("Next heading"), ("tab",), "section(1)"),
        ("section_back", N_("Previous heading"), ("shift+tab",), "section(-1)"),
    )
    return tuple(
        Command(
            f"{place.rpartition(': ')[2].replace(' ', '_')}.{name}",
            title,
            keys,
            action,
            place,
            _LIST,
            in_palette=False,
        )
        for name, title, keys, action in (*moving, *paging, *(jumping if sections else ()))
    )


COMMANDS: tuple[Command, ...] = (
    # The board: what is used most stands first, for the footer.
    Command("deal.open", N_("Open the deal"), ("enter",), "open_deal", BOARD, _DEALS, footer=True, short=N_("open"), also=(CLEANUP,)),
    Command("deal.panel", N_("Evidence panel on or off"), ("space",), "toggle_panel", BOARD, _DEALS, footer=True, short=N_("evidence")),
    Command("deal.panel_down", N_("Scroll the evidence down"), ("J",), "scroll_panel(1)", BOARD, _DEALS, in_palette=False, also=(CLEANUP,)),
    Command("deal.panel_up", N_("Scroll the evidence up"), ("K",), "scroll_panel(-1)", BOARD, _DEALS, in_palette=False, also=(CLEANUP,)),
    Command("deal.forward", N_("Move the deal a stage on"), ("L", "shift+right"), "move_deal(1)", BOARD, _DEALS, footer=True, short=N_("stage on"), also=(DEAL, CLEANUP)),
    Command("deal.back", N_("Move the deal a stage back"), ("H", "shift+left"), "move_deal(-1)", BOARD, _DEALS, footer=True, short=N_("stage back"), also=(DEAL, CLEANUP)),
    Command("deal.next_step", N_("What happens next, and when"), ("n",), "ask('next_step')", BOARD, _DEALS, footer=True, short=N_("next step"), also=(DEAL, CLEANUP)),
    Command("deal.date", N_("Another close date"), ("d",), "ask('close_date')", BOARD, _DEALS, footer=True, short=N_("date"), also=(DEAL, CLEANUP)),
    Command("deal.amount", N_("Another amount"), ("a",), "ask('amount')", BOARD, _DEALS, footer=True, short=N_("amount"), also=(DEAL, CLEANUP)),
    Command("deal.won", N_("Close the deal as won"), ("w",), "close_deal('won')", BOARD, _DEALS, footer=True, short=N_("won"), also=(DEAL, CLEANUP)),
    Command("deal.lost", N_("Close the deal as lost"), ("x",), "close_deal('lost')", BOARD, _DEALS, footer=True, short=N_("lost"), also=(DEAL, CLEANUP)),
    Command("deal.owner", N_("Another owner"), ("O",), "ask('owner')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.note", N_("Write a note"), ("N",), "ask('note')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.rest", N_("Let a flag rest: until a day, or for a reason"), ("f",), "ask('rest')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.nurture", N_("Put the deal aside until a day (nurture)"), ("p",), "ask('nurture')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.qualify", N_("How well the deal is qualified"), ("Q",), "ask('qualification')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.commitment", N_("What the buyer promised, kept or broken"), ("b",), "ask('commitment')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.action", N_("What we do: who, until when"), ("t",), "ask('action')", BOARD, _DEALS, also=(DEAL, CLEANUP)),
    Command("deal.mark", N_("Mark the deal: keys then act on all marked ones"), ("v",), "mark", BOARD, _DEALS),
    Command("view.filter", N_("Filter the deals"), ("slash",), "filter", BOARD, _VIEW, footer=True, short=N_("filter"), also=(CLEANUP,)),
    Command("view.clear", N_("Clear the filter"), ("escape",), "clear_filter", BOARD, _VIEW, also=(CLEANUP,)),
    Command("view.sort", N_("Sort the columns"), ("s",), "sort", BOARD, _VIEW, footer=True, short=N_("sort")),
    Command("view.owner", N_("Show one owner's deals"), ("o",), "owner", BOARD, _VIEW, footer=True, short=N_("owner"), also=(CLEANUP,)),
    Command("view.zoom", N_("Smaller or larger cards"), ("z",), "zoom", BOARD, _VIEW, footer=True, short=N_("zoom")),
    Command("view.closed", N_("Won and lost of this period"), ("full_stop",), "toggle_closed", BOARD, _VIEW, footer=True, short=N_("closed")),
    Command("go.left", N_("Column to the left"), ("h", "left"), "go(-1, 0)", BOARD, _MOVING, in_palette=False),
    Command("go.down", N_("Next deal"), ("j", "down"), "go(0, 1)", BOARD, _MOVING, in_palette=False),
    Command("go.up", N_("Previous deal"), ("k", "up"), "go(0, -1)", BOARD, _MOVING, in_palette=False),
    Command("go.right", N_("Column to the right"), ("l", "right"), "go(1, 0)", BOARD, _MOVING, in_palette=False),
    Command("go.page_down", N_("A page down"), ("pagedown", "ctrl+d"), "page(1)", BOARD, _MOVING, in_palette=False),
    Command("go.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", BOARD, _MOVING, in_palette=False),
    Command("go.top", N_("First deal of the column"), ("g",), "top", BOARD, _MOVING, in_palette=False),
    Command("go.bottom", N_("Last deal of the column"), ("G",), "bottom", BOARD, _MOVING, in_palette=False),
    Command("go.first", N_("First column"), ("home",), "first_column", BOARD, _MOVING, in_palette=False),
    Command("go.last", N_("Last column"), ("end",), "last_column", BOARD, _MOVING, in_palette=False),
    # The deal view.
    Command("deal.edit", N_("Edit what the cursor is on, where it stands"), ("enter",), "edit", DEAL, _ROW, footer=True, short=N_("edit")),
    Command("deal.close_view", N_("Back to where one was"), ("escape",), "leave", DEAL, _MOVING, footer=True, short=N_("back")),
    Command("deal.next", N_("Next deal"), ("right_square_bracket", "ctrl+down"), "step(1)", DEAL, _MOVING, footer=True, short=N_("next deal")),
    Command("deal.previous", N_("Previous deal"), ("left_square_bracket", "ctrl+up"), "step(-1)", DEAL, _MOVING),
    Command("deal.note_outside", N_("Write a note in your editor ($EDITOR)"), ("e",), "ask('note_outside')", DEAL, _ROW, footer=True, short=N_("note")),
    Command("deal.copy", N_("Copy a summary of the deal, for chat or mail"), ("y",), "copy", DEAL, _ROW, footer=True, short=N_("copy")),
    Command("deal.plan", N_("The plan of actions: Markdown or iCalendar"), ("P",), "plan", DEAL, _ROW),
    Command("deal.row_down", N_("Next row"), ("j", "down"), "go(1)", DEAL, _MOVING, in_palette=False),
    Command("deal.row_up", N_("Previous row"), ("k", "up"), "go(-1)", DEAL, _MOVING, in_palette=False),
    Command("deal.column_left", N_("Column to the left"), ("h", "left"), "side(-1)", DEAL, _MOVING, in_palette=False),
    Command("deal.column_right", N_("Column to the right"), ("l", "right"), "side(1)", DEAL, _MOVING, in_palette=False),
    Command("deal.section", N_("Next section"), ("tab",), "section(1)", DEAL, _MOVING, in_palette=False),
    Command("deal.section_back", N_("Section before"), ("shift+tab",), "section(-1)", DEAL, _MOVING, in_palette=False),
    Command("deal.page_down", N_("A page down"), ("pagedown", "space", "ctrl+d"), "page(1)", DEAL, _MOVING, in_palette=False),
    Command("deal.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", DEAL, _MOVING, in_palette=False),
    Command("deal.row_first", N_("First row"), ("home", "g"), "ends(0)", DEAL, _MOVING, in_palette=False),
    Command("deal.row_last", N_("Last row"), ("end", "G"), "ends(-1)", DEAL, _MOVING, in_palette=False),
    # The cleanup.
    Command("cleanup.keep", N_("Keep the deal, with a dated next step"), ("e",), "keep", CLEANUP, _QUEUE),
    Command("cleanup.later", N_("Put the deal off to the end"), ("space",), "later", CLEANUP, _QUEUE, footer=True, short=N_("later")),
    Command("cleanup.queue", N_("The queue instead of the deal"), ("l",), "toggle_queue", CLEANUP, _QUEUE, footer=True, short=N_("queue")),
    Command("cleanup.flag", N_("Only deals with one flag"), ("F",), "flag", CLEANUP, _QUEUE, footer=True, short=N_("flag")),
    Command("cleanup.summary", N_("What was decided, and who has to do what"), ("S",), "summary", CLEANUP, _QUEUE, footer=True, short=N_("summary")),
    Command("cleanup.down", N_("Next deal"), ("j", "down"), "go(1)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.up", N_("Previous deal"), ("k", "up"), "go(-1)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.page_down", N_("A page down"), ("pagedown", "ctrl+d"), "page(1)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.group", N_("What is wrong next"), ("tab",), "group(1)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.group_back", N_("What was wrong before"), ("shift+tab",), "group(-1)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.first", N_("First deal"), ("home", "g"), "ends(0)", CLEANUP, _MOVING, in_palette=False),
    Command("cleanup.last", N_("Last deal"), ("end", "G"), "ends(-1)", CLEANUP, _MOVING, in_palette=False),
    Command("summary.copy", N_("Copy the summary"), ("c",), "copy", SUMMARY, _QUEUE, footer=True, short=N_("copy"), in_palette=False),
    Command("summary.write", N_("Write the summary into a file"), ("w",), "write", SUMMARY, _QUEUE, footer=True, short=N_("write a file"), in_palette=False),
    Command("summary.anew", N_("Begin a new cleanup"), ("b",), "begin_anew", SUMMARY, _QUEUE, footer=True, short=N_("begin anew"), in_palette=False),
    Command("summary.back", N_("Back"), ("escape", "enter"), "back", SUMMARY, _MOVING, footer=True, short=N_("back"), in_palette=False),
    Command("summary.scroll_down", N_("Scroll down"), ("j", "down"), "scroll(1)", SUMMARY, _MOVING, in_palette=False),
    Command("summary.scroll_up", N_("Scroll up"), ("k", "up"), "scroll(-1)", SUMMARY, _MOVING, in_palette=False),
    Command("summary.page_down", N_("A page down"), ("pagedown", "space", "ctrl+d"), "page(1)", SUMMARY, _MOVING, in_palette=False),
    Command("summary.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", SUMMARY, _MOVING, in_palette=False),
    # The dashboard.
    Command("dashboard.open", N_("The place where something is done about the tile"), ("enter",), "open", DASHBOARD, _DASHBOARD, footer=True, short=N_("open")),
    Command("dashboard.deals", N_("The deals that the tile counts"), ("space",), "deals", DASHBOARD, _DASHBOARD, footer=True, short=N_("its deals")),
    Command("dashboard.before", N_("The period before"), ("less_than_sign",), "period(-1)", DASHBOARD, _DASHBOARD, footer=True, short=N_("before")),
    Command("dashboard.after", N_("The next period"), ("greater_than_sign",), "period(1)", DASHBOARD, _DASHBOARD, footer=True, short=N_("after")),
    Command("dashboard.scope", N_("Whose dashboard: everybody, a team, an owner"), ("o",), "scope", DASHBOARD, _DASHBOARD, footer=True, short=N_("whose")),
    Command("dashboard.month", N_("Month or quarter"), ("m",), "toggle_month", DASHBOARD, _DASHBOARD, footer=True, short=N_("month")),
    Command("dashboard.quota", N_("Set the quota"), ("Q",), "quota", DASHBOARD, _DASHBOARD, footer=True, short=N_("quota")),
    Command("dashboard.now", N_("The current period, everybody"), ("escape",), "now", DASHBOARD, _DASHBOARD),
    Command("dashboard.landing", N_("Landing: to the forecast"), ("f",), "tile('landing')", DASHBOARD, _DASHBOARD),
    Command("dashboard.coverage", N_("Coverage: to the first thin period"), ("c",), "tile('coverage')", DASHBOARD, _DASHBOARD),
    Command("dashboard.movement", N_("What moved: to the flow"), ("w",), "tile('movement')", DASHBOARD, _DASHBOARD),
    Command("dashboard.blocked", N_("What is blocked: to the cleanup"), ("b",), "tile('blocked')", DASHBOARD, _DASHBOARD),
    Command("dashboard.late", N_("Late actions: to the cleanup"), ("a",), "tile('late')", DASHBOARD, _DASHBOARD),
    Command("dashboard.slipping", N_("What is slipping: to the cleanup"), ("s",), "tile('slipping')", DASHBOARD, _DASHBOARD),
    Command("dashboard.hygiene", N_("Hygiene: to the cleanup"), ("y",), "tile('hygiene')", DASHBOARD, _DASHBOARD),
    Command("dashboard.agenda", N_("What is due today"), ("t",), "tile('agenda')", DASHBOARD, _DASHBOARD),
    Command("dashboard.diagnosis", N_("The diagnosis: to the trends"), ("d",), "tile('diagnosis')", DASHBOARD, _DASHBOARD),
    Command("dashboard.left", N_("Tile to the left"), ("h", "left"), "go(-1, 0)", DASHBOARD, _MOVING, in_palette=False),
    Command("dashboard.down", N_("Tile below"), ("j", "down"), "go(0, 1)", DASHBOARD, _MOVING, in_palette=False),
    Command("dashboard.up", N_("Tile above"), ("k", "up"), "go(0, -1)", DASHBOARD, _MOVING, in_palette=False),
    Command("dashboard.right", N_("Tile to the right"), ("l", "right"), "go(1, 0)", DASHBOARD, _MOVING, in_palette=False),
    Command("dashboard.next", N_("Next tile"), ("tab",), "next(1)", DASHBOARD, _MOVING, in_palette=False),
    Command("dashboard.previous", N_("Tile before"), ("shift+tab",), "next(-1)", DASHBOARD, _MOVING, in_palette=False),
    # The forecast.
    Command("forecast.open", N_("The deals behind the figure"), ("enter",), "open_figure", FORECAST, _FORECAST, footer=True, short=N_("its deals")),
    Command("forecast.call", N_("Begin the forecast call, or go on with it"), ("c",), "call", FORECAST, _FORECAST, footer=True, short=N_("call")),
    Command("forecast.calls", N_("Previous calls: open one, compare two"), ("p",), "calls", FORECAST, _FORECAST, footer=True, short=N_("previous calls")),
    Command("forecast.accuracy", N_("How good the forecasts were"), ("a",), "accuracy", FORECAST, _FORECAST, footer=True, short=N_("accuracy")),
    Command("forecast.before", N_("The period before"), ("less_than_sign",), "period(-1)", FORECAST, _FORECAST, footer=True, short=N_("before")),
    Command("forecast.after", N_("The next period"), ("greater_than_sign",), "period(1)", FORECAST, _FORECAST, footer=True, short=N_("after")),
    Command("forecast.scope", N_("Whose forecast: everybody, a team, an owner"), ("o",), "scope", FORECAST, _FORECAST, footer=True, short=N_("whose")),
    Command("forecast.month", N_("Month or quarter"), ("m",), "toggle_month", FORECAST, _FORECAST, footer=True, short=N_("month")),
    Command("forecast.quota", N_("Set the quota"), ("Q",), "quota", FORECAST, _FORECAST, footer=True, short=N_("quota")),
    Command("forecast.doubt", N_("Doubt: simulate slipping, and deals that go badly together"), ("s",), "doubt", FORECAST, _FORECAST, footer=True, short=N_("doubt")),
    Command("forecast.why", N_("Why this probability"), ("y",), "why", FORECAST, _FORECAST, footer=True, short=N_("why this %")),
    Command("forecast.now", N_("The current period, everybody"), ("escape",), "now", FORECAST, _FORECAST),
    Command("forecast.down", N_("Next figure"), ("j", "down"), "go(1)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.up", N_("Previous figure"), ("k", "up"), "go(-1)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.section", N_("Next part"), ("tab", "l", "right"), "section(1)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.section_back", N_("Part before"), ("shift+tab", "h", "left"), "section(-1)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.page_down", N_("A page down"), ("pagedown", "ctrl+d"), "page(1)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.first", N_("First figure"), ("home", "g"), "ends(0)", FORECAST, _MOVING, in_palette=False),
    Command("forecast.last", N_("Last figure"), ("end", "G"), "ends(-1)", FORECAST, _MOVING, in_palette=False),
    Command("figure.open", N_("Open the deal"), ("enter",), "open", FORECAST_DEALS, _FORECAST, footer=True, short=N_("open"), in_palette=False),
    Command("figure.why", N_("Why this probability"), ("y",), "why", FORECAST_DEALS, _FORECAST, footer=True, short=N_("why this %"), in_palette=False),
    Command("figure.back", N_("Back to the figures"), ("escape",), "back", FORECAST_DEALS, _FORECAST, footer=True, short=N_("back"), in_palette=False),
    Command("figure.down", N_("Next deal"), ("j", "down"), "go(1)", FORECAST_DEALS, _MOVING, in_palette=False),
    Command("figure.up", N_("Previous deal"), ("k", "up"), "go(-1)", FORECAST_DEALS, _MOVING, in_palette=False),
    Command("figure.page_down", N_("A page down"), ("pagedown", "space", "ctrl+d"), "page(1)", FORECAST_DEALS, _MOVING, in_palette=False),
    Command("figure.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", FORECAST_DEALS, _MOVING, in_palette=False),
    Command("figure.first", N_("First deal"), ("home", "g"), "ends(0)", FORECAST_DEALS, _MOVING, in_palette=False),
    Command("figure.last", N_("Last deal"), ("end", "G"), "ends(-1)", FORECAST_DEALS, _MOVING, in_palette=False),
    Command("calls.open", N_("Open the call"), ("enter",), "open", CALLS, _FORECAST, footer=True, short=N_("open"), in_palette=False),
    Command("calls.mark", N_("Mark the call that others are compared with"), ("v", "space"), "mark", CALLS, _FORECAST, footer=True, short=N_("mark"), in_palette=False),
    Command("calls.compare", N_("Compare the call with the marked one, or with the one before"), ("d",), "compare", CALLS, _FORECAST, footer=True, short=N_("compare"), in_palette=False),
    Command("calls.every", N_("Calls of all periods, or of this one"), ("full_stop",), "toggle_all", CALLS, _FORECAST, footer=True, short=N_("all periods"), in_palette=False),
    Command("calls.back", N_("Back to the figures"), ("escape",), "back", CALLS, _FORECAST, footer=True, short=N_("back"), in_palette=False),
    *_in_list(CALLS),
    Command("past.open", N_("Open the deal"), ("enter",), "open", PAST_CALL, _FORECAST, footer=True, short=N_("open"), in_palette=False),
    Command("past.compare", N_("Compare with the call before"), ("d",), "compare", PAST_CALL, _FORECAST, footer=True, short=N_("compare"), in_palette=False),
    Command("past.copy", N_("Copy the minutes, as Markdown"), ("y",), "copy", PAST_CALL, _FORECAST, footer=True, short=N_("copy minutes"), in_palette=False),
    Command("past.write", N_("Write the minutes into a file: Markdown, HTML, CSV"), ("e",), "write", PAST_CALL, _FORECAST, footer=True, short=N_("write minutes"), in_palette=False),
    Command("past.before", N_("The call before"), ("less_than_sign", "left_square_bracket"), "step(-1)", PAST_CALL, _FORECAST, in_palette=False),
    Command("past.after", N_("The call after"), ("greater_than_sign", "right_square_bracket"), "step(1)", PAST_CALL, _FORECAST, in_palette=False),
    Command("past.back", N_("Back"), ("escape",), "back", PAST_CALL, _FORECAST, footer=True, short=N_("back"), in_palette=False),
    *_in_list(PAST_CALL),
    Command("compared.open", N_("Open the deal"), ("enter",), "open", COMPARED, _FORECAST, footer=True, short=N_("open"), in_palette=False),
    Command("compared.other", N_("Compare other calls"), ("d",), "other", COMPARED, _FORECAST, footer=True, short=N_("other calls"), in_palette=False),
    Command("compared.back", N_("Back"), ("escape",), "back", COMPARED, _FORECAST, footer=True, short=N_("back"), in_palette=False),
    *_in_list(COMPARED),
    Command("accuracy.open", N_("The deals behind the figure"), ("enter",), "open", ACCURACY, _FORECAST, footer=True, short=N_("its deals"), in_palette=False),
    Command("accuracy.back", N_("Back to the figures"), ("escape",), "back", ACCURACY, _FORECAST, footer=True, short=N_("back"), in_palette=False),
    *_in_list(ACCURACY),
    Command("fate.open", N_("Open the deal"), ("enter",), "open", ACCURACY_DEALS, _FORECAST, footer=True, short=N_("open"), in_palette=False),
    Command("fate.back", N_("Back"), ("escape",), "back", ACCURACY_DEALS, _FORECAST, footer=True, short=N_("back"), in_palette=False),
    *_in_list(ACCURACY_DEALS),
    # The forecast call.
    Command("call.commit", N_("Commit, and on to the next deal"), ("c",), "classify('commit')", CALL, _CALL, footer=True, short=N_("commit")),
    Command("call.best_case", N_("Best case, and on to the next deal"), ("b",), "classify('best_case')", CALL, _CALL, footer=True, short=N_("best case")),
    Command("call.upside", N_("Upside, and on to the next deal"), ("u",), "classify('upside')", CALL, _CALL, footer=True, short=N_("upside")),
    Command("call.omit", N_("Out of the forecast, and on to the next deal"), ("o",), "classify('omitted')", CALL, _CALL, footer=True, short=N_("omit")),
    Command("call.next", N_("Next deal"), ("space", "j", "down"), "turn(1)", CALL, _CALL, footer=True, short=N_("next"), in_palette=False),
    Command("call.previous", N_("Previous deal"), ("backspace", "k", "up"), "turn(-1)", CALL, _CALL, in_palette=False),
    Command("call.enter", N_("The whole deal; on the last pages: write the number, freeze"), ("enter",), "enter", CALL, _CALL, footer=True, short=N_("open")),
    Command("call.note", N_("Write down what was answered"), ("n",), "note", CALL, _CALL, footer=True, short=N_("note")),
    Command("call.date", N_("Another close date"), ("d",), "ask('close_date')", CALL, _CALL, footer=True, short=N_("date")),
    Command("call.step", N_("What happens next, and when"), ("s",), "ask('next_step')", CALL, _CALL, footer=True, short=N_("next step")),
    Command("call.amount", N_("Another amount"), ("a",), "ask('amount')", CALL, _CALL, footer=True, short=N_("amount")),
    Command("call.waiting", N_("Let the deal wait until the end"), ("w",), "wait", CALL, _CALL, footer=True, short=N_("later")),
    Command("call.side", N_("The manager's call instead of the rep's, and back"), ("m",), "side", CALL, _CALL, footer=True, short=N_("manager")),
    Command("call.timer", N_("Stop the clocks and hide them, or let them run"), ("t",), "timer", CALL, _CALL, footer=True, short=N_("timer")),
    Command("call.jump", N_("Jump to a deal by typing"), ("slash",), "jump", CALL, _CALL, footer=True, short=N_("jump")),
    Command("call.queue", N_("The queue instead of the deal, on a small screen"), ("l",), "toggle_queue", CALL, _CALL),
    Command("call.reason", N_("Write the reason or the condition anew"), ("e",), "reason", CALL, _CALL),
    Command("call.reopen", N_("Reopen the frozen call: the next freeze is another revision"), ("R",), "reopen", CALL, _CALL),
    Command("call.leave", N_("Leave the call; it goes on where it was left"), ("escape",), "leave", CALL, _CALL, footer=True, short=N_("leave")),
    Command("call.part", N_("Next part of the agenda"), ("tab",), "part(1)", CALL, _MOVING, in_palette=False),
    Command("call.part_back", N_("Part before"), ("shift+tab",), "part(-1)", CALL, _MOVING, in_palette=False),
    Command("call.scroll_down", N_("Scroll down"), ("J", "pagedown", "ctrl+d"), "scroll(1)", CALL, _MOVING, in_palette=False),
    Command("call.scroll_up", N_("Scroll up"), ("K", "pageup", "ctrl+u"), "scroll(-1)", CALL, _MOVING, in_palette=False),
    Command("call.first", N_("The beginning of the agenda"), ("home", "g"), "ends(0)", CALL, _MOVING, in_palette=False),
    Command("call.last", N_("The end of the agenda"), ("end", "G"), "ends(-1)", CALL, _MOVING, in_palette=False),
    # The trends.
    Command("trends.open", N_("The deals behind the point"), ("enter",), "open", TRENDS, _TRENDS, footer=True, short=N_("its deals")),
    Command("trends.cut", N_("Another cut of the view"), ("space", "c"), "cut(1)", TRENDS, _TRENDS, footer=True, short=N_("another cut")),
    Command("trends.cut_back", N_("The cut before"), ("backspace",), "cut(-1)", TRENDS, _TRENDS, in_palette=False),
    Command("trends.next", N_("Next view"), ("j", "tab"), "view(1)", TRENDS, _MOVING, footer=True, short=N_("view"), in_palette=False),
    Command("trends.previous", N_("Previous view"), ("k", "shift+tab"), "view(-1)", TRENDS, _MOVING, in_palette=False),
    Command("trends.point", N_("Next point"), ("right", "down", "l"), "point(1)", TRENDS, _MOVING, footer=True, short=N_("point"), in_palette=False),
    Command("trends.point_back", N_("Previous point"), ("left", "up", "h"), "point(-1)", TRENDS, _MOVING, in_palette=False),
    Command("trends.page_down", N_("A page down"), ("pagedown", "ctrl+d"), "page(1)", TRENDS, _MOVING, in_palette=False),
    Command("trends.page_up", N_("A page up"), ("pageup", "ctrl+u"), "page(-1)", TRENDS, _MOVING, in_palette=False),
    Command("trends.first", N_("First point"), ("home", "g"), "ends(0)", TRENDS, _MOVING, in_palette=False),
    Command("trends.last", N_("Last point"), ("end", "G"), "ends(-1)", TRENDS, _MOVING, in_palette=False),
    Command("trends.narrow", N_("Narrow down: whose, segment, source, pipeline, amount, window"), ("f",), "narrow", TRENDS, _TRENDS, footer=True, short=N_("narrow")),
    Command("trends.before", N_("The window a period earlier"), ("less_than_sign",), "period(-1)", TRENDS, _TRENDS, footer=True, short=N_("earlier")),
    Command("trends.after", N_("The window a period later"), ("greater_than_sign",), "period(1)", TRENDS, _TRENDS, footer=True, short=N_("later")),
    Command("trends.month", N_("By month or by quarter"), ("m",), "toggle_month", TRENDS, _TRENDS, footer=True, short=N_("month")),
    Command("trends.length", N_("How long the window is"), ("w",), "length", TRENDS, _TRENDS, footer=True, short=N_("window")),
    Command("trends.scope", N_("Whose deals: everybody’s, a team’s, an owner’s"), ("o",), "scope", TRENDS, _TRENDS, footer=True, short=N_("whose")),
    Command("trends.filter", N_("Filter the deals"), ("slash",), "filter", TRENDS, _TRENDS, footer=True, short=N_("filter")),
    Command("trends.between", N_("The flow between two days or calls"), ("d",), "between", TRENDS, _TRENDS, footer=True, short=N_("flow of")),
    Command("trends.snapshot", N_("The snapshot rate of the conversion, and back"), ("s",), "snapshot", TRENDS, _TRENDS),
    Command("trends.clear", N_("Clear the filter; then the window to today, all deals"), ("escape",), "clear", TRENDS, _TRENDS),
    Command("spot.open", N_("Open the deal"), ("enter",), "open", TRENDS_DEALS, _TRENDS, footer=True, short=N_("open"), in_palette=False),
    Command("spot.back", N_("Back to the trends"), ("escape",), "back", TRENDS_DEALS, _TRENDS, footer=True, short=N_("back"), in_palette=False),
    *_in_list(TRENDS_DEALS, sections=False),
    # The welcome of an empty store.
    Command("welcome.import", N_("Import a CSV export of your CRM"), ("i",), "choose('import')", WELCOME, _APP, footer=True, short=N_("import")),
    Command("welcome.demo", N_("Look around in sample data first"), ("d",), "choose('demo')", WELCOME, _APP, footer=True, short=N_("sample data")),
    Command("welcome.blank", N_("Start with an empty board"), ("b",), "choose('blank')", WELCOME, _APP, footer=True, short=N_("empty board")),
    # The steps of an import.
    Command("import.go_on", N_("Compare with what is known"), ("enter",), "go_on", REVIEW, _IMPORT, footer=True, short=N_("compare"), in_palette=False),
    Command("import.change", N_("Another column, another reading"), ("space",), "change", REVIEW, _IMPORT, footer=True, short=N_("change"), in_palette=False),
    Command("import.leave_out", N_("Do not import this field"), ("x", "delete"), "leave_out", REVIEW, _IMPORT, footer=True, short=N_("leave out"), in_palette=False),
    Command("import.other_files", N_("Other files"), ("escape",), "back", REVIEW, _IMPORT, footer=True, short=N_("files"), in_palette=False),
    *_in_list(REVIEW),
    Command("import.stop", N_("Stop; nothing is kept"), ("escape",), "back", WORKING, _IMPORT, footer=True, short=N_("stop"), in_palette=False),
    Command("import.import", N_("Import"), ("enter",), "go_on", COMPARISON, _IMPORT, footer=True, short=N_("import"), in_palette=False),
    Command("import.reading", N_("How the files are read"), ("escape",), "back", COMPARISON, _IMPORT, footer=True, short=N_("how it is read"), in_palette=False),
    Command("import.rejects", N_("Write the rejected rows into a file"), ("w",), "write_rejects", COMPARISON, _IMPORT, in_palette=False),
    *_in_list(COMPARISON),
    Command("changes.open", N_("Open the deal"), ("enter",), "open", CHANGES, _IMPORT, footer=True, short=N_("open"), in_palette=False),
    Command("changes.back", N_("Back"), ("escape",), "back", CHANGES, _IMPORT, footer=True, short=N_("back"), in_palette=False),
    Command("changes.rejects", N_("Write the rejected rows into a file"), ("w",), "write_rejects", CHANGES, _IMPORT, in_palette=False),
    *_in_list(CHANGES),
    Command("imports.open", N_("What the import changed"), ("enter",), "open", IMPORTS, _IMPORT, footer=True, short=N_("what changed"), in_palette=False),
    Command("imports.conflicts", N_("Settle conflicts with the CRM"), ("c",), "conflicts", IMPORTS, _IMPORT, footer=True, short=N_("conflicts"), in_palette=False),
    Command("imports.carrying", N_("Changes to carry back into the CRM"), ("b",), "carrying", IMPORTS, _IMPORT, footer=True, short=N_("to carry back"), in_palette=False),
    Command("imports.back", N_("Back to the board"), ("escape",), "back", IMPORTS, _IMPORT, footer=True, short=N_("back"), in_palette=False),
    *_in_list(IMPORTS),
    Command("conflicts.ours", N_("Keep what is set here"), ("o",), "keep('ours')", CONFLICTS, _IMPORT, footer=True, short=N_("keep ours"), in_palette=False),
    Command("conflicts.theirs", N_("Take what the CRM says"), ("t",), "keep('theirs')", CONFLICTS, _IMPORT, footer=True, short=N_("take the CRM's"), in_palette=False),
    Command("conflicts.open", N_("Open the deal"), ("enter",), "open", CONFLICTS, _IMPORT, footer=True, short=N_("open"), in_palette=False),
    Command("conflicts.back", N_("Back"), ("escape",), "back", CONFLICTS, _IMPORT, footer=True, short=N_("back"), in_palette=False),
    *_in_list(CONFLICTS, sections=False),
    Command("carrying.copy", N_("Copy the list, as Markdown"), ("y",), "copy", CARRYING, _IMPORT, footer=True, short=N_("copy"), in_palette=False),
    Command("carrying.write", N_("Write the list into a file"), ("w",), "write", CARRYING, _IMPORT, footer=True, short=N_("write a file"), in_palette=False),
    Command("carrying.open", N_("Open the deal"), ("enter",), "open", CARRYING, _IMPORT, footer=True, short=N_("open"), in_palette=False),
    Command("carrying.back", N_("Back"), ("escape",), "back", CARRYING, _IMPORT, footer=True, short=N_("back"), in_palette=False),
    *_in_list(CARRYING),
    # Everywhere.
    Command("place.dashboard", N_("Dashboard"), ("1", "ampersand"), "app.place('dashboard')", EVERYWHERE, _APP),
    Command("place.board", N_("Board"), ("2", "é"), "app.place('board')", EVERYWHERE, _APP),
    Command("place.cleanup", N_("Cleanup"), ("3", "quotation_mark"), "app.place('cleanup')", EVERYWHERE, _APP),
    Command("place.forecast", N_("Forecast"), ("4", "apostrophe"), "app.place('forecast')", EVERYWHERE, _APP),
    Command("place.trends", N_("Trends"), ("6", "minus"), "app.place('trends')", EVERYWHERE, _APP),
    Command("app.undo", N_("Undo"), ("ctrl+z",), "app.undo", EVERYWHERE, _APP, footer=True, short=N_("undo")),
    Command("app.redo", N_("Redo"), ("ctrl+y",), "app.redo", EVERYWHERE, _APP),
    Command("app.palette", N_("Find a deal or a command"), ("ctrl+p",), "app.palette", EVERYWHERE, _APP, footer=True, short=N_("find"), in_palette=False),
    Command("app.import", N_("Import an export of your CRM"), ("i",), "app.import_file", EVERYWHERE, _APP),
    Command("app.imports", N_("Sources and past imports"), ("I",), "app.imports", EVERYWHERE, _APP),
    Command("app.conflicts", N_("Settle conflicts with the CRM"), ("C",), "app.conflicts", EVERYWHERE, _APP),
    Command("app.carrying", N_("Changes to carry back into the CRM"), ("B",), "app.carrying", EVERYWHERE, _APP),
    Command("app.theme", N_("Choose a theme"), ("T",), "app.choose_theme", EVERYWHERE, _APP),
    Command("app.help", N_("All keys"), ("question_mark", "f1"), "app.keys", EVERYWHERE, _APP, footer=True, short=N_("help")),
    Command("app.redraw", N_("Draw the screen again"), ("ctrl+l",), "app.redraw", EVERYWHERE, _APP),
    Command("app.quit", N_("Quit"), ("q", "ctrl+q"), "app.quit", EVERYWHERE, _APP, footer=True, short=N_("quit")),
    Command("app.interrupt", N_("Quit (asks once)"), ("ctrl+c",), "app.interrupt", EVERYWHERE, _APP, in_palette=False),
)  # fmt: skip


def of_place(place: str) -> list[Command]:
    """The commands of one place, its own first, without those that work everywhere."""
    own = [command for command in COMMANDS if command.place == place]
    return own + [command for command in COMMANDS if place in command.also]


def bindings(place: str) -> list[BindingType]:
    """Textual's bindings for a place. Descriptions are not shown by Textual, so they stay as they are."""
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.title,
            show=False,
            id=command.id,
            priority=command.id == "app.interrupt",
        )
        for command in of_place(place)
    ]
