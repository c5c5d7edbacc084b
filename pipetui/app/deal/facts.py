"""The facts of a deal in the order in which they are read: what each is called, and what it is."""

from typing import Final, NamedTuple

from textual.content import Content

from pipetui.app import words
from pipetui.deals.deal import Deal
from pipetui.deals.text import clean
from pipetui.language import N_, _, format, labelled, ngettext
from pipetui.pipeline.pipeline import Pipeline

LABELS: Final = {
    "name": N_("Name"),
    "account": N_("Account"),
    "owner": N_("Owner"),
    "stage": N_("Stage"),
    "amount": N_("Amount"),
    "close_date": N_("Expected close"),
    "closed_on": N_("Closed"),
    "close_reason": N_("Reason"),
    "category": N_("Category"),
    "probability": N_("Probability (CRM)"),
    "next_step": N_("Next step"),
    "resume_on": N_("In nurture"),
    "last_activity": N_("Last activity"),
    "created": N_("Created"),
    "segment": N_("Segment"),
    "lead_source": N_("Lead source"),
    "kind": N_("Type"),
    "id": N_("Id"),
    "missing_since": N_("Missing"),
}
"""What the facts are called (marked)."""

MUTED: Final = "$muted"


class Fact(NamedTuple):
    """One of them."""

    field: str
    value: Content
    """Empty: it is not known."""

    @property
    def label(self) -> str:
        """What it is called."""
        return _(LABELS[self.field])


def facts(deal: Deal, pipeline: Pipeline) -> list[Fact]:
    """All that make sense for an open deal, or for a closed one; the unknown ones, too."""
    from pipetui.app.deal import sections

    is_open = deal.status == "open"
    found: dict[str, str | Content] = {
        "name": Content.styled(deal.name, "bold"),
        "account": deal.account,
        "owner": _joined(deal.owner, deal.team),
        "stage": sections.place(deal, pipeline),
        "amount": sections.amount(deal),
    }
    if is_open:
        found |= {"close_date": _close(deal, pipeline)}
    else:
        closed = "" if deal.settled_on is None else words.full_date(deal.settled_on)
        found |= {"closed_on": closed, "close_reason": deal.close_reason}
    found["category"] = _category(deal)
    if deal.in_nurture and deal.resume_on is not None:
        until = words.date_and_due(deal.resume_on, pipeline.today)
        found["resume_on"] = _("until %(day)s") % {"day": until}
    if is_open:
        found["next_step"] = sections.next_step(deal, pipeline)
    activity = "" if deal.last_activity is None else words.date_and_ago(deal.last_activity, pipeline.today)
    created = "" if deal.created is None else words.date_and_ago(deal.created, pipeline.today)
    found |= {
        "probability": "" if deal.probability is None else format.percent(deal.probability),
        "last_activity": activity,
        "created": created,
        "segment": deal.segment,
        "lead_source": deal.lead_source,
        "kind": deal.kind,
        "id": _joined(*(clean(part) for part in (deal.external_id, deal.source))),
    }
    if deal.missing_since is not None:
        since = words.full_date(deal.missing_since)
        said = Content.styled(_("not in the export since %(day)s") % {"day": since}, "$flag-medium")
        found = {"missing_since": said, **found}
    return [
        Fact(field, value if isinstance(value, Content) else Content(value)) for field, value in found.items()
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _close(deal: Deal, pipeline: Pipeline) -> Content:
    """The expected close, red where it has passed, and how often it was pushed."""
    if deal.close_date is None:
        day = Content.styled(_("no date"), MUTED)
    else:
        late = deal.close_date < pipeline.today
        day = Content.styled(
            words.date_and_due(deal.close_date, pipeline.today), "$flag-high" if late else ""
        )
    if not deal.push_count:
        return day
    times = ngettext("pushed %(n)d time", "pushed %(n)d times", deal.push_count) % {"n": deal.push_count}
    return Content.assemble(day, f" · {times}")


def _category(deal: Deal) -> Content:
    """The category in force; behind it what others say, where they differ."""
    from pipetui.app.deal import sections

    in_force = sections.category(deal)
    said = (
        (_("rep"), deal.rep_category if deal.manager_category else None),
        (_("CRM"), deal.crm_category),
    )
    others = [
        labelled(who, words.category(its)) for who, its in said if its is not None and its != deal.category
    ]
    if not others:
        return Content(in_force)
    return Content.assemble(in_force, Content.styled("  " + " · ".join(others), MUTED))
