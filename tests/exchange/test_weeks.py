"""Two weekly files differ in exactly what pandas finds when it merges them."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipetui.deals.clock import Clock
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.rows import read_events

WEEKLY = sorted((Path(__file__).parents[2] / "sample_data" / "exports").glob("*.csv"))
COLUMNS = {
    "Propriétaire de l'opportunité": "owner",
    "Nom du compte": "account",
    "Nom de l’opportunité": "name",
    "Étape": "stage_id",
    "Catégorie de prévision": "crm_category",
    "Montant": "amount",
    "Probabilité (%)": "probability",
    "Date de clôture": "close_date",
    "Date de création": "created",
    "Dernière activité": "last_activity",
    "Dernier changement d'étape": "last_stage_change",
    "Prochaine étape": "next_step",
    "Date de la prochaine étape": "next_step_date",
    "Origine de la piste": "lead_source",
    "Type": "kind",
    "Segment": "segment",
    "Raison de la perte": "close_reason",
}
ANSWERS = ["Besoin", "Décideurs", "Budget", "Calendrier", "Risque", "Sponsor"]
"""The columns about qualification, no fields of a deal; a row that differs in one has changed, too."""
CATEGORIES = {"Commit": "commit", "Best Case": "best_case", "Omitted": "omitted"}


def frame(path: Path) -> pd.DataFrame:
    """A weekly file with its columns as the store holds them, as text; "" is unknown."""
    data = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    data = data[data["Étape"] != ""]  # Salesforce signs below the deals
    data = data.set_index("ID de l'opportunité").rename(columns=COLUMNS)[[*COLUMNS.values(), *ANSWERS]]
    for name in ("close_date", "created", "last_activity", "last_stage_change", "next_step_date"):
        data[name] = data[name].str.replace(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", regex=True)
    money = pd.to_numeric(data["amount"].str.replace(",", "."))
    data["amount"] = (money * 100).round().map(lambda cents: "" if pd.isna(cents) else str(int(cents)))
    data["probability"] = (pd.to_numeric(data["probability"]) / 100).map(str)
    data["crm_category"] = data["crm_category"].map(CATEGORIES).fillna("")
    return data


@pytest.mark.parametrize("week", [0, 11, 24])
def test_what_differs_is_what_pandas_finds(store: Store, playbook: Playbook, clock: Clock, week: int) -> None:
    run_import(store, playbook, clock, [WEEKLY[week]], by="claire")
    report = run_import(store, playbook, clock, [WEEKLY[week + 1]], by="claire")

    merged = frame(WEEKLY[week]).merge(
        frame(WEEKLY[week + 1]),
        how="outer",
        left_index=True,
        right_index=True,
        suffixes=("_old", "_new"),
        indicator=True,
    )
    both = merged[merged["_merge"] == "both"]
    moved = {name: both[both[f"{name}_old"] != both[f"{name}_new"]] for name in [*COLUMNS.values(), *ANSWERS]}
    changed = {key for rows in moved.values() for key in rows.index}
    expected = {
        (key, name, row[f"{name}_old"], row[f"{name}_new"])
        for name in COLUMNS.values()
        for key, row in moved[name].iterrows()
    }
    gone = merged[merged["_merge"] == "left_only"]
    missing = set(gone.index)
    assert missing, "an export that drops nothing shows nothing"

    found, marked = _events(store, report.batch)
    assert {event for event in found if event[1] in COLUMNS.values()} == expected
    assert marked == missing
    new = int((merged["_merge"] == "right_only").sum())
    assert (report.new, report.missing, report.back) == (new, len(missing), 0)
    assert (report.changed, report.unchanged) == (len(changed), len(both) - len(changed))


def _events(store: Store, batch: int | None) -> tuple[set[tuple[Any, ...]], set[str]]:
    """What the second import changed, as (id, field, old, new), and the deals that it missed."""
    board = read_board(store)
    stages = {str(stage.id): stage.name for stage in board.stages}
    ids = {deal.id: deal.external_id for deal in board.deals}
    with store.reading() as run:
        events = [event for event in read_events(run) if event.batch_id == batch and event.field != "deal"]
    found = {
        (
            ids[event.deal_id],
            event.field,
            *(
                stages.get(value or "", value or "") if event.field == "stage_id" else value or ""
                for value in (event.old, event.new)
            ),
        )
        for event in events
    }
    return found, {key for key, field, *_values in found if field == "missing_since"}
