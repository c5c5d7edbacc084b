"""Whether a table holds deals, and what it seems to be if it does not."""

from collections.abc import Callable
from operator import itemgetter
from typing import Final

from pipetui.deals.errors import Problem
from pipetui.exchange.importing import historic, labels
from pipetui.exchange.importing.mapping import Mapping
from pipetui.exchange.importing.reading import Table
from pipetui.language import N_, _

_OTHERS: Final[tuple[tuple[str, frozenset[str], int], ...]] = (
    (
        N_("a list of order lines"),
        frozenset(
            ["quantity", "unitprice", "totalprice", "listprice", "productcode", "productid", "lineitemid"]
        ),
        2,
    ),
    (
        N_("a list of products"),
        frozenset(["productcode", "stockkeepingunit", "quantityunitofmeasure", "family", "isactive"]),
        2,
    ),
    (
        N_("a list of stages"),
        frozenset(["displayorder", "stageid", "sortorder", "isclosed", "closedwon", "defaultprobability"]),
        2,
    ),
    (N_("a list of pipelines"), frozenset(["displayorder", "pipelineid", "label", "active"]), 3),
    (
        N_("a list of users"),
        frozenset(
            ["username", "useremail", "email", "firstname", "lastname", "rolename", "profileid", "alias",
             "isactive", "timezonesidkey", "userroleid", "prenom"]
        ),
        2,
    ),
    (
        N_("a list of leads"),
        frozenset(
            ["leadid", "leadstatus", "leadowner", "leadsource", "email", "phone", "firstname", "lastname",
             "company", "статуслида", "названиелида", "имя", "фамилия", "телефон", "email", "isconverted",
             "converteddate", "statutdelapiste", "statusnamiaru", "estadodelcandidato"]
        ),
        5,
    ),
    (
        N_("a list of contacts"),
        frozenset(
            ["firstname", "lastname", "email", "phone", "phonenumber", "mobilephone", "mobile", "jobtitle",
             "title", "contactowner", "lifecyclestage", "prenom", "telephone", "fonction", "imie", "nazwisko",
             "telefon", "stanowisko", "apellidos", "correoelectronico", "correo", "telefono", "cargo", "имя",
             "фамилия", "телефон", "должность", "отчество", "courriel", "adressemail", "emailaddress",
             "contactid", "portable"]
        ),
        3,
    ),
    (
        N_("a list of roles"),
        frozenset(["developername", "parentroleid", "rollupdescription", "portaltype"]),
        2,
    ),
    (
        N_("a list of accounts"),
        frozenset(
            ["billingcity", "billingstreet", "billingcountry", "annualrevenue", "numberofemployees",
             "industry", "website", "phone", "city", "country", "parentid", "shippingcity", "accountnumber",
             "sic", "ville", "pays", "siret"]
        ),
        2,
    ),
)  # fmt: skip
"""What, the columns that such lists have, and how many of them tell."""

_LINKS: Final = ({"dealid", "contactid"}, {"dealid", "companyid"}, {"dealid", "mergeddealid"})


class OtherList(Problem):
    """A list of something else than deals: refused alone, of use or left out beside them."""

    def __init__(self, alone: str, beside: str) -> None:
        super().__init__(alone)
        self.beside = beside
        """What is said of it where other files hold the deals."""


def is_history(table: Table) -> bool:
    """Whether a table is a history of deals rather than deals."""
    return historic.is_history(table.header)


def require_deals(table: Table, mapping: Mapping) -> None:
    """Refuse a table that holds no deals: what to call them by, and where they stand or what they bring when.

    Raises:
        Problem: one sentence that says what it seems to be, or what is missing.
    """
    keys = _keys(table)
    if is_history(table) and not any(match.how == "map" for match in mapping.matches.values()):
        raise Problem(only_history(table.name))
    named = "id" in mapping or "name" in mapping
    priced = "amount" in mapping and "close_date" in mapping
    placed = "stage" in mapping or "status" in mapping or priced
    stage = mapping.matches.get("stage")
    # Accounts and users have a status, too.
    alone = not priced and (stage is None or stage.how == "guess")
    if not (named and placed) or (alone and _other(keys)):
        raise _other_than_deals(table, mapping, keys, named=named, placed=placed)
    if not table.rows and not table.misshapen:
        raise Problem(
            _("%(file)s has a header and no deals below it: export them again.") % {"file": table.name}
        )


def only_history(name: str) -> str:
    """What there is to say of a history that comes without its deals."""
    return _(
        "%(file)s is a history of deals: give it with --history, together with the export of "
        "the deals themselves."
    ) % {"file": name}


def _keys(table: Table) -> frozenset[str]:
    return frozenset(labels.key(label) for label in table.header if label)


def _other(keys: frozenset[str]) -> str | None:
    """What else than deals a table seems to be."""
    found = [(len(telling & keys), what) for what, telling, least in _OTHERS if len(telling & keys) >= least]
    if found:
        # The first of those of which most is there: people, too, have an address.
        return _(max(found, key=itemgetter(0))[1])
    return _("a list of links between records") if any(columns <= keys for columns in _LINKS) else None


def _other_than_deals(
    table: Table, mapping: Mapping, keys: frozenset[str], *, named: bool, placed: bool
) -> Problem:
    if len(table.header) == 1 or not mapping.matches:
        said = _("%(file)s holds no table of deals: export them as CSV, with a header row.")
        return Problem(said % {"file": table.name})
    if seems := _other(keys):
        its = {"file": table.name, "what": seems}
        return OtherList(
            _("%(file)s holds no deals: it looks like %(what)s. Give the export of the deals.") % its,
            _("%(file)s was left out: it looks like %(what)s.") % its,
        )
    missing: tuple[Callable[[], str] | None, ...] = (
        None if named else lambda: _("a name or an id"),
        None if placed else lambda: _("a stage, a status, or an amount with a close date"),
    )
    what = _(" and ").join(tell() for tell in missing if tell)
    said = _(
        "%(file)s holds no deals: no column for %(what)s was recognised. Name one with --map, such as"
        " %(example)s."
    )
    example = "--map stage=COLUMN" if named else "--map name=COLUMN"
    return Problem(said % {"file": table.name, "what": what, "example": example})
