"""Money as integer minor units and an ISO 4217 currency. A missing amount is `None` ("unpriced"), never 0."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

# fmt: off
_DIGITS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
    "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}
"""ISO 4217 minor-unit digits where they are not 2."""
# fmt: on


def digits(currency: str) -> int:
    """How many decimals the currency's minor unit has (EUR 2, JPY 0, TND 3)."""
    return _DIGITS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """Major units to minor units, rounded half-up: 617.255 EUR → 61726."""
    return int(amount.scaleb(digits(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def to_major(minor: int, currency: str) -> Decimal:
    """Minor units to major units, exact."""
    return Decimal(minor).scaleb(-digits(currency))


class Money(NamedTuple):
    """An amount in minor units of a currency."""

    minor: int
    currency: str


class Rates(NamedTuple):
    """The playbook's exchange rates into the reporting currency."""

    currency: str
    """The reporting currency."""
    per_unit: Mapping[str, Decimal]
    """Reporting-currency units that one unit of a foreign currency is worth."""

    def convert(self, minor: int, currency: str) -> int | None:
        """Minor units of the reporting currency, half-up; `None` if there is no rate."""
        if currency == self.currency:
            return minor
        rate = self.per_unit.get(currency)
        return None if rate is None else to_minor(to_major(minor, currency) * rate, self.currency)
