"""What a sentence of the trade means: its words as stems, with those that mean one thing told as one."""

import re
from functools import lru_cache

from resolutionflow.assistant.playbooks.matching import fold

_BETWEEN = r"((?:\w+ ){0,5}?)"
_PHRASES = tuple(
    (re.compile(f" {said.replace('…', _BETWEEN)} "), f" {meant} ")
    for said, meant in (
        (r"wi fi", "wifi"),
        (r"add ins?", "addin"),
        (r"(?:turn|switch|power)(?:ed|ing|s)? …off and (?:back )?on(?: again)?", r"restart \1"),
        (r"power cycl(?:e|ed|ing)", "restart"),
        (r"(?:get|getting|got) rid of", "remove"),
        (r"(?:turn|switch)(?:ed|ing|s)? …off", r"disable \1"),
        (r"(?:turn|switch)(?:ed|ing|s)? …on", r"enable \1"),
        (r"(?:sign|log)(?:ed|ged|ging|ing|s)? (?:back )?(?:in|into|on|onto)", "login"),
        (r"(?:sign|log)(?:ed|ged|ging|ing|s)? (?:back )?(?:out|off)", "logout"),
        (r"look(?:ed|ing|s)? (?:at|for|into|up|through|in|whether|how|what|which|who|where)", "check"),
        (r"(?:make|making|made|create|created|creating|build|set up|setting up) (?:a )?(?:fresh|new)", "recreate"),
        (r"install(?:ed|ing)? …(?:again|anew)", r"reinstall \1"),
        (r"(?:by hand|manually)", "manual"),
        (r"(?:free|freed|freeing|make|made|making) (?:up )?(?:more )?(?:room|space)", "free space"),
    )
)
_VERBS = (
    "restart reboot cycle relaunch bounce",
    "remove delete clear wipe purge flush erase empty drop uninstall cleanup clean",
    "reinstall",
    "install deploy",
    "update upgrade patch",
    "disable deactivate",
    "enable activate",
    "check verify inspect review test confirm examine read watch view compare see find measure count list",
    "replace swap exchange substitute",
    "reset",
    "recreate rebuild",
    "start launch open",
    "repair fix",
    "unlock",
    "login",
    "logout",
    "move relocate",
    "ask call ring",
    "allow grant permit give let",
    "bypass exclude circumvent exempt",
    "restore recover",
    "join rejoin",
    "ping",
)
"""What is done, a line each. Two sentences that do different things are different steps, whatever they do it to."""
_THINGS = (
    "password passphrase credential",
    "computer pc laptop machine workstation notebook desktop",
    "mail email mailbox",
    "cache cached",
    "driver",
    "folder directory",
    "printer mfp copier",
    "permission access right",
    "router gateway",
    "internet web online",
    "cable lead",
    "settings setting configuration config option",
    "mfa 2fa authenticator",
    "account",
    "service daemon",
    "addin plugin extension",
    "antivirus defender",
    "licence license subscription",
    "certificate cert",
    "store saved stored save",
    "phone mobile handset",
    "queue",
    "spooler spool",
)
_SAYING_NOTHING = (
    "a an the and or but of to in on at for from by with without into onto over under through after before during while when then "
    "than as is are was were be been being am it its this that these those there here he she they them his her their we our you "
    "your i me my who which what where why how do does did done doing has have had having can could may might must shall should "
    "will would not no nor never none nothing any anything some something all every everything each both so too also very just only "
    "still yet again already now user client customer person people problem issue trouble error help helped work works worked "
    "working fail fails failed make makes made difference change changed effect ruled out cause because caused since if whether one "
    "ones own same other another most time times try tries tried trying use used using result went go goes gone get gets got come "
    "came up down off back via per itself that's didn doesn isn wasn t s re first next possible run running runs ran carried "
    "perform performed please anew"
)
_NOISE = frozenset(_SAYING_NOTHING.split())


def flat(text: str) -> str:
    """Only white space and case are folded."""
    return " ".join(text.casefold().split())


def command_of(text: str | None) -> str:
    """A command without what does not change it: prompt, quotes, case, white space, the ending of its program."""
    plain = re.sub(r"^\s*(?:ps )?(?:[a-z]:\\[^>\n]*>|[$#>])\s*", "", (text or "").casefold())
    return " ".join(re.sub(r"[\"'`]|\.exe\b", "", plain).split()).rstrip("; ")


def verbs_and_things(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """What is done, and everything else that means something."""
    found = words(text)
    things = found - _DONE
    return found & _DONE, things - _EVERYWHERE or things


def words(text: str) -> frozenset[str]:
    folded = fold(text)
    for pattern, meant in _PHRASES:
        folded = pattern.sub(meant, folded)
    return frozenset(_meant(word) for word in folded.split() if word not in _NOISE)


def _stem(word: str) -> str:
    for suffix, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(suffix) + instead
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


_SAME = {_stem(word): _stem(line.split()[0]) for line in (*_VERBS, *_THINGS) for word in line.split()}
_DONE = frozenset(_stem(line.split()[0]) for line in _VERBS)
LOOKS = _SAME[_stem("check")]
"""To look at something is not to do something to it."""
_EVERYWHERE = frozenset(
    _SAME.get(_stem(word), _stem(word))
    for word in ("computer", "server", "window", "windows", "account", "device", "stored", "new", "different", "setting")
)
"""Things that so much is done to that they tell no two steps apart."""


@lru_cache(maxsize=4_096)
def _meant(word: str) -> str:
    stem = _stem(word)
    return _SAME.get(stem, stem)
