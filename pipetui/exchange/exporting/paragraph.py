"""A deal in one paragraph of plain text, for a chat or a mail."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from pipetui.deals.deal import Deal
from pipetui.deals.money import digits
from pipetui.deals.promise import Promise
from pipetui.deals.text import TEXT_LIMIT, clean, is_placeholder
from pipetui.exchange.exporting.naming import called
from pipetui.exchange.exporting.view import View
from pipetui.exchange.exporting.wording import lateness, state_told
from pipetui.exchange.own import CATEGORIES
from pipetui.language import _, labelled, ngettext, pgettext
from pipetui.language.builtin import shown
from pipetui.language.format import money, short_date
from pipetui.signals.flag import TITLES

_TOLD: Final = frozenset({"unpriced", "pushed"})
"""Flags that say again what the first sentence has said."""
_MOST: Final = 3
"""Commitments, and actions, that are told one by one."""
_LONGEST: Final = 160
"""Characters of a next step, commitment or action."""


def deal_in_a_paragraph(deal: Deal, view: View, promises: Iterable[Promise] = ()) -> str:
    """What somebody has to know of a deal, as one would write it.

    "Portal (Nordimat), €46,000, in Demo for 31 days, expected to close on 19 Nov (pushed twice), commit.
    Flags: stalled, overdue. Next step: call the CFO on 1 Dec. The buyer's commitments: …"

    Args:
        deal: the deal.
        view: what it is part of.
        promises: its commitments and actions (`Story.promises`).
    """
    sentences = [", ".join(_facts(deal, view))]
    if deal.status == "open":
        sentences += _outlook(deal, view, list(promises))
    return " ".join(_ended(sentence) for sentence in sentences)


def _outlook(deal: Deal, view: View, promises: Sequence[Promise]) -> Iterator[str]:
    if flags := [_(TITLES[name]) for name in _flags(deal, view)]:
        yield labelled(_("Flag") if len(flags) == 1 else _("Flags"), ", ".join(flags))
    if step := _next_step(deal, view.today):
        yield labelled(_("Next step"), step)
    theirs, ours = (
        [promise for promise in promises if promise.kind == kind] for kind in ("commitment", "action")
    )
    if theirs:
        title = ngettext("The buyer's commitment", "The buyer's commitments", len(theirs))
        yield labelled(title, _undertaken(theirs, view.today))
    if ours:
        title = ngettext("Our action", "Our actions", len(ours))
        yield labelled(title, _undertaken(ours, view.today))


def _facts(deal: Deal, view: View) -> Iterator[str]:
    today = view.today
    yield called(deal)
    yield _amount(deal, view.currency)
    if deal.status != "open":
        yield _closed(deal, today)
        return
    yield _place(deal, view)
    yield _closing(deal, today)
    if deal.in_nurture and deal.resume_on:
        yield _("in nurture until %(day)s") % {"day": short_date(deal.resume_on, today)}
    elif deal.category:
        yield CATEGORIES[deal.category].told
    if deal.missing_since:
        day = short_date(deal.missing_since, today)
        yield _("missing from the CRM's export since %(day)s") % {"day": day}


def _amount(deal: Deal, usual: str) -> str:
    """Exact, without a fraction of nothing: "€46,000", "€617.25"."""
    if deal.amount is None:
        return _("unpriced")
    currency = deal.currency or usual
    exact, places = money(deal.amount, currency), digits(currency)
    return re.sub(rf"[.,]0{{{places}}}(?=\D*$)", "", exact) if places else exact


def _place(deal: Deal, view: View) -> str:
    stage = shown(view.stages[deal.stage_id].name)
    if deal.stage_since is None:
        return _("in %(stage)s") % {"stage": stage}
    days = (view.today - deal.stage_since).days
    if days <= 0:
        return _("in %(stage)s since today") % {"stage": stage}
    said = ngettext("in %(stage)s for %(n)d day", "in %(stage)s for %(n)d days", days)
    return said % {"stage": stage, "n": days}


def _closing(deal: Deal, today: date) -> str:
    if deal.close_date is None:
        said = _("without a close date")
    else:
        said = _("expected to close on %(day)s") % {"day": short_date(deal.close_date, today)}
    return f"{said} ({_pushes(deal.push_count)})" if deal.push_count else said


def _pushes(n: int) -> str:
    if n <= 2:
        return _("pushed once") if n == 1 else _("pushed twice")
    return ngettext("pushed %(n)d time", "pushed %(n)d times", n) % {"n": n}


def _closed(deal: Deal, today: date) -> str:
    if deal.settled_on is None:
        said = pgettext("status", "won") if deal.status == "won" else pgettext("status", "lost")
    else:
        said = _("won on %(day)s") if deal.status == "won" else _("lost on %(day)s")
        said %= {"day": short_date(deal.settled_on, today)}
    return f"{said} ({shown(deal.close_reason)})" if deal.close_reason else said


def _flags(deal: Deal, view: View) -> Iterator[str]:
    for flag in view.flags_of(deal):
        is_told = flag.name == "no_next_step" and not is_placeholder(deal.next_step)
        if flag.name not in _TOLD and not is_told:
            yield flag.name


def _next_step(deal: Deal, today: date) -> str:
    """What happens when; "" where nobody knows, which is for a flag to say."""
    step = "" if is_placeholder(deal.next_step) else _brief(deal.next_step)
    day = deal.next_step_date
    if day is None:
        return _("%(step)s, no date yet") % {"step": step} if step else ""
    days = (today - day).days
    if days <= 0:
        return f"{step} {_when(day, today)}".lstrip()
    due = ngettext("was due on %(day)s, %(n)d day ago", "was due on %(day)s, %(n)d days ago", days)
    return f"{step}, ".lstrip(", ") + due % {"day": short_date(day, today), "n": days}


def _when(day: date, today: date) -> str:
    match (day - today).days:
        case 0:
            return pgettext("sentence", "today")
        case 1:
            return pgettext("sentence", "tomorrow")
        case _later:
            return pgettext("sentence", "on %(day)s") % {"day": short_date(day, today)}


def _undertaken(its: Sequence[Promise], today: date) -> str:
    """What is open and what was broken, by date; what was kept is counted."""
    waiting = [promise for promise in its if promise.state != "kept"]
    waiting.sort(key=lambda promise: (promise.state != "open", promise.due or date.max))
    parts = [_promised(promise, today) for promise in waiting[:_MOST]]
    if (more := len(waiting) - _MOST) > 0:
        parts.append(ngettext("%(n)d more", "%(n)d more", more) % {"n": more})
    if kept := len(its) - len(waiting):
        if its[0].kind == "action":
            said = ngettext("%(n)d done", "%(n)d done", kept)
        else:
            said = ngettext("%(n)d kept", "%(n)d kept", kept)
        parts.append(said % {"n": kept})
    return pgettext("sentence", "; ").join(parts)


def _promised(promise: Promise, today: date) -> str:
    """ "sign the annex (their CFO, by 20 Nov, 2 days late)"."""
    beside = [promise.who]
    if promise.due:
        beside.append(_("by %(day)s") % {"day": short_date(promise.due, today)})
    beside.append(state_told(promise) if promise.state == "broken" else lateness(promise, today))
    told = ", ".join(part for part in beside if part)
    what = _brief(promise.what)
    return f"{what} ({told})" if told else what


def _brief(text: str) -> str:
    """Somebody's words as a part of a sentence."""
    line = clean(text, TEXT_LIMIT).rstrip(" .;,")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _ended(sentence: str) -> str:
    """A sentence with its full stop; French months that are cut short have one already."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
