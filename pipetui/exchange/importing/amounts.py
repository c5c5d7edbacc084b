"""Numbers and money as exports write them; the decimal mark is voted by the whole column."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

Mark = Literal[".", ","]

_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009\u2007\t'’`_")
_SYMBOLS = {
    "€": "EUR", "$": "USD", "us$": "USD", "$us": "USD", "£": "GBP", "¥": "JPY", "₽": "RUB", "руб": "RUB",
    "руб.": "RUB", "рублей": "RUB", "рубли": "RUB", "рубль": "RUB", "рубля": "RUB", "р": "RUB", "р.": "RUB",
    "zł": "PLN", "zl": "PLN", "złotych": "PLN", "złote": "PLN", "₹": "INR", "rs": "INR", "rs.": "INR",
    "r$": "BRL", "a$": "AUD",
    "c$": "CAD", "ca$": "CAD", "$ca": "CAD", "mx$": "MXN", "hk$": "HKD", "nz$": "NZD", "s$": "SGD",
    "₩": "KRW", "₺": "TRY", "₴": "UAH", "грн": "UAH", "грн.": "UAH", "₸": "KZT", "тенге": "KZT",
    "лв": "BGN", "лв.": "BGN",
    "kč": "CZK", "ft": "HUF", "fr.": "CHF", "sfr": "CHF", "euro": "EUR", "euros": "EUR", "eur.": "EUR",
    "евро": "EUR", "долл": "USD", "долл.": "USD", "долларов": "USD", "доллары": "USD", "dollars": "USD",
    "dólares": "USD", "dolares": "USD", "pesos": "MXN", "reais": "BRL", "s/": "PEN", "s/.": "PEN",
    "российский рубль": "RUB", "доллар сша": "USD", "доллар": "USD", "фунт стерлингов": "GBP",
    "гривна": "UAH", "złoty": "PLN", "zloty": "PLN", "złoty polski": "PLN", "polski złoty": "PLN",
    "dolar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "dollar": "USD", "dólar": "USD",
    "dollar américain": "USD", "pound sterling": "GBP", "british pound": "GBP", "livre sterling": "GBP",
    "libra esterlina": "GBP", "franc suisse": "CHF", "swiss franc": "CHF", "schweizer franken": "CHF",
    "peso mexicano": "MXN", "real": "BRL", "real brasileiro": "BRL", "yen": "JPY", "rouble": "RUB",
    "rubel": "RUB", "rublo": "RUB", "danish krone": "DKK", "swedish krona": "SEK", "norwegian krone": "NOK",
    "czech koruna": "CZK", "hungarian forint": "HUF", "polish zloty": "PLN", "polish złoty": "PLN",
    "romanian leu": "RON", "bulgarian lev": "BGN", "russian ruble": "RUB", "turkish lira": "TRY",
    "indian rupee": "INR", "rupee": "INR", "rupees": "INR", "japanese yen": "JPY", "chinese yuan": "CNY",
    "canadian dollar": "CAD", "australian dollar": "AUD", "new zealand dollar": "NZD",
    "singapore dollar": "SGD", "hong kong dollar": "HKD", "south african rand": "ZAR",
    "brazilian real": "BRL", "mexican peso": "MXN", "israeli new shekel": "ILS", "uae dirham": "AED",
    "saudi riyal": "SAR", "moroccan dirham": "MAD", "dirham marocain": "MAD", "dollar canadien": "CAD",
    "couronne danoise": "DKK", "couronne suédoise": "SEK", "couronne norvégienne": "NOK",
    "corona danesa": "DKK", "corona sueca": "SEK", "dólar estadounidense": "USD",
}  # fmt: skip
_SHARED = {
    "$": frozenset(
        ["USD", "CAD", "AUD", "NZD", "KZT", "MXN", "ARS", "CLP", "COP", "UYU", "HKD", "SGD", "TWD"]
    ),
    "£": frozenset(["GBP", "EGP"]),
    "¥": frozenset(["JPY", "CNY"]),
}
"""Signs of several currencies: what else is known of a row decides between them."""
_CODES = frozenset(
    [
        "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "CNY", "HKD", "SGD", "INR", "SEK", "NOK",
        "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "RUB", "UAH", "TRY", "ILS", "AED", "SAR", "QAR", "KWD",
        "BHD", "OMR", "JOD", "EGP", "MAD", "TND", "DZD", "XOF", "XAF", "ZAR", "NGN", "KES", "GHS", "BRL",
        "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "KRW", "TWD", "THB", "VND", "IDR", "MYR", "PHP", "ISK",
        "BYN", "KZT", "GEL", "AMD", "AZN", "UZS", "KGS", "MDL", "TJS", "RSD", "MKD", "DOP", "CRC",
        "GTQ", "BOB", "PYG", "HNL", "LBP", "IQD", "PKR", "BDT", "LKR", "MUR", "MGA", "TZS", "UGX",
    ]
)  # fmt: skip
_SCALES = {
    "": 1, "k": 10**3, "m": 10**6, "mio": 10**6, "mn": 10**6, "mm": 10**6, "million": 10**6,
    "millions": 10**6, "millones": 10**6, "mln": 10**6, "mln.": 10**6, "млн": 10**6, "млн.": 10**6,
    "mio.": 10**6, "md": 10**9, "mrd": 10**9, "mds": 10**9, "bn": 10**9, "b": 10**9, "mld": 10**9,
    "млрд": 10**9, "млрд.": 10**9, "тыс": 10**3, "тыс.": 10**3, "т": 10**3, "т.": 10**3, "tys": 10**3,
    "tys.": 10**3, "tsd": 10**3, "tsd.": 10**3, "thousand": 10**3,
}  # fmt: skip
_THOUSANDS = frozenset(
    ["k", "thousands", "milliers", "thousand", "miles", "тыс", "тыс.", "тысяч", "тысячах", "tys", "tys.",
     "tysiącach", "tsd", "tsd.", "tausend", "migliaia"]
)  # fmt: skip
"""How a column's label says that its numbers are thousands."""
_TAX = re.compile(
    r"(?:\+?(?:ht|ttc|h\.t\.?|hors-?taxes?|netto|brutto|net|excl\.?(?:vat|tax)|vat|\+?iva|s/iva|безндс|сндс|ндс|mwst|zzgl\.?mwst)\.?)$",
    re.IGNORECASE,
)
_CONVERTED = re.compile(r"(\d[^()]*)\([^()]*\d[^()]*\)$")
"""Salesforce's "USD 1,000.00 (EUR 900.00)": the amount and what it is in one's own currency."""
_ABOUT = re.compile(
    r"^(?:[~≈]+|(?:ок|env|ca|approx|aprox|około|ok|около|circa)\.?(?=[\d€$£]))", re.IGNORECASE
)
_YEARLY = re.compile(r"/\s?(?:an|année|yr|year|annum|año|rok|год|jahr)\.?$", re.IGNORECASE)
"""What a contract is worth a year is what it is worth."""
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,24})[)\]]")
_THREE_NOUGHTS = re.compile(r"(\D{0,4})000s?(\D{0,4})")
_TRAILING = re.compile(
    r"(.*?\w)(?:\s+(?:in|en|w|в|im))?[\s,:/–_-]+((?:[kKmM]|тыс\.?|tys\.?|млн\.?|mln\.?|miles(?:\sde)?)?\s?(?:€|\$|£|¥|₽|zł|руб\.?|[A-Z]{3}))"
)
_WORLDLY = "(?:USD|EUR|GBP|CHF|CAD|AUD|PLN|RUB|JPY|INR|BRL|MXN|SEK|NOK|DKK|CZK|HUF)"
_JOINED = re.compile(
    rf"(?P<label>.*[a-z])(?P<last>_{_WORLDLY}|_{_WORLDLY.lower()}|{_WORLDLY})"
    rf"|(?P<first>{_WORLDLY})[ _](?P<label_>.+)"
)
"""A currency joined to the label of its column: amount_usd, amountUSD, USD Amount."""
_IN = re.compile(r"^(?:en|in|w|в|im|d'|de)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+−–]?(?:\d[\d.,]*|(?<![^\W\d_])[.,]\d+)(?:e[-+]?\d{1,2})?", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_LIMIT = Decimal(10) ** 15
"""Major units; more than this is no amount of a deal and would not fit the store."""


class Number(NamedTuple):
    """A number and the currency written beside it ("" if none)."""

    value: Decimal
    currency: str = ""
    percent: bool = False
    scaled: bool = False
    """Whether it was written with a scale of its own, such as 250k."""
    sign: str = ""
    """The sign that several currencies share, such as $."""

    def currency_in(self, known: str) -> str:
        """The currency, where `known` is what else tells of the row's; a sign of several yields to it."""
        if not self.currency or known in _SHARED.get(self.sign, ()):
            return known
        return self.currency


class Unit(NamedTuple):
    """What a column's label says of its numbers."""

    label: str
    """The label without it."""
    scale: int = 1
    currency: str = ""


@dataclass(slots=True)
class Votes:
    """How many values of a column can only be read with a decimal point, only with a comma, or both ways."""

    point: int = 0
    comma: int = 0
    either: int = 0
    example: str = ""
    """A value that reads both ways, such as 12,500."""

    @property
    def mark(self) -> Mark | None:
        """The decimal mark that the values decide; `None` if they do not."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","


def vote(values: Iterable[str]) -> Votes:
    """The votes of a column's values for the decimal mark."""
    votes = Votes()
    for text in values:
        if _PLAIN.fullmatch(text):
            votes.point += "." in text
            continue
        match = _NUMBER.search(text.translate(_SPACES))
        if match is None:
            continue
        told = _evidence(match[0])
        if told == ".":
            votes.point += 1
        elif told == ",":
            votes.comma += 1
        elif told:
            votes.either += 1
            votes.example = votes.example or text
    return votes


def _evidence(number: str) -> str:
    """The decimal mark a number shows: "." or ","; "?" if it reads both ways; "" if it says nothing."""
    number = number.lower().partition("e")[0].lstrip("+-−–")
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rindex(".") > number.rindex(",") else ","
    mark = "." if points else ","
    count = points or commas
    if count == 0:
        return ""
    if count > 1:
        return "," if mark == "." else "."
    whole, _mark, decimals = number.partition(mark)
    if len(decimals) != 3 or len(whole) > 3 or whole in ("", "0"):
        return mark
    return "?"


def parse_number(text: str, mark: Mark | None) -> Number | None:
    """The number that a text means; `None` if it is none.

    A number that shows its own decimal mark is read so. One that reads both ways (12,500) follows the
    column's mark, and without one it is grouped: nobody writes money with three decimals.
    """
    if _PLAIN.fullmatch(text):
        return Number(Decimal(text))
    bare = _TAX.sub("", text.translate(_SPACES).replace("−", "-").replace("–", "-").replace("—", "-"))
    bare = _CONVERTED.sub(r"\1", _YEARLY.sub("", _ABOUT.sub("", bare)))
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1]
    match = _NUMBER.search(bare)
    if match is None:
        return None
    before, after = bare[: match.start()], bare[match.end() :]
    if match[0][-1] in ".,":
        after = after.lstrip("-")  # 1'200.- has no cents
    if after.endswith("-") or before.endswith("-"):
        negative, after, before = True, after.removesuffix("-"), before.removesuffix("-")
    if before.startswith("-"):
        negative, before = True, before[1:]
    percent = after == "%"
    affix = _affix(before, "" if percent else after)
    if affix is None:
        return None
    scale, currency = affix
    value = _decimal(match[0], mark)
    if value is None or abs(value) * scale >= _LIMIT:
        return None
    sign = next((sign for sign in _SHARED if sign in (before, after[-1:])), "") if currency else ""
    return Number(-value * scale if negative else value * scale, currency, percent, scale != 1, sign)


