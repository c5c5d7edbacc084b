"""Where the measured commands live: folders of their own, a store of 10,000 deals, files to import."""

import csv
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random

from pipetui.deals.clock import Clock
from pipetui.deals.fields import FIELDS, Value
from pipetui.deals.qualification import ITEMS
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.store.batches import BatchWriter, batch
from pipetui.store.changing import FieldChange
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store
from pipetui.store.schema import HEAD

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9)
DEALS = 10_000
ROWS = 100_000
_OWNERS = [
    f"{first} {last}"
    for first in ["Anne", "Bilal", "Chloé", "David", "Elsa"]
    for last in ["Martin", "Roux", "Petit"]
]
_THINGS = [
    "Portail fournisseurs",
    "Refonte intranet",
    "Signature électronique",
    "Coffre-fort RH",
    "Gestion des contrats",
]


class World:
    """A temporary folder and what is in it; what is slow to make is kept between runs of the benchmark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def command(self) -> list[str]:
        """How pipetui is started: the installed script if there is one."""
        script = Path(sys.executable).with_name("pipetui")
        return [str(script)] if script.exists() else [sys.executable, "-m", "pipetui"]

    @cached_property
    def environment(self) -> dict[str, str]:
        """Variables that keep the measured commands away from the user's own folders and settings."""
        home = self.folder / "home"
        home.mkdir()
        folders = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PIPETUI_")}
        return {**kept, **folders, "HOME": str(home), "PIPETUI_TODAY": str(TODAY), "PIPETUI_LANG": "en"}

    @cached_property
    def store(self) -> Path:
        """A store of 10,000 deals, of which 9 in 10 are open, each moved once on average."""
        kept = _kept(f"deals-{HEAD}.db", _make_store)
        copy = self.folder / "deals.db"
        shutil.copyfile(kept, copy)
        return copy

    @cached_property
    def large(self) -> Path:
        """A store of 100,000 deals and 600,000 events; it is only read."""
        moves = _kept("moves.csv", lambda path: _make_history(path, dated=1))
        return _kept(f"large-{HEAD}.db", lambda path: _make_large(path, [self.rows, moves]))

    @cached_property
    def rows(self) -> Path:
        """A Salesforce report of 100,000 deals."""
        return _kept("rows.csv", _make_rows)

    @cached_property
    def history(self) -> Path:
        """A history of four changes for each of them."""
        return _kept("history.csv", _make_history)


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """The file of that name, made by this very version of this module."""
    version = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"pipetui-benchmarks-{os.getuid()}" / version
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        making = path.with_name(f"making-{os.getpid()}-{name}")
        make(making)
        making.replace(path)
    return path


def _make_store(path: Path) -> None:
    pipeline = load(None).pipelines[0]
    with Store.open(path) as store:
        with batch(store, kind="import", by="benchmark", at=NOW, as_of=NOW) as writer:
            stages = {
                stage.kind if stage.kind != "open" else stage.name: writer.stage_id(
                    pipeline.name, stage.name, kind=stage.kind, position=at, probability=stage.probability
                )
                for at, stage in enumerate(pipeline.stages)
            }
            _write_deals(writer, stages)
        with store.connect() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_large(path: Path, files: list[Path]) -> None:
    with Store.open(path) as store:
        run_import(store, load(None), Clock(), files, by="benchmark")
        with store.connect() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write_deals(writer: BatchWriter, stages: dict[str, int]) -> None:
    mapping = {field: field for field in (*FIELDS, *ITEMS)}
    source = writer.source_id("benchmark", preset="generic", signature="benchmark", mapping=mapping)
    dice = Random(1)
    open_ids = [stage for name, stage in stages.items() if name not in ("won", "lost")]
    deals: list[NewDeal] = []
    for number in range(DEALS):
        status = "open" if number % 10 else ("won" if number % 20 else "lost")
        since = TODAY - timedelta(days=dice.randrange(1, 120))
        close = TODAY + timedelta(days=dice.randrange(-30, 120))
        state: dict[str, Value] = {
            "name": _name(number),
            "account": f"Compte {dice.randrange(3_000):04}",
            "owner": dice.choice(_OWNERS),
            "stage_id": dice.choice(open_ids) if status == "open" else stages[status],
            "status": status,
            "amount": None if dice.random() < 0.1 else dice.randrange(3_000, 120_000) * 100,
            "currency": "EUR",
            "created": since - timedelta(days=dice.randrange(1, 200)),
            "close_date": close,
            "closed_on": None if status == "open" else since,
            "crm_category": dice.choice(("commit", "best_case", "upside", None)),
            "next_step": dice.choice(("", "Appel de qualification", "à définir")),
            "next_step_date": dice.choice((None, close)),
            "last_activity": TODAY - timedelta(days=dice.randrange(40)),
            "last_stage_change": since,
            "levels": "".join(dice.choice("0123") for _ in range(7)),
        }
        deals.append(NewDeal(source, str(number), str(number), state))
    created = datetime(2026, 1, 1)
    ids = writer.create(deals)
    moves = []
    for id_, deal in zip(ids, deals, strict=True):
        stage = deal.state["stage_id"]
        assert isinstance(stage, int)
        if stage != open_ids[0]:
            at = created + timedelta(days=dice.randrange(300))
            moves.append(FieldChange(id_, "stage_id", open_ids[0], stage, at, "history"))
    writer.history(moves)


def _name(number: int) -> str:
    return f"№{number:04} {_THINGS[number % len(_THINGS)]}"


def _make_rows(path: Path) -> None:
    header = (
        "Opportunity ID;Opportunity Owner;Account Name;Opportunity Name;Stage;Forecast Category;Amount;"
        "Probability (%);Close Date;Created Date;Next Step;Lead Source;Type"
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header.split(";"))
        writer.writerows(_rows())


def _make_history(path: Path, dated: int = 4) -> None:
    """Four moves of each deal, `dated` of which tell an amount and a close date."""
    stages = ("Qualification", "Discovery", "Demo", "Proposal", "Negotiation")
    dice = Random(3)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Opportunity ID", "From Stage", "To Stage", "Last Modified", "Amount", "Close Date"])
        for number in range(ROWS):
            begin = NOW - timedelta(days=dice.randrange(200, 900))
            for step in range(4):
                at = begin + timedelta(days=30 * step, minutes=dice.randrange(500))
                close = (begin + timedelta(days=dice.randrange(100, 200))).date()
                amount = f"{dice.randrange(1_000, 200_000)}.00"
                told = (amount, close) if step < dated else ("", "")
                writer.writerow(
                    [f"006{number:012}", stages[step], stages[step + 1], at.isoformat(" "), *told]
                )


def _rows() -> Iterator[tuple[object, ...]]:
    dice = Random(2)
    stages = ("Qualification", "Discovery", "Demo", "Proposal", "Negotiation", "Closed Won", "Closed Lost")
    for number in range(ROWS):
        created = TODAY - timedelta(days=dice.randrange(1, 700))
        yield (
            *(f"006{number:012}", dice.choice(_OWNERS), f"Compte {dice.randrange(20_000):05}", _name(number)),
            *(dice.choice(stages), dice.choice(("Pipeline", "Best Case", "Commit"))),
            *(
                "" if number % 9 == 0 else f"{dice.randrange(1_000, 200_000)}.50",
                dice.choice((10, 20, 50, 80)),
            ),
            *((created + timedelta(days=dice.randrange(30, 300))).isoformat(), created.isoformat()),
            *(dice.choice(("", "Call back", "Send the proposal")), "Web", "New Business"),
        )
