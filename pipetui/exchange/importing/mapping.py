"""Which column is which field of a deal, and why."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from types import MappingProxyType

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Misuse, Problem
from pipetui.exchange.importing import labels, settling
from pipetui.exchange.importing.finder import Finder
from pipetui.exchange.importing.matching import FIELDS, REJECTED, Match
from pipetui.exchange.importing.presets import GENERIC, PRESETS, Preset, evidence, recognise
from pipetui.exchange.importing.reading import Table
from pipetui.exchange.importing.settling_days import settle_days
from pipetui.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of an export are read."""

    preset: Preset
    reason: str
    """Why this preset, in words."""
    matches: dict[str, Match]
    """Field or helper → column."""
    left_out: tuple[str, ...] = ()
    """Fields that the user wants without a column."""
    warnings: list[str] = field(default_factory=list)

    def columns(self) -> dict[str, str]:
        """Field → column, for the report."""
        return {name: self.matches[name].column for name in FIELDS if name in self.matches}

    def accepted(self) -> dict[str, str]:
        """Field → column as the next import of the same source is to read it; "" for a field left out."""
        return {**dict.fromkeys(self.left_out, ""), **self.columns()}

    def __contains__(self, name: str) -> bool:
        return name in self.matches


def map_columns(
    table: Table,
    *,
    preset: str,
    given: MappingType[str, str],
    clock: Clock,
    remembered: MappingType[str, str] = MappingProxyType({}),
) -> Mapping:
    """Find the column of each field: as given or accepted before, else by label, else a guess.

    The preset's labels go before anybody's.

    Args:
        table: the export.
        preset: a preset's name, or "auto".
        given: field → column as the user says; "" leaves a field out.
        clock: reads the moments by which a guess is checked.
        remembered: the mapping of the source's last import; columns that are no more are found anew.

    Raises:
        Problem: an unknown field, column or preset, or an export that is clearly another CRM's.
    """
    chosen, reason = _preset(table, preset)
    finder = Finder(table, given, clock)
    if not chosen.is_own:
        finder.by_memory({name: column for name, column in remembered.items() if name not in given})
    finder.by_label(chosen, "preset")
    if not chosen.is_own:
        if chosen is not GENERIC:
            finder.by_label(GENERIC, "label")
            finder.by_loose_label(chosen)
        finder.by_loose_label(GENERIC)
        finder.by_guess()
        finder.by_values()
        finder.by_days()
    settling.settle_id(table, finder.matches)
    if not chosen.is_own:
        finder.by_distinctness()
    settling.settle_status(table, finder.matches)
    if "status" not in finder.left_out():
        settling.find_status(table, finder.matches)
    if not chosen.is_own:
        if not {"name", "id"}.intersection(finder.left_out()):
            settling.settle_name(table, finder.matches)
        settle_days(table, finder.matches, finder.wanted, clock)
    if "amount" not in finder.left_out():
        settling.settle_budget(table, finder.matches)
    if (
        "closed" in finder.matches
        and "close_date" not in finder.matches
        and "close_date" not in finder.left_out()
    ):
        # One date column for both: its meaning follows the deal's status.
        finder.matches["close_date"] = finder.matches.pop("closed")
    return Mapping(chosen, reason, finder.matches, finder.left_out())


def signature(table: Table) -> str:
    """What identifies the same kind of export again."""
    return "\n".join(sorted({labels.key(label) for label in table.header if label and label not in REJECTED}))


def _preset(table: Table, wanted: str) -> tuple[Preset, str]:
    found, told = recognise(table.header)
    if wanted == "auto":
        if found is GENERIC:
            return GENERIC, _("read as a generic list: no CRM's own columns were recognised")
        some = ", ".join(told[:3])
        reason = ngettext(
            "recognised as %(crm)s by %(n)d column: %(columns)s",
            "recognised as %(crm)s by %(n)d columns: %(columns)s",
            len(told),
        ) % {"crm": found.title, "n": len(told), "columns": f"{some}, …" if len(told) > 3 else some}
        return found, reason
    if wanted not in PRESETS:
        raise Misuse(
            _("There is no preset called “%(name)s”; there are %(all)s.")
            % {"name": wanted, "all": ", ".join(("auto", *PRESETS))}
        )
    chosen = PRESETS[wanted]
    if (
        found is not GENERIC
        and found is not chosen
        and chosen is not GENERIC
        and not evidence(chosen, table.header)
    ):
        raise Problem(
            _(
                "%(file)s is no %(wanted)s export but looks like one of %(found)s: leave --preset out"
                " or say --preset %(name)s."
            )
            % {"file": table.name, "wanted": chosen.title, "found": found.title, "name": found.name}
        )
    return chosen, _("read as %(preset)s, as asked") % {"preset": chosen.title or chosen.name}