def _affix(before: str, after: str) -> tuple[int, str] | None:
    """Scale and currency from what stands around a number; `None` if it is neither."""
    currency = currency_code(before) if before else ""
    if currency is None:
        return None
    if after in _SCALES or after.lower() in _SCALES:
        return _SCALES[after.lower()], currency
    for size in range(min(8, len(after)), -1, -1):
        scale = _SCALES.get(after[:size].lower())
        code = currency_code(after[size:])
        if scale is not None and code:
            return scale, code
    return None


def fractions(numbers: Mapping[str, Number], *, percent: bool) -> dict[str, Decimal]:
    """Probabilities as shares of 1, of a column's distinct cells; others than 0–1 are none.

    The column decides what its bare numbers are; `percent` is what they are where all of them are 1. Beside
    cells that write "%" themselves a bare 0.5 is a half: somebody typed them.
    """
    bare = [number.value for number in numbers.values() if not number.percent]
    has_wholes, has_parts = any(value > 1 for value in bare), any(0 < value < 1 for value in bare)
    signed = len(bare) < len(numbers)
    in_percent = has_wholes or (percent and not has_parts and not signed)
    return {
        cell: number.value / 100
        if number.percent or (in_percent and not (signed and number.value < 1))
        else number.value
        for cell, number in numbers.items()
    }


