"""Whether a table holds quotas, and which of its columns are what. Deals are never taken for quotas."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pipetui.deals.text import fold
from pipetui.exchange.importing import amounts
from pipetui.exchange.importing.moments import AsOf
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.quota_periods import Dated, dated, day_of, period_name
from pipetui.exchange.importing.reading import Table

_NOT_WORD: Final = re.compile(r"[\W_]+")
_NAMES: Final[dict[str, frozenset[str]]] = {
    "owner": frozenset(
        ["owner", "owner name", "quota owner", "rep", "rep name", "sales rep", "representative",
         "sales representative", "salesperson", "sales person", "seller", "account executive", "ae", "user",
         "user name", "username", "full name", "name", "assignee", "commercial", "commerciale",
         "nom du commercial", "vendeur", "vendeuse", "proprietaire", "responsable", "utilisateur",
         "collaborateur", "ingenieur commercial", "nom", "nom complet", "qui", "who", "mitarbeiter",
         "verkaufer", "besitzer", "comercial", "vendedor", "propietario", "venditore", "handlowiec",
         "менеджер", "ответственный"]
    ),
    "team": frozenset(
        ["team", "team name", "sales team", "equipe", "nom de l equipe", "equipe commerciale", "groupe",
         "group", "equipo", "squadra", "zespol", "команда", "отдел"]
    ),
    "period": frozenset(
        ["period", "fiscal period", "periode", "periode fiscale", "forecasting period", "zeitraum", "periodo",
         "период", "okres", "date", "start date", "period start", "date de debut", "debut"]
    ),
    "quarter": frozenset(
        ["quarter", "fiscal quarter", "qtr", "trimestre", "trimestre fiscal", "trim", "quartal", "квартал",
         "kwartal"]
    ),
    "month": frozenset(["month", "mois", "monat", "mes", "mese", "месяц", "miesiac"]),
    "year": frozenset(
        ["year", "fiscal year", "fy", "annee", "annee fiscale", "exercice", "jahr", "ano", "anno", "год",
         "rok"]
    ),
    "amount": frozenset(["amount", "montant", "value", "valeur", "betrag", "importe", "importo"]),
    "currency": frozenset(["currency", "devise", "currency iso code", "iso code", "wahrung", "moneda"]),
    "beside": frozenset(
        ["id", "quota id", "user id", "email", "e mail", "mail", "courriel", "manager", "region", "territory",
         "territoire", "secteur", "agence", "comment", "comments", "commentaire", "commentaires", "note",
         "notes", "total", "end date", "period end", "date de fin", "fin", "role", "fonction", "poste"]
    ),
}  # fmt: skip
"""What a column is → how it is called, folded and without signs."""
_TELLING: Final = frozenset(
    ["quota", "quotas", "target", "targets", "goal", "goals", "objectif", "objectifs", "cible", "cibles",
     "ziel",
     "ziele", "umsatzziel", "objetivo", "objetivos", "cuota", "cuotas", "meta", "metas", "obiettivo",
     "obiettivi"]
)  # fmt: skip
"""Words that only quotas are called by."""
_ACTUAL: Final = frozenset(
    ["actual", "actuals", "realise", "realises", "realisation", "achieved", "attained", "attainment", "won",
     "gagne", "signe", "closed", "facture", "booked", "bookings", "ist", "atteint", "atteinte"]
)  # fmt: skip
"""Words by which a table says that it holds what was won."""
_OF_DEALS: Final = frozenset(
    ["stage", "etape", "phase", "status", "statut", "deal", "affaire", "opportunity", "opportunite",
     "transaction", "account", "compte", "client", "customer", "company", "societe", "close", "closing",
     "cloture", "fermeture", "signature", "probability", "probabilite", "pipeline", "category", "categorie",
     "produit", "product", "quantity", "quantite", "lead", "contact", "step"]
)  # fmt: skip
"""Words of columns that no table of quotas has."""


class PeriodColumn(NamedTuple):
    """A column of a wide table: the quotas of one period."""

    position: int
    name: str
    """Of the period; "" if the label only dates it."""
    dated: Dated | None
    label: str


class QuotaColumns(NamedTuple):
    """Which column is what."""

    single: dict[str, int]
    """owner, team, period, quarter, month, year, amount, currency → position."""
    periods: tuple[PeriodColumn, ...]
    """Of a wide table."""


class QuotaTable(NamedTuple):
    """A table of quotas, and how to read it."""

    table: Table
    columns: QuotaColumns
    moment: AsOf
    options: Options


def recognise(table: Table, *, loose: bool) -> QuotaColumns | None:
    """How a table of quotas is read; `None` if it is none.

    Args:
        table: what was read.
        loose: whether nobody named the file: then it has to say that it holds quotas.
    """
    labels = {at: _plain(label) for at, label in enumerate(table.header) if label.strip()}
    if any(_OF_DEALS & set(label.split()) for label in labels.values()) or len(table.header) < 2:
        return None
    said = _words([*table.titles, table.name])
    is_told = bool(_TELLING & (said | _words(table.header)))
    if not is_told and (loose or _ACTUAL & (said | _words(table.header))):
        return None
    single, unknown = _single(labels)
    return _long(table, single, unknown, is_told=is_told) or _wide(table, single, unknown, is_told=is_told)


def _long(
    table: Table, single: dict[str, int], unknown: Iterable[int], *, is_told: bool
) -> QuotaColumns | None:
    """One row a quota."""
    if not {"period", "quarter", "month", "year"} & set(single):
        return None
    words = {at: _words([table.header[at]]) for at in unknown}
    telling = [at for at, its in words.items() if _TELLING & its and not _ACTUAL & its]
    if len(telling) == 1 and period_name(_bare(table.header[telling[0]])) is None:
        return QuotaColumns({**single, "amount": telling[0]}, ())
    is_named = "owner" in single or "team" in single
    is_dated = "period" in single and _plain(table.header[single["period"]]).endswith(("date", "debut"))
    if "amount" in single and is_named and not words and (is_told or not is_dated):
        return QuotaColumns(single, ())
    return None


def _wide(
    table: Table, single: dict[str, int], unknown: Iterable[int], *, is_told: bool
) -> QuotaColumns | None:
    """One column a period."""
    if "amount" in single:
        return None
    candidates = sorted({*unknown, *_years_alone(table, single)})
    found = {at: its for at in candidates if (its := _period_column(table, at, "year" in single))}
    if told := {at: its for at, its in found.items() if _TELLING & _words([its.label])}:
        found = told
        others = []
    else:
        others = [at for at in candidates if at not in found]
    named = {name: at for name, at in single.items() if name not in ("period", "quarter", "month")}
    if named.get("year") in found:
        del named["year"]
    if not {"owner", "team"} & set(named):
        # Nobody says what the first column is: of quotas it can only be whose they are.
        if not is_told or others not in ([], [0]) or 0 in found:
            return None
        named["owner"], others = 0, []
    if not found or others:
        return None
    kind = dated(its.dated.day for its in found.values() if its.dated)
    periods = (its._replace(dated=its.dated and its.dated._replace(kind=kind)) for its in found.values())
    return QuotaColumns(named, tuple(periods))


def _years_alone(table: Table, single: dict[str, int]) -> Iterator[int]:
    """A column called "2026" is no column of years."""
    yield from (at for name, at in single.items() if name == "year" and period_name(table.header[at]))


def _period_column(table: Table, at: int, has_years: bool) -> PeriodColumn | None:
    """A column whose label names a period, or a part of the year that stands in another column."""
    label = _bare(table.header[at])
    if name := period_name(label):
        return PeriodColumn(at, name, None, table.header[at])
    if day := day_of(label):
        return PeriodColumn(at, "", Dated(day), table.header[at])
    is_part = has_years and period_name(f"{label} 2000") is not None
    return PeriodColumn(at, label, None, table.header[at]) if is_part else None


def _single(labels: dict[int, str]) -> tuple[dict[str, int], list[int]]:
    """Column of each kind, and the columns that nobody knows; a kind that comes twice is its first."""
    single: dict[str, int] = {}
    unknown = []
    for at, label in labels.items():
        kind = next((kind for kind, names in _NAMES.items() if label in names), None)
        if kind is None:
            unknown.append(at)
        elif kind != "beside":
            single.setdefault(kind, at)
    return single, unknown


def _bare(label: str) -> str:
    """A label without its unit and without words for quotas: "Objectif T4 2026 (k€)" is "T4 2026"."""
    kept = [
        word
        for word in amounts.unit(label).label.split()
        if _plain(word) not in _TELLING | {"de", "du", "of"}
    ]
    return " ".join(kept)


def _plain(label: str) -> str:
    return _NOT_WORD.sub(" ", fold(amounts.unit(label).label)).strip()


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _plain(text).split())
