"""Text without what a reader cannot see: for what goes from tickets to a model, and from a model to the screen."""

import re

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Zero-width and bidi controls, fillers, variation selectors and tags, as a character class (OWASP LLM01:2026 names the carriers)."""

_UNSEEN = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{INVISIBLE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """What a person sees of `text`; tab and newline stay, every line end is one newline, and the result can always be encoded."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", lines))