def unit(label: str) -> Unit:
    """The scale and currency that a column's label names: "Montant (k€)" is in thousands of euros."""
    for match in _BRACKETED.finditer(label):
        found = _named_unit(match[1])
        if found is not None:
            rest = " ".join(f"{label[: match.start()]} {label[match.end() :]}".split())
            return Unit(rest, *found)
    if trailing := _TRAILING.fullmatch(label.strip()):
        found = _named_unit(trailing[2])
        if found is not None and found[1]:
            return Unit(trailing[1].strip(), *found)
    if joined := _JOINED.fullmatch(label.strip()):
        code = (joined["last"] or joined["first"]).strip("_").upper()
        return Unit((joined["label"] or joined["label_"]).strip(" _"), 1, code)
    return Unit(label)


def _named_unit(text: str) -> tuple[int, str] | None:
    bare = _TAX.sub("", _IN.sub("", text.strip()).translate(_SPACES))
    words = {_IN.sub("", word) for word in text.lower().split()}
    if bare.lower() in _THOUSANDS or words & _THOUSANDS:
        codes = [code for word in text.replace("d'", " ").split() if (code := currency_code(word))]
        return 1000, codes[0] if codes else ""
    if re.fullmatch(r"[a-z]{3}", bare):
        return None
    if match := _THREE_NOUGHTS.fullmatch(bare):
        return 1000, currency_code(match[1] or match[2]) or ""
    affix = _affix("", bare)
    if affix is None:  # £k and not k£
        affix = next(
            (
                (scale, code)
                for at in range(1, len(bare))
                if (scale := _SCALES.get(bare[at:].lower())) and (code := currency_code(bare[:at]))
            ),
            None,
        )
    return affix if affix and affix[1] else None


def currency_code(text: str) -> str | None:
    """The ISO code behind a currency's name, sign or code; `None` if it is none."""
    bare = text.strip()
    if bare.upper() in _CODES:
        return bare.upper()
    named = _SYMBOLS.get(bare.lower())
    if named:
        return named
    match = re.search(r"\b([A-Z]{3})\b", bare)  # "Euro (EUR)", "EUR - Euro"
    return match[1] if match and match[1] in _CODES else None


def _decimal(number: str, mark: Mark | None) -> Decimal | None:
    told = _evidence(number)
    if told in (".", ","):
        mark = "." if told == "." else ","
    elif told == "?":
        sign = "." if "." in number else ","
        if mark is None:
            mark = "," if sign == "." else "."
    if mark == ",":
        whole, _mark, decimals = number.replace(".", "").partition(",")
    else:
        whole, _mark, decimals = number.replace(",", "").partition(".")
    if "," in decimals or "." in decimals:
        return None
    try:
        return Decimal(f"{whole}.{decimals}" if decimals else whole or "0")
    except InvalidOperation:
        return None
