"""Keys and codes without a form of their own, known by the words before them."""

import re

from resolutionflow.platform.redaction.rules import BARE, LONGEST, OPAQUE, SPACE, Rule, Secret, rule
from resolutionflow.platform.redaction.values import says_nothing, trimmed
from resolutionflow.platform.redaction.words import ALONE, FOR, IS, SIGN

_KEY_WORD = (
    rf"(?:(?:api|access|secret|account|shared|client|app(?:lication)?"
    rf"|subscription|encryption|signing|signature|master|storage|auth(?:entication|orization)?"
    rf"|bearer|refresh|session|webhook|hmac|id|service|integration|private|deploy|bot|sas|license|activation|csrf)"
    rf"(?:[ _-]?(?:access|auth|api|secret))?"
    rf"[ _-]?(?:key|secret|token)|{ALONE}(?:secret|token|apikey|api|(?<!public )(?<!registry )"
    rf"(?<!idempotency-)(?<!partition )key)(?:{SPACE}value)?"
    rf"|(?<![a-z])authToken)(?![a-z0-9])"
)
_BASE32 = r"[A-Z2-7]{16,64}|(?:[A-Z2-7]{4}[ -]){3,15}[A-Z2-7]{4}"


def _random(value: str, found: re.Match[str]) -> int:
    """Long, with a digit and a letter; a GUID only after "api key" or "secret"; names of things and addresses are not."""
    bare = trimmed(value, assigned=True)
    if (
        len(bare) < 12
        or says_nothing(bare)
        or re.search(r"\\|^https?:|^[\w.]+@[\w.]+$|^(?:SHA256:|ctrl\+|alt\+|shift\+|win\+)", bare, re.IGNORECASE)
    ):
        return 0
    return len(bare) if re.search(r"\d", bare) and re.search(r"[A-Za-z]", bare) else 0


KEYS: tuple[Rule, ...] = (
    rule(
        Secret.KEY,
        rf"{_KEY_WORD}(?:{SIGN}|{IS}|(?:{FOR})(?:{SIGN}|{IS})|{SPACE}{{1,9}})[\"'`“*(]{{0,2}}"
        rf"(?P<hide>{BARE}{{12,{LONGEST}}}+)",
        _random,
    ),
    rule(
        Secret.KEY,
        rf"(?:aws|cloudflare|datto|hudu){SPACE}{{1,3}}(?:secret|token|key)\w*{SIGN}[\"']?"
        rf"(?P<hide>{BARE}{{20,{LONGEST}}}+)",
        _random,
    ),
    rule(
        Secret.PRODUCT_KEY,
        rf"(?:license|licence|product|activation|serial|office|windows)[ _-]?(?:key|code)?{SIGN}"
        r"(?P<hide>(?=[A-Z-]{0,40}\d)[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,7})(?![\w-])",
    ),
    rule(
        Secret.RECOVERY,
        rf"\b(?:totp|otp|2fa|mfa|setup|authenticator|manual(?: entry)?|shared)[ _-]?"
        rf"(?:secret|seed|key){SIGN}(?P<hide>{_BASE32})(?![\w])",
    ),
    rule(Secret.RECOVERY, rf"\b(?:recovery|seed|backup){SPACE}phrase{SIGN}(?P<hide>[a-z]{{3,10}}(?:[ ,]{{1,2}}[a-z]{{3,10}}){{11,23}})"),
    rule(
        Secret.RECOVERY,
        rf"\b(?:backup|recovery|scratch|rescue|emergency)"
        rf"{SPACE}codes?\b[^\n\d:{OPAQUE}]{{0,30}}:?\s{{1,9}}(?:(?:[-*•]|\d{{1,2}}[.)]){SPACE})?"
        r"(?P<hide>(?=[a-z-]{0,11}\d)[a-z0-9]{4,12}(?:-[a-z0-9]{4,12}){0,5}"
        r"(?:[\s,;]{1,4}(?:(?:[-*•]|\d{1,2}[.)])\s)?(?=[a-z-]{0,11}\d)[a-z0-9]{4,12}(?:-[a-z0-9]{4,12}){0,5}){0,30})(?![\w-])",
    ),
)

_DIGITS = r"(?:[0-9]{3}[ -][0-9]{3}|[0-9]{4}[ -][0-9]{4}|[0-9]{4,8})(?![\w-]|\.\d)"
_QUALIFIED = (
    r"(?:verification|verify|mfa|2fa|otp|sms|text|login|log-in|sign-?in|security|access|authenticator|authentication|auth"
    r"|one-?time|confirmation|pairing|alarm|door|gate|unlock|entry|entrance|safe|duo|pass|temporary|microsoft|google)"
)
_CODE_WORD = (
    rf"(?:\b{_QUALIFIED}[ -]?(?:code|password|passcode|pin)|{ALONE}"
    rf"(?:otp|totp|tan|einmalcode|einmalpasswort|bestätigungscode|sicherheitscode|code de vérification))"
)
_ERRORS = "".join(
    f"(?<!{word} )"
    for word in "error exit stop event status return reason result failure fault zip postal area country product item order bar".split()  # noqa: SIM905
)
_ASKED = rf"(?:{SPACE}{{0,3}}(?:[:=]|is|was|lautet|ist|:?{SPACE}){SPACE}{{0,9}}[\"'`*(]{{0,2}})"


def _no_error(value: str, _: re.Match[str]) -> int:
    """Windows' own results are decimal or begin with 800."""
    return 0 if re.match(r"80[0-9]{6}$", value) else len(value)


CODES: tuple[Rule, ...] = (
    rule(Secret.CODE, rf"{_CODE_WORD}s?{_ASKED}(?P<hide>(?:[A-Z]-)?{_DIGITS}#?)"),
    rule(
        Secret.CODE,
        rf"\b{_ERRORS}codes?{_ASKED}(?P<hide>[0-9]{{3}}[ -][0-9]{{3}}"
        rf"(?![\w-])|[0-9]{{4}}[ -][0-9]{{4}}(?![\w-])|[0-9]{{6,8}}(?![\w-]|\.\d))",
        _no_error,
    ),
    rule(
        Secret.CODE,
        rf"(?<![\w-])(?P<hide>(?:[A-Z]-)?{_DIGITS}){SPACE}(?:is|as|ist){SPACE}"
        rf"(?:the|your|my|a|ihr|dein){SPACE}[^\n.{OPAQUE}]{{0,40}}?(?:code|otp|passcode|pin)\b",
    ),
    rule(
        Secret.CODE,
        rf"(?<![\w-])(?P<hide>{_DIGITS}){SPACE}[^\n.{OPAQUE}\d]{{0,20}}?\b(?:in|on|from){SPACE}"
        rf"(?:the|my|his|her){SPACE}authenticator",
    ),
    rule(Secret.CODE, rf"\bauthenticator{SPACE}(?:app{SPACE})?(?:shows?|says|gives?|displays?|showed){SPACE}(?P<hide>{_DIGITS})"),
    rule(Secret.CODE, r"(?<![\w-])G-[0-9]{6}(?!\w)", flags=re.NOFLAG),
)
