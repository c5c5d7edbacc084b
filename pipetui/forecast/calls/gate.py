"""What a category has to answer for before the call goes on."""

from typing import Final, Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.forecast.calls.entry import Said
from pipetui.forecast.categories import RANKS, Side, category_of
from pipetui.forecast.periods import Period
from pipetui.signals.context import Context, Quarter
from pipetui.signals.rules import gate

Answer = Literal["reason", "override_reason", "condition", "condition_by"]
"""The field of `Said` that is still empty."""

AGAINST: Final = {
    Category.COMMIT: frozenset({"overdue", "weak", "outside_period", "pushed", "unpriced", "no_next_step"}),
    Category.BEST_CASE: frozenset({"overdue", "weak", "outside_period", "unpriced", "no_next_step"}),
    Category.UPSIDE: frozenset({"overdue", "outside_period"}),
    Category.OMITTED: frozenset[str](),
}
"""Which facts contradict which category. A best case is solid, so it is held to what a commit is but for
pushes: its date hangs on its condition. An upside is uncertain, but lies in the period and ahead."""


class Asked(NamedTuple):
    """What a category raises, answered or not."""

    contradictions: tuple[str, ...] = ()
    """The facts against it, in the words of the flag `gate`."""
    turned: Literal["up", "down"] | None = None
    """Against the last call."""
    overrides: bool = False
    """Whether the manager's differs from the rep's."""
    needs_condition: bool = False

    def unanswered(self, said: Said, side: Side = "rep") -> tuple[Answer, ...]:
        """What has to be written before the call goes on; nothing: one key classifies and moves on."""
        found: list[Answer] = []
        reason: Answer = "reason" if side == "rep" else "override_reason"
        if (self.contradictions or self.turned or self.overrides) and not getattr(said, reason).strip():
            found.append(reason)
        if self.needs_condition:
            found += [] if said.condition.strip() else ["condition"]
            found += [] if said.condition_by else ["condition_by"]
        return tuple(found)


def contradictions(
    deal: Deal, category: Category | None, context: Context, period: Period
) -> tuple[str, ...]:
    """The facts that contradict a category in a period: `overdue`, `weak`, `outside_period`, `pushed`,
    `unpriced`, `no_next_step`, each as the flag of that name defines it. Unclassified contradicts nothing.
    """
    against = AGAINST.get(category, frozenset()) if category else frozenset[str]()
    if not against:
        return ()
    as_commit = deal._replace(manager_category=Category.COMMIT)
    found = gate(as_commit, context._replace(quarter=Quarter(*period))) or ()
    is_early = deal.close_date is not None and context.today <= deal.close_date < period.start
    if is_early:
        found = ("outside_period", *found)
    return tuple(name for name in found if name in against)


def asked(
    deal: Deal,
    category: Category,
    context: Context,
    period: Period,
    *,
    side: Side = "rep",
    last: Category | None = None,
) -> Asked:
    """What has to be answered if a deal is put into a category.

    A manager who agrees with the rep is asked nothing; one who overrides says why, whatever the facts.

    Args:
        deal: as it stands.
        category: the one it is put into.
        context: what the rules look up.
        period: the one of the call.
        side: who says so.
        last: the same side's category in the last call; `None`: unclassified, or there was none. To be
            classified for the first time is neither up nor down.
    """
    if side == "manager" and category is category_of(deal, "rep"):
        return Asked()
    turned: Literal["up", "down"] | None = None
    if last is not None and last is not category:
        turned = "up" if RANKS[category] > RANKS[last] else "down"
    return Asked(
        contradictions(deal, category, context, period),
        turned,
        overrides=side == "manager",
        needs_condition=category is Category.BEST_CASE,
    )
