"""Whether a word that stands where a password would stand is one: "password: expired" says nothing secret, "password: Expired7" does."""

import re

from resolutionflow.platform.redaction.rules import OPAQUE

_SAYS_NOTHING = """
    a about accepted again ago always an and any are asked at back bad be been before being blank blocked by cannot changed characters
    correct current default denied did disabled does empty enabled encrypted enforced error expired expires expiring failed fails false
    field fine for forgot forgotten from good had has have he help her hidden his i if in incorrect invalid is it its keeps last length
    locked lost manager mandatory masked me minimum missing mismatch must my n/a needed needs never new no none not null ok old on one
    only optional or our passed password please policy problem prompt protected redacted refused rejected removed required reset resets
    right same saved see sent set she shown since still stored string synced that the their they this to true typed unchanged undefined
    unknown unset update updated user username valid vault very was we weak when which will with without works wrong yes you your falsch
    abgelaufen vergessen gesperrt unbekannt nicht ist ja nein"""
_NO_SECRETS = frozenset(_SAYS_NOTHING.split())
_PLACEHOLDER = re.compile(
    r"[*•●·.xX_?…-]+|[<{\[%$(].*|.*%$|\[.*\]|(?:your|my|the)[-_ ]?(?:password|key|token).*", re.IGNORECASE | re.DOTALL
)
_PLAIN = re.compile(
    r"""0x[0-9a-f]+|\d{1,3}|\d+[-+]?(?:chars?|characters?|digits?|days?|hours?|hrs?|minutes?|mins?|times|bits?|x|th|rd|nd|st|pm|am|fa|pin)
    |\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:t.*)?|\d{1,2}:\d\d.*|v?\d+(?:\.\d+)+\S*|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|\{?[0-9a-f]{8}-[0-9a-f-]{27}\}?
    |kb\d+|(?-i:[A-Z]{2,4})-?\d{5,}|(?-i:(?:[A-Z]+-)+)\d{1,4}|aadsts\d+|(?:sha|md|ntlm|aes|des|tls|ssl|wpa|rsa|utf|base|tpm|ipv)-?\w{0,2}\d{1,4}\w*
    |(?:office|microsoft|ms|m|o|windows|win|server|exchange|outlook|sql\w*|iphone|ipad|galaxy|sharepoint|dynamics|word|excel|sage|acrobat)-?\d+
    |[a-z]:\\.*|\\\\.*|/.*|https?:.*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|\+[\d() -]{6,}|\(\d.*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PROSE_AFTER = re.compile(
    r"[ \t]+(?!(?:for|on|at|and|or|user|username|login|in|then|if|but|fyi|thanks|from|domain|as|when)\b)[a-z']{2,}", re.IGNORECASE
)
_ENDS = ".,;:)]}>\"'`*”’»|"


def trimmed(value: str, *, assigned: bool = False) -> str:
    """Without the sentence around it. After "=" a `;`, or an `&` before another name, ends it; so do quotes and tags."""
    value = re.split(r"[\"'<`]|\\n" if not assigned else r"[\"'<`]|\\n|;(?=\s|$|[\w ]{1,40}=)|&(?=[\w.-]{1,40}=)", value, maxsplit=1)[0]
    return value.rstrip(_ENDS)


def says_nothing(value: str) -> bool:
    """A placeholder, a mask or a word of a sentence."""
    return not value or value.lower().rstrip("!?.,") in _NO_SECRETS or _PLACEHOLDER.fullmatch(value) is not None


def is_likely(value: str, after: str) -> bool:
    """After a colon or equals sign: anything that is not the beginning of a sentence. `after` is what follows the value."""
    if says_nothing(value) or re.fullmatch(r"\d{1,3}", value) or OPAQUE in value:
        return False
    return not (re.fullmatch(r"[A-Za-zÀ-ÿ'’-]+", value) and _PROSE_AFTER.match(after))


def is_telling(value: str) -> bool:
    """After "is" or "was": with a digit or a symbol, and no date, version, address or name of a thing."""
    core = value.rstrip("!?")
    if says_nothing(value) or _PLAIN.fullmatch(core):
        return False
    return bool(re.search(r"\d", core) or re.search(r"[@#$%^&*_+=~]|[!?](?=\w)", core)) and len(core) >= 4


def is_striking(value: str) -> bool:
    """Straight after the word: small letters and a digit, or letters, a symbol and a digit; at least 6 characters."""
    if len(value) < 6 or not is_telling(value):
        return False
    return bool(re.search(r"\d", value) and re.search(r"[A-Za-z]", value) and re.search(r"[a-z]|[@#$%^&*!?+=~]", value))
