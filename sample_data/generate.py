"""Writes the sample data, byte for byte the same everywhere: `python sample_data/generate.py [--to DIR]`."""

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import words
from dice import Dice
from simulation import simulate
from team import LAST_EXPORT, SEED, Deal, Rep, State, workday

WEEKS = 26
RECENT = timedelta(days=105)
"""A weekly export holds what is open, and what was closed in these days before it."""

SALESFORCE = (
    "ID de l'opportunité",
    "Propriétaire de l'opportunité",
    "Nom du compte",
    "Nom de l’opportunité",
    "Étape",
    "Catégorie de prévision",
    "Montant",
    "Probabilité (%)",
    "Date de clôture",
    "Date de création",
    "Dernière activité",
    "Dernier changement d'étape",
    "Prochaine étape",
    "Date de la prochaine étape",
    "Origine de la piste",
    "Type",
    "Segment",
    "Raison de la perte",
    "Besoin",
    "Décideurs",
    "Budget",
    "Calendrier",
    "Risque",
    "Sponsor",
)
HISTORY = (
    "Opportunity ID",
    "From Stage",
    "To Stage",
    "Last Modified",
    "Amount",
    "Probability (%)",
    "Close Date",
)
HUBSPOT = (
    "ID de fiche d'informations",
    "Nom de la transaction",
    "Phase de la transaction",
    "Pipeline",
    "Montant",
    "Date de fermeture",
    "Date de création",
    "Propriétaire de la transaction",
    "Associated Company (Primary)",
    "Date de la dernière activité",
    "Prochaine étape",
)
PIPEDRIVE = (
    "Affaire - ID",
    "Affaire - Titre",
    "Affaire - Propriétaire",
    "Affaire - Valeur",
    "Affaire - Organisation",
    "Affaire - Pipeline",
    "Affaire - Étape",
    "Affaire - Statut",
    "Affaire - Affaire créée",
    "Affaire - Date de clôture prévue",
    "Affaire - Date de gain",
    "Affaire - Date de perte",
    "Affaire - Raison de la perte",
)

FOOTER = (
    ("Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.",),
    ("Confidential Information - Do Not Distribute",),
)

HUBSPOT_STAGES = dict(
    zip(
        (*words.STAGES, words.WON, words.LOST),
        (
            "Rendez-vous planifié",
            "Qualifié pour acheter",
            "Présentation planifiée",
            "Décideur convaincu",
            "Contrat envoyé",
            "Contrat envoyé",
            "Fermé gagné",
            "Fermé perdu",
        ),
        strict=True,
    )
)
PIPEDRIVE_STAGES = dict(
    zip(
        words.STAGES,
        (
            "Qualifié",
            "Contact établi",
            "Démo programmée",
            "Proposition faite",
            "Négociations commencées",
            "Négociations commencées",
        ),
        strict=True,
    )
)


def identifier(deal: Deal) -> str:
    """A deal's 15-character Salesforce id."""
    return f"006Qr0000{deal.number:06d}"


def french(day: object) -> str:
    """A day as a French CRM writes it; nothing for an unknown one."""
    return day.strftime("%d/%m/%Y") if isinstance(day, date) else ""


def amount(state: State) -> str:
    """The amount with a decimal comma; nothing for an unpriced deal."""
    return "" if state["amount"] is None else f"{state['amount']},00"


def salesforce_row(deal: Deal, state: State) -> Sequence[object]:
    """A line of the report."""
    stage = str(state["stage"])
    qualification = (state.get(item, "") for item in words.KNOWN)
    return (
        identifier(deal),
        deal.rep.name,
        deal.account,
        deal.name,
        stage,
        state["category"],
        amount(state),
        words.PROBABILITY[stage],
        french(state["close_date"]),
        french(deal.created),
        french(state["activity"]),
        french(state["stage_changed"]),
        state["next_step"],
        french(state["next_step_date"]),
        deal.source,
        deal.kind,
        deal.segment,
        state["reason"],
        *qualification,
    )


def export(deals: Iterable[Deal], on: date) -> Iterator[Sequence[object]]:
    """The report as it stands on the morning of `on`."""
    for deal in deals:
        closed = deal.closed()
        if deal.created < on and (closed is None or closed >= on - RECENT):
            yield salesforce_row(deal, deal.state(on))


