"""How alike two cases are, by the words people use for them. Pure: the words are stemmed and counted by PostgreSQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from math import log1p, sqrt
from uuid import UUID

SYNONYMS: tuple[str, ...] = (
    "outlook mail email e-mail mailbox inbox exchange",
    "send sent outgoing deliver delivery outbox",
    "receive incoming arrive arrival",
    "bounce undeliverable rejected ndr returned",
    "calendar appointment meeting invite invitation",
    "wifi wi-fi wireless wlan ssid",
    "internet online connectivity connection connect",
    "ethernet lan cable wired patch",
    "dns resolver hostname",
    "dhcp lease ip address",
    "firewall blocked block filter",
    "vpn tunnel anyconnect forticlient globalprotect",
    "rdp rds remote terminal",
    "login logon signin sign-in sign-on log-on authenticate authentication sign logged",
    "password passphrase credentials",
    "locked lockout lock",
    "prompt popup asks asking dialog",
    "mfa 2fa authenticator otp factor",
    "laptop notebook pc computer workstation desktop machine",
    "phone mobile smartphone iphone android",
    "telephone handset voip extension deskphone",
    "headset headphones earphones",
    "printer print printing spooler printout mfp copier",
    "scan scanner scanning",
    "tray paper toner cartridge",
    "slow lag laggy sluggish crawl performance",
    "freeze frozen hang unresponsive stuck stalls",
    "crash crashes closes quits",
    "share shared folder drive mapped directory",
    "permission access denied rights forbidden unauthorized",
    "file document",
    "disk storage space full capacity ssd",
    "delete deleted removed erased missing gone lost vanished disappeared",
    "backup restore recover recovery snapshot",
    "update patch upgrade",
    "install installation setup deploy deployment",
    "licence license subscription activation activate",
    "browser chrome edge firefox",
    "website webpage page url portal",
    "certificate cert ssl tls",
    "sync synchronise synchronize synchronization syncing",
    "onedrive sharepoint cloud",
    "excel spreadsheet workbook",
    "pdf acrobat reader",
    "macro addin plugin extension",
    "bluescreen bsod stopcode bugcheck",
    "boot startup start restart reboot",
    "monitor screen display",
    "dock docking",
    "camera webcam video",
    "microphone mic audio sound speaker mute",
    "battery charge charger charging power",
    "fan noise overheating hot heat",
    "driver firmware bios",
    "bitlocker encryption encrypted",
    "phishing spam scam suspicious fraud",
    "virus malware ransomware infected trojan antivirus defender",
    "starter joiner onboarding hire",
    "leaver offboarding resigned departed",
    "group membership member role",
    "clock time timezone",
    "expired expire expiry",
)
"""Words a helpdesk uses for one thing, a line each: written from what the trade calls its things, before any test case was."""

NOISE = (
    "user client customer colleague staff people person office company please help issue problem trouble error message fault "
    "work working works try tried trying cannot could would since today yesterday morning afternoon week day days month now still "
    "again get gets got getting go goes going come comes say says said tell use uses used using see seen shows show need needs want "
    "make makes made happen happens happening thing something nothing everything anything always sometimes every one two first last "
    "new old know think look looks like back also even though without since until hello hi thanks thank urgent asap ticket reported "
    "reports called calls suddenly open opens opening put take takes took must may might should shall will want wants like "
    "one two three four five six seven eight nine ten once twice several many some much more most less few other another same "
    "since year years time times minute minutes hour hours"
)
"""Words that stand in every ticket and say nothing about which."""

ALIKE = 1.5
"""Below this a case is not shown: it shares less than one and a half of the rarest words."""
ELSEWHERE = 0.7
"""What a word counts that stands in the resolution or the ledger of the other case and not in its problem."""
SAID_LATER = 0.5
"""What a word counts that is no part of the problem's own text."""
SAME_KIND = 1.15
LONG = 20
"""A problem of this many rare words must share twice as much: long texts share words by accident."""
MOST_CONCEPTS = 24
COVERED, FEWEST_COVERED = 0.8, 3
"""A case that has nearly all of the problem's words is alike however common they are: what comes every week is worth finding."""
TELLING_CASES, FEWEST_TELLING = 200, 3
EQUAL = 0.25
"""Cases whose likeness differs by less are taken for equally alike."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Stems that mean one thing, and in how many of the cases looked at they occur."""

    words: tuple[str, ...]
    is_stated: bool
    """In the problem's own text."""
    cases: int
    weight: float

    @property
    def query(self) -> str:
        """Any of its words, as PostgreSQL writes a tsquery."""
        return " | ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in self.words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resolved case, with the numbers of the problem's concepts that its own problem states and that it has anywhere."""

    session_id: UUID
    stated: frozenset[int]
    anywhere: frozenset[int]
    same_kind: bool
    same_client: bool
    resolved_at: datetime


def concept(words: Iterable[str], *, is_stated: bool, cases: int, out_of: int) -> Concept:
    """The rarer in this account, the heavier: 1 for what is in no other case, falling slowly towards what is in all of them."""
    rarity = sqrt(log1p(out_of / min(max(cases, 1), out_of)) / log1p(out_of))
    return Concept(tuple(sorted(words)), is_stated, cases, rarity * (1 if is_stated else SAID_LATER))


def heaviest(concepts: Iterable[Concept]) -> list[Concept]:
    return sorted(concepts, key=lambda each: (-each.weight, each.words))[:MOST_CONCEPTS]


def telling(concepts: Sequence[Concept]) -> list[Concept]:
    """The heaviest, as far as they occur in few cases: one that has none of them is not looked at."""
    reached = list(accumulate(each.cases for each in concepts))
    return [each for number, each in enumerate(concepts) if number < FEWEST_TELLING or reached[number] <= TELLING_CASES]


def likeness(concepts: Sequence[Concept], candidate: Candidate) -> float:
    """How many rare words they share, less for a long problem."""
    shared = sum(
        each.weight * (1 if number in candidate.stated else ELSEWHERE)
        for number, each in enumerate(concepts, 1)
        if number in candidate.anywhere
    )
    total = sum(each.weight for each in concepts)
    found = shared / (1 + total / LONG) * (SAME_KIND if candidate.same_kind else 1)
    is_covered = len(candidate.anywhere) >= FEWEST_COVERED and shared >= COVERED * total
    return max(found, ALIKE) if is_covered else found


def alike(concepts: Sequence[Concept], candidates: Iterable[Candidate], *, limit: int) -> list[UUID]:
    """Best first; among equally alike ones those of the same client, then the newest. None where none is alike enough."""
    found = [(likeness(concepts, each), each) for each in candidates]
    best = sorted(
        (pair for pair in found if pair[0] >= ALIKE),
        key=lambda pair: (round(pair[0] / EQUAL), pair[1].same_client, pair[0], pair[1].resolved_at),
        reverse=True,
    )
    return [each.session_id for _, each in best[:limit]]
