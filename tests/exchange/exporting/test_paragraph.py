"""A deal as one would tell it in a chat."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from pipetui import language
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.promise import Promise, PromiseKind, PromiseState
from pipetui.exchange.exporting.paragraph import deal_in_a_paragraph
from pipetui.signals.context import Context
from pipetui.signals.flag import Flag, Severity
from tests.signals.making import STAGES, TODAY, context, days, deal


@dataclass
class Pipe:
    """As much of a pipeline as a paragraph needs."""

    flags: tuple[str, ...] = ()
    revision: int = 1
    today: date = TODAY
    currency: str = "EUR"
    stages: dict[int, Stage] = field(default_factory=lambda: {stage.id: stage for stage in STAGES})
    context: Context = field(default_factory=context)

    def flags_of(self, _deal: Deal) -> tuple[Flag, ...]:
        return tuple(Flag(name, Severity.HIGH, 1) for name in self.flags)


def told(
    flags: Iterable[str] = (), promises: Iterable[Promise] = (), tongue: str = "en", **given: Any
) -> str:
    language.use(tongue)
    return deal_in_a_paragraph(deal(**given), Pipe(tuple(flags)), promises)


def promise(
    what: str,
    kind: PromiseKind = "commitment",
    who: str = "",
    due: date | None = None,
    state: PromiseState = "open",
) -> Promise:
    return Promise(1, 1, kind, who, what, due, state)


PORTAL: dict[str, Any] = {
    "name": "Portail fournisseurs",
    "account": "Nordimat",
    "amount": 46_000_00,
    "stage_since": date(2026, 10, 22),
    "close_date": date(2026, 11, 19),
    "push_count": 2,
    "crm_category": Category.COMMIT,
    "next_step": "appeler le DAF.",
    "next_step_date": date(2026, 12, 1),
}
PROMISED = (
    promise("valider l’annexe", who="leur DPO", due=date(2026, 11, 20)),
    promise("ouvrir l’accès", due=date(2026, 11, 27)),
    promise("nommer un sponsor", state="kept"),
    promise("relire le contrat", "action", "Claire", date(2026, 11, 25)),
)


def test_the_whole_story_in_english() -> None:
    assert told(["stalled", "overdue", "pushed"], PROMISED, **PORTAL) == (
        "Portail fournisseurs (Nordimat), €46,000, in Demo for 31 days, expected to close on 19 Nov (pushed "
        "twice), commit. Flags: stalled, overdue. Next step: appeler le DAF on 1 Dec. The buyer's "
        "commitments: valider l’annexe (leur DPO, by 20 Nov, 2 days late); ouvrir l’accès (by 27 Nov); 1 "
        "kept. Our action: relire le contrat (Claire, by 25 Nov)."
    )


def test_the_whole_story_in_french() -> None:
    said = told(["stalled", "overdue", "pushed"], PROMISED, "fr", **PORTAL)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Portail fournisseurs (Nordimat), 46 000 €, Démo depuis 31 jours, signature prévue le 19 nov. "
        "(reportée deux fois), commit. Signaux : dormante, date dépassée. Prochaine action : appeler le DAF "
        "le 1er déc. Engagements de l’acheteur : valider l’annexe (leur DPO, pour le 20 nov., en retard de "
        "2 jours) ; ouvrir l’accès (pour le 27 nov.) ; 1 tenu. Notre action : relire le contrat (Claire, "
        "pour le 25 nov.)."
    )


def test_a_deal_of_which_next_to_nothing_is_known() -> None:
    assert told(name="Extranet") == "Extranet, unpriced, in Demo, without a close date."
    assert told(name="Extranet", tongue="fr") == "Extranet, sans montant, étape Démo, sans date de signature."


@pytest.mark.parametrize(
    ("given", "english", "french"),
    [
        ({"stage_since": TODAY}, "in Demo since today", "Démo depuis aujourd’hui"),
        ({"stage_since": days(-1)}, "in Demo for 1 day", "Démo depuis 1 jour"),
        ({"close_date": days(5), "push_count": 1}, "close on 27 Nov (pushed once)", "(reportée une fois)"),
        ({"push_count": 3}, "without a close date (pushed 3 times)", "(reportée 3 fois)"),
        (
            {"crm_category": Category.OMITTED, "resume_on": date(2027, 1, 1)},
            "in nurture until 1 Jan 2027.",
            "en veille jusqu’au 1er janv. 2027.",
        ),
        (
            {"missing_since": days(-2)},
            "missing from the CRM's export since 20 Nov.",
            "absente de l’export du CRM depuis le 20 nov.",
        ),
        ({"manager_category": Category.BEST_CASE}, ", best case.", ", best case."),
    ],
)
def test_where_it_stands(given: dict[str, Any], english: str, french: str) -> None:
    assert english in told(**given)
    assert french in told(**given, tongue="fr")
    assert ".." not in told(**given, tongue="fr")


@pytest.mark.parametrize(
    ("given", "english", "french"),
    [
        ({"next_step": "call", "next_step_date": TODAY}, "call today.", "call aujourd’hui."),
        ({"next_step": "call", "next_step_date": days(1)}, "call tomorrow.", "call demain."),
        ({"next_step": "call,\nmail."}, "call, mail, no date yet.", "call, mail, sans date."),
        ({"next_step": "x" * 161}, ": " + "x" * 159 + "…, no date yet.", "x…, sans date."),
        ({"next_step": "call"}, "call, no date yet.", "call, sans date."),
        ({"next_step": "n/a", "next_step_date": days(9)}, ": on 1 Dec.", ": le 1er déc."),
        (
            {"next_step": "call!", "next_step_date": days(-1)},
            "call!, was due on 21 Nov, 1 day ago.",
            "call!, prévue le 21 nov., en retard de 1 jour.",
        ),
        (
            {"next_step_date": days(-7)},
            "Next step: was due on 15 Nov, 7 days ago.",
            ": prévue le 15 nov., en retard de 7 jours.",
        ),
    ],
)
def test_what_happens_next(given: dict[str, Any], english: str, french: str) -> None:
    assert told(**given).endswith(english)
    assert told(**given, tongue="fr").replace("\u00a0", " ").endswith(french)


def test_without_a_next_step_the_flag_says_so_and_with_one_the_step_does() -> None:
    assert told(["no_next_step"]).endswith(". Flag: no next step.")
    assert told(["no_next_step"], next_step="call").endswith("close date. Next step: call, no date yet.")


@pytest.mark.parametrize(
    ("given", "english", "french"),
    [
        (
            {"status": "won", "stage_id": 4, "closed_on": date(2026, 11, 2), "close_reason": "Price"},
            "won on 2 Nov (Price).",
            "gagnée le 2 nov. (Prix).",
        ),
        (
            {"status": "lost", "stage_id": 5, "close_date": date(2025, 3, 1)},
            "lost on 1 Mar 2025.",
            "perdue le 1er mars 2025.",
        ),
        ({"status": "lost", "stage_id": 5}, "lost.", "perdue."),
    ],
)
def test_a_closed_deal_has_an_end_and_no_outlook(given: dict[str, Any], english: str, french: str) -> None:
    promises = [promise("sign")]
    assert told(["overdue"], promises, next_step="call", **given) == f"Deal, unpriced, {english}".replace(
        ", ,", ","
    )
    assert told(["overdue"], promises, "fr", next_step="call", **given).endswith(french)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "french"),
    [
        (61_725, "EUR", "€617.25", "617,25 €"),
        (100_000_00, "USD", "$100,000", "100 000 $US"),
        (46_000, "JPY", "¥46,000", "46 000 JPY"),
        (46_000_000, "TND", "TND 46,000", "46 000 TND"),
        (-50_000, "", "−€500", "−500 €"),
    ],
)
def test_amounts_are_exact_and_end_without_a_fraction_of_nothing(
    amount: int, currency: str, english: str, french: str
) -> None:
    assert f" {english}," in told(amount=amount, currency=currency).replace("\u00a0", " ")
    said = told(amount=amount, currency=currency, tongue="fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert f" {french}, étape" in said


def test_more_than_three_commitments_are_counted() -> None:
    many = [promise(f"c{n}", due=days(n)) for n in (5, 4, 3, 2, 1)]
    many += [promise("b", state="broken"), promise("k", state="kept"), promise("k", state="kept")]
    assert told((), many).endswith(
        "commitments: c1 (by 23 Nov); c2 (by 24 Nov); c3 (by 25 Nov); 3 more; 2 kept."
    )
    assert told((), many[-3:]).endswith("commitments: b (broken); 2 kept.")
    assert told((), [promise("call", "action", state="kept")]).endswith("Our action: 1 done.")
    assert told((), many, "fr").endswith("\u202f; 3 autres\u202f; 2 tenus.")
    assert told((), [promise("call", "action", state="kept")], "fr").endswith("Notre action\u00a0: 1 faite.")


def test_names_are_told_as_they_are() -> None:
    hostile = "Q3 [Renewal] [/] *x* %(n)d 日本語"
    said = told(name=hostile, account="50 %", next_step=hostile, promises=[promise(hostile)])
    assert said.startswith(f"{hostile} (50 %), ")
    assert said.count(hostile) == 3
