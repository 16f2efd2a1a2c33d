"""Secrets made of groups of digits and letters, told from order and serial numbers by their check digits."""

import re

from resolutionflow.platform.redaction.rules import Rule, Secret, rule

_BRANDS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}"
)
_IBAN_LENGTHS = {
    length: frozenset(countries.split())
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST", 26: "IS TR", 27: "BI FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV", 29: "BR EG PS QA UA",
        30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
}  # fmt: skip
"""SWIFT IBAN registry."""


def _card(value: str, _: re.Match[str]) -> int:
    """Brand, length and Luhn's sum."""
    digits = re.sub(r"\D", "", value)
    if not _BRANDS.fullmatch(digits):
        return 0
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    total = sum(int(digit) for digit in digits[-1::-2]) + sum(each // 10 + each % 10 for each in doubled)
    return 0 if total % 10 else len(value)


def _iban(value: str, _: re.Match[str]) -> int:
    """The country's length, then ISO 13616's sum; letters after it are the next word."""
    length = next((length for length, countries in _IBAN_LENGTHS.items() if value[:2].upper() in countries), 0)
    places = [at for at, char in enumerate(value) if char.isalnum()]
    if not length or len(places) < length:
        return 0
    compact = "".join(value[at] for at in places[:length]).upper()
    total = int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4]))
    return places[length - 1] + 1 if total % 97 == 1 else 0


def _mixed(value: str, _: re.Match[str]) -> int:
    return len(value) if re.search(r"\d", value) and re.search(r"[A-Za-z]", value) else 0


NUMBERS: tuple[Rule, ...] = (
    rule(Secret.RECOVERY, r"(?<![\d-])[0-9]{6}(?:\s?[-–]\s?[0-9]{6}|\s[0-9]{6}){7}(?![\d-])"),
    rule(Secret.PRODUCT_KEY, r"(?<![A-Z0-9-])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![A-Z0-9-])", _mixed),
    rule(Secret.CARD, r"(?<![\w+.-])[2-6][0-9]{12,18}(?!\w)", _card),
    rule(Secret.CARD, r"(?<![\w+.-])[2-6][0-9]{3}([ .–-])[0-9]{4}(?:\1[0-9]{4}\1[0-9]{4}|[0-9]{2}\1[0-9]{4,5})(?![\w-])", _card),
    rule(Secret.BANK_ACCOUNT, r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,32}+", _iban),
)
