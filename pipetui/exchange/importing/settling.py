"""What a column is after all, seen what the others are."""

from typing import Final

from pipetui.exchange.importing import guessing, labels, words
from pipetui.exchange.importing.matching import Match
from pipetui.exchange.importing.reading import Table

_ORDINALS: Final = frozenset(
    map(
        labels.key,
        ["N°", "No", "No.", "Nr", "Nr.", "Lp.", "№", "Numéro", "Número", "Номер", "Numer", "Number", "Num",
         "Ref", "Réf"],
    )
)  # fmt: skip
"""Labels of ids that may be those of mere row numbers."""
_DEALS: Final = frozenset(
    map(
        labels.key,
        ["Deal", "Opportunity", "Opp", "Affaire", "Opportunité", "Oportunidad", "Negocio", "Trato", "Сделка",
         "Szansa", "Transakcja", "Project", "Projet", "Proyecto", "Projekt", "Проект", "Job"],
    )
)  # fmt: skip
"""Labels of deals, which may be numbered."""
_TELLING: Final = 5_000
"""Rows that tell enough of a column."""


def sample(table: Table) -> list[list[str]]:
    """Rows from everywhere in the table, as many as tell what a column holds."""
    return table.rows[:: max(1, len(table.rows) // _TELLING)]


def settle_status(table: Table, matches: dict[str, Match]) -> None:
    """A status column without statuses is the stage, or nothing.

    So is one with others besides, where nothing else tells the stage: won and lost are stages, too.
    """
    match = matches.get("status")
    if match is None or match.how == "map":
        return
    values = {row[match.position].strip() for row in table.rows}
    values = {text for text in values if not words.is_empty(text)}
    known = sum(words.is_status(value) for value in values)
    if not values or known < 0.5 * len(values) or (known < len(values) and "stage" not in matches):
        del matches["status"]
        if values and "stage" not in matches and not _settle_stage(table, matches):
            matches["stage"] = match._replace(score=guessing.FITS, how="guess")
    elif "stage" not in matches and known == len(values) and not any(map(words.closed_kind, values)):
        # Open or closed, and never how: what tells that stands elsewhere.
        _settle_stage(table, matches)


def _settle_stage(table: Table, matches: dict[str, Match]) -> bool:
    """Take another column that speaks of a status or a stage, if it has stages and words for won or lost."""
    used = {match.position for match in matches.values()}
    for position, label in enumerate(table.header):
        likeness = max(guessing.likeness(name, label) for name in ("status", "stage"))
        if position in used or likeness < guessing.LEAST:
            continue
        values = {text for row in sample(table) if (text := row[position].strip())}
        if any(map(words.closed_kind, values)) and not all(map(words.is_status, values)):
            matches["stage"] = Match(position, label, guessing.FITS, "guess")
            return True
    return False


def settle_name(table: Table, matches: dict[str, Match]) -> None:
    """Where nothing names the deals, their numbers do, or their customers: many keep a line for each."""
    if matches.keys() & {"name", "id"}:
        return
    used = {match.position for match in matches.values()}
    for position, label in enumerate(table.header):
        if position not in used and labels.key(label) in _DEALS:
            matches["id"] = Match(position, label, guessing.LEAST, "guess")
            return
    account = matches.get("account")
    if (
        account
        and account.how != "map"
        and "amount" in matches
        and matches.keys() & {"stage", "status", "close_date"}
    ):
        matches["name"] = account._replace(score=guessing.LEAST, how="guess")


def find_status(table: Table, matches: dict[str, Match]) -> None:
    """Where neither stage nor flag says how a deal ended, a column of statuses does, whatever its name."""
    if matches.keys() & {"status", "is_won", "is_lost", "is_closed"}:
        return
    rows = sample(table)
    if "stage" in matches:
        stages = {row[matches["stage"].position] for row in rows}
        if any(words.closed_kind(stage) for stage in stages):
            return
    used = {match.position for match in matches.values()}
    for position, label in enumerate(table.header):
        values = {text for row in rows if (text := row[position].strip())} if label else set()
        said = {text for text in values if not words.is_empty(text)}
        if position in used or not said or not all(map(words.is_status, said)):
            continue
        if any(words.closed_kind(text) for text in said):
            matches["status"] = Match(position, label, guessing.FITS, "guess")
            return


def settle_id(table: Table, matches: dict[str, Match]) -> None:
    """A tracker's row numbers are no ids: sorted anew, they would be those of other deals."""
    match = matches.get("id")
    if match is None or match.how in ("map", "remembered") or labels.key(match.column) not in _ORDINALS:
        return
    cells = [cell for row in table.rows if (cell := row[match.position].strip().rstrip("."))]
    numbers = [cell for cell in cells if cell.isdecimal()]  # below the deals it may say "Total"
    if 2 * len(numbers) >= len(cells) and numbers == [str(n + 1) for n in range(len(numbers))]:
        del matches["id"]


def settle_budget(table: Table, matches: dict[str, Match]) -> None:
    """A budget in numbers is the amount where nothing else is: that is what some CRMs call it."""
    match = matches.get("budget")
    if match is None or match.how == "map" or "amount" in matches:
        return
    if guessing.is_numeric([row[match.position] for row in table.rows]):
        del matches["budget"]
        matches["amount"] = match._replace(score=guessing.FITS, how="guess")