def archive(deals: Iterable[Deal]) -> Iterator[Sequence[object]]:
    """What is too old for the newest export."""
    for deal in deals:
        closed = deal.closed()
        if closed is not None and closed < LAST_EXPORT - RECENT:
            yield salesforce_row(deal, deal.state(LAST_EXPORT))


def history(deals: Iterable[Deal]) -> Iterator[Sequence[object]]:
    """A line for every change of stage, amount or close date, as an Opportunity History report has it."""
    for deal in deals:
        dice, before = Dice(SEED, "clock", deal.number), ""
        state: State = {}
        for day, change in deal.log:
            state |= change
            if not change.keys() & {"stage", "amount", "close_date"}:
                continue
            stage = str(state["stage"])
            moment = f"{french(day)} {dice.between(8, 18):02d}:{dice.between(0, 59):02d}"
            yield (
                identifier(deal),
                before,
                stage,
                moment,
                amount(state),
                words.PROBABILITY[stage],
                french(state["close_date"]),
            )
            before = stage


def hubspot(deals: Iterable[Deal]) -> Iterator[Sequence[object]]:
    """The Belgian team's deals."""
    for deal in deals:
        state = deal.state(LAST_EXPORT)
        yield (
            f"98{deal.number + 4_107_533_201}",
            deal.name,
            HUBSPOT_STAGES[str(state["stage"])],
            "Pipeline des ventes",
            state["amount"] or "",
            f"{state['close_date']} 18:00",
            f"{deal.created} 09:30",
            deal.rep.name,
            deal.account,
            f"{state['activity']} 11:15",
            state["next_step"],
        )


def pipedrive(deals: Iterable[Deal]) -> Iterator[Sequence[object]]:
    """The partner team's deals. A closed deal stays in the stage where it ended; the status tells."""
    for deal in deals:
        state = deal.state(LAST_EXPORT)
        stages = [str(change["stage"]) for _, change in deal.log if change.get("stage") in words.STAGES]
        won, lost = state["stage"] == words.WON, state["stage"] == words.LOST
        price = "" if state["amount"] is None else f"{state['amount']:,},00".replace(",", " ", 1)
        expected = state["close_date"] if not (won or lost) else None
        yield (
            deal.number + 211,
            deal.name,
            deal.rep.name,
            price,
            deal.account,
            "Pipeline",
            PIPEDRIVE_STAGES[stages[-1]],
            "Gagnée" if won else "Perdue" if lost else "Ouverte",
            french(deal.created),
            french(expected),
            french(state["close_date"]) if won else "",
            french(state["close_date"]) if lost else "",
            state["reason"],
        )


def every(days: int, since: date) -> Iterator[date]:
    """A working day every so many days, until the last export."""
    day = since
    while day < LAST_EXPORT:
        yield workday(day)
        day += timedelta(days=days)


def write(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ";",
    footer: Iterable[Sequence[str]] = (),
    quoting: int = csv.QUOTE_MINIMAL,
) -> None:
    """Write one CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]
        writer.writerow(header)
        writer.writerows(rows)
        writer.writerows(footer)


def generate(folder: Path) -> None:
    """Write every file of the sample data but the playbook and the README, which are written by hand."""
    taken: set[str] = set()
    deals = simulate(taken=taken)
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    for week in range(WEEKS):
        monday = LAST_EXPORT - timedelta(weeks=WEEKS - 1 - week)
        write(exports / f"opportunites_{monday}.csv", SALESFORCE, export(deals, monday), footer=FOOTER)
    write(folder / f"archive_{LAST_EXPORT}.csv", SALESFORCE, archive(deals), footer=FOOTER)
    write(folder / f"historique_{LAST_EXPORT}.csv", HISTORY, history(deals), footer=FOOTER)
    belgium = tuple(Rep(name, 1.0, 0.8) for name in words.BELGIUM[2])
    partners = tuple(Rep(name, 1.0, 0.7) for name in words.PARTNERS[2])
    write(
        folder / f"hubspot_{LAST_EXPORT}.csv",
        HUBSPOT,
        hubspot(simulate(belgium, every(8, date(2026, 4, 1)), "belgium", taken)),
        delimiter=",",
        quoting=csv.QUOTE_ALL,
    )
    write(
        folder / f"pipedrive_{LAST_EXPORT}.csv",
        PIPEDRIVE,
        pipedrive(simulate(partners, every(10, date(2026, 4, 7)), "partners", taken)),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, help="folder to write to")
    generate(parser.parse_args().to)
