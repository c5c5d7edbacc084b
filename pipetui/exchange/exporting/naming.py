"""What tells a deal in a list of something else: of changes, conflicts, commitments."""

from collections.abc import Mapping
from typing import Any, Final

from pipetui.deals.deal import Deal
from pipetui.exchange.exporting.tables import Cell
from pipetui.exchange.own import COLUMNS

_COLUMNS: Final = ("owner", "name", "account", "id")


def headers() -> tuple[str, ...]:
    """The first columns of such a list."""
    return tuple(COLUMNS[name].told for name in _COLUMNS)


def cells(deal: Deal) -> tuple[Cell, ...]:
    """What stands in them."""
    return deal.owner, deal.name, deal.account, deal.external_id


def record(deal: Deal) -> Mapping[str, Any]:
    """The same in JSON."""
    return {
        "deal": deal.id,
        "source": deal.source,
        "external_id": deal.external_id,
        "name": deal.name,
        "account": deal.account,
        "owner": deal.owner,
    }


def called(deal: Deal) -> str:
    """Name and account, in a sentence."""
    return f"{deal.name} ({deal.account})" if deal.account else deal.name
