"""Four cases of one helpdesk, rows by name, and what may truly be said of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from resolutionflow.assistant.base import Asked, Attempt, Case, Claim, FactRow, Proposed, Utterance
from resolutionflow.platform.ids import uuid7


@dataclass
class Desk:
    """A case whose rows have names."""

    case: Case
    ids: dict[str, UUID] = field(default_factory=dict)

    def claim(self, kind: Any, text: str, *rows: str | UUID, quote: str | None = None) -> Claim:
        return Claim(kind=kind, text=text, quote=quote, evidence=[row if isinstance(row, UUID) else self.ids[row] for row in rows])


def desk(
    problem: str, *, tried: dict[str, tuple[Any, ...]], answers: dict[str, tuple[str, str]], facts: dict[str, str], said: dict[str, str]
) -> Desk:
    ids = {name: uuid7() for name in (*tried, *answers, *facts, *said, "assistant", "proposed")}
    attempts = [
        Attempt(ids[name], 100 + place, what, outcome, observed=observed, command=command)
        for place, (name, (what, outcome, observed, command)) in enumerate(tried.items())
    ]
    case = Case(
        problem=problem,
        said=(
            *(Utterance(ids[name], place + 1, by_assistant=False, text=text) for place, (name, text) in enumerate(said.items())),
            Utterance(ids["assistant"], 50, by_assistant=True, text="The mailbox is corrupt, and the licence has expired."),
        ),
        tried=tuple(attempts),
        asked=tuple(
            Asked(uuid7(), 60 + place, question, answer=answer, answer_id=ids[name])
            for place, (name, (question, answer)) in enumerate(answers.items())
        ),
        proposed=(Proposed(ids["proposed"], 90, "Recreate the profile, which will fix it"),),
        facts=tuple(FactRow(ids[name], name, value) for name, value in facts.items()),
    )
    return Desk(case, ids)


OUTLOOK = desk(
    "Outlook asks for the password again and again",
    tried={
        "safe_mode": ("Start Outlook in safe mode", "failed", "Still asks for the password after ten seconds", "outlook.exe /safe"),
        "cached": ("Remove the saved Office credentials", "failed", "Entries came back after the sign-in", "cmdkey /list"),
        "webmail": ("Sign in to Outlook on the web with the same password", "worked", "Opens at once, newest mail 09:12", None),
        "autodiscover": (
            "Test the autodiscover record",
            "inconclusive",
            "Timed out once, answered once",
            "nslookup autodiscover.northwind.example",
        ),
        "profile": ("Create a new mail profile", "failed", "The new profile asks for the password too", None),
        "clock": ("Set the clock of the laptop right", "worked", "Was seven minutes behind, now in sync", "w32tm /resync"),
        "update": ("Update Office to the newest build", "skipped", None, None),
    },
    answers={
        "others": ("Do colleagues have it too?", "No, only Petra, everyone else is fine"),
        "since": ("Since when?", "Since she changed her password on Monday"),
    },
    facts={"Build": "16.0.17328.20162", "Error": "0x8004010F in the status bar"},
    said={"opening": "Petra's Outlook wants the password every few minutes, her phone gets mail normally"},
)
PRINTER = desk(
    "Nothing comes out of the printer on floor 2",
    tried={
        "spooler": ("Restart the print spooler", "failed", "Jobs stay in the queue as Error - Printing", "Restart-Service Spooler"),
        "ping": ("Ping the printer from the print server", "worked", "4 of 4 answered, 2 ms", "ping 10.2.0.41"),
        "queue": ("Delete all jobs from the queue", "failed", "New jobs hang the same way", None),
        "testpage": ("Print the test page at the panel of the device", "worked", "Came out clean", None),
        "driver": (
            "Reinstall the driver on the print server",
            "failed",
            "Job 17 hangs with error 0x00000bcb",
            "pnputil /add-driver canon.inf /install",
        ),
        "usb": ("Print from a laptop by USB cable", "worked", "Two pages, no stripes", None),
        "snmp": ("Switch SNMP status off at the port", "inconclusive", "Status went from offline to ready and back", None),
    },
    answers={
        "who": ("Who is affected?", "All twelve people on floor 2"),
        "moved": ("Was anything moved?", "The switch in the cupboard was swapped on Friday"),
    },
    facts={"Model": "Canon iR-ADV C3530", "Address": "10.2.0.41"},
    said={"opening": "Floor 2 says the Canon has been dead since Friday noon"},
)
VPN = desk(
    "VPN drops after two minutes",
    tried={
        "reboot": ("Restart the laptop", "failed", "Connected for 118 seconds, then dropped", None),
        "hotspot": ("Connect through the phone's hotspot", "worked", "Stays up for twenty minutes", None),
        "mtu": (
            "Lower the MTU of the tunnel adapter to 1300",
            "failed",
            "Dropped after 121 seconds",
            "netsh interface ipv4 set subinterface VPN mtu=1300",
        ),
        "reinstall": ("Reinstall FortiClient 7.2.4", "failed", "Same message: SSL-VPN tunnel closed", None),
        "firewall": ("Disable the firewall of the home router", "inconclusive", "Dropped once after nine minutes", None),
        "dns": ("Flush the DNS cache", "failed", "No difference to see", "ipconfig /flushdns"),
    },
    answers={
        "where": ("Where does it happen?", "At home only, in the office it holds"),
        "router": ("What router?", "A FRITZ!Box 7590, updated last night"),
    },
    facts={"Log": "tunnel closed by peer, code -20199", "Client": "FortiClient 7.2.4"},
    said={"opening": "Omar loses the VPN every two minutes since this morning"},
)
TEAMS = desk(
    "Teams calls drop and the camera is black",
    tried={
        "cache": ("Clear the Teams cache", "failed", "Calls still drop after a minute", None),
        "web": ("Join the meeting in the browser", "worked", "Camera and sound fine for 15 minutes", None),
        "camera": ("Update the webcam driver from Lenovo Vantage", "failed", "Picture stays black in Teams", None),
        "headset": ("Plug in a different USB headset", "inconclusive", "Sound better, call dropped once", None),
        "privacy": ("Allow desktop apps to use the camera in the privacy settings", "failed", "Was on already", None),
        "client": ("Reinstall the new Teams client", "failed", "Error caa70004 at first start", "winget install Microsoft.Teams"),
        "proxy": ("Bypass the proxy for Teams", "worked", "No drop in 30 minutes", "netsh winhttp reset proxy"),
    },
    answers={"who": ("Who else?", "Two others in accounting"), "when": ("Since when?", "Since the new proxy on Tuesday")},
    facts={"Version": "24193.1805"},
    said={"opening": "Lena's calls end after about a minute"},
)
DESKS = (OUTLOOK, PRINTER, VPN, TEAMS)

Said = tuple[str, str, tuple[str, ...], str | None]
_TRUE: dict[str, tuple[Said, ...]] = {
    "outlook": (
        ("ruled_out", "Add-ins are not to blame: in safe mode it still asks.", ("safe_mode",), None),
        ("ruled_out", "Clearing the stored credentials did not help.", ("cached",), "Entries came back after the sign-in"),
        ("ruled_out", "A damaged profile is unlikely, a fresh profile prompts too.", ("profile",), "asks for the password too"),
        ("ruled_out", "Recreating the mail profile made no difference.", ("profile",), None),
        ("ruled_out", "Neither safe mode nor a new profile changed anything.", ("safe_mode", "profile"), None),
        ("worked", "The password itself is right: sign-in to Outlook on the web works.", ("webmail",), "Opens at once"),
        ("worked", "Webmail: signing in on the web with the same password works.", ("webmail",), None),
        ("worked", "The laptop's clock was wrong and has been set right.", ("clock",), "seven minutes behind"),
        ("worked", "Resyncing the clock (w32tm /resync) worked.", ("clock",), None),
        ("observed", "Only one person is affected.", ("others",), "only Petra"),
        ("observed", "It began with a change of password.", ("since",), "Since she changed her password on Monday"),
        ("observed", "Autodiscover answers unreliably.", ("autodiscover",), "Timed out once, answered once"),
        ("observed", "The status bar shows an error.", ("Error",), "0x8004010F"),
        ("observed", "Mail arrives on the phone.", ("opening",), "her phone  gets mail NORMALLY"),
        ("observed", "Removed credentials return.", ("cached",), "“Entries came back…”"),
        ("observed", "Office is on this build.", ("Build",), "16.0.17328.20162"),
        ("hypothesis", "An old token on the laptop is sent again and again.", ("cached", "since"), None),
        ("hypothesis", "The autodiscover record points at an old server.", ("autodiscover",), None),
    ),
    "printer": (
        ("ruled_out", "Restarting the spooler did not help.", ("spooler",), None),
        ("ruled_out", "A stuck job is not the cause: with the queue emptied new jobs hang too.", ("queue",), "New jobs hang the same way"),
        ("ruled_out", "It is not the driver: it was reinstalled on the print server.", ("driver",), "error 0x00000bcb"),
        ("ruled_out", "Deleting the jobs in the queue changed nothing.", ("queue",), None),
        ("ruled_out", "The spooler was restarted and the driver reinstalled, without success.", ("spooler", "driver"), None),
        ("worked", "The print server reaches the printer by ping.", ("ping",), "4 of 4 answered"),
        ("worked", "The device itself prints its test page.", ("testpage",), "Came out clean"),
        ("worked", "By USB cable it prints from a laptop.", ("usb",), None),
        ("worked", "ping 10.2.0.41 is answered.", ("ping",), "2 ms"),
        ("worked", "Both the test page at the panel and printing over USB work.", ("testpage", "usb"), None),
        ("observed", "The whole floor is affected.", ("who",), "All twelve people"),
        ("observed", "Network gear was changed shortly before.", ("moved",), "switch in the cupboard was swapped on Friday"),
        ("observed", "Jobs stop with an error.", ("spooler",), "Error - Printing"),
        ("observed", "The port's status flickers.", ("snmp",), "offline to ready and back"),
        ("observed", "It is a Canon.", ("Model",), "Canon iR-ADV C3530"),
        ("hypothesis", "The new switch blocks printing from the server.", ("moved", "ping"), None),
    ),
    "vpn": (
        ("ruled_out", "A restart of the laptop did not cure it.", ("reboot",), "118 seconds"),
        ("ruled_out", "A smaller MTU does not help.", ("mtu",), "Dropped after 121 seconds"),
        ("ruled_out", "The client was reinstalled, so a broken FortiClient is unlikely.", ("reinstall",), None),
        ("ruled_out", "Name resolution: flushing DNS made no difference.", ("dns",), "No difference to see"),
        ("ruled_out", "ipconfig /flushdns had no effect.", ("dns",), None),
        ("worked", "Over a phone hotspot the connection holds.", ("hotspot",), "Stays up for twenty minutes"),
        ("worked", "Connecting through the mobile hotspot works.", ("hotspot",), None),
        ("observed", "It happens only at home.", ("where",), "in the office it holds"),
        ("observed", "The router was updated the night before.", ("router",), "updated last night"),
        ("observed", "The other side closes the tunnel.", ("Log",), "tunnel closed by peer"),
        ("observed", "The drop comes after two minutes each time.", ("reboot", "mtu"), "Dropped after 121 seconds"),
        ("observed", "With the router's firewall off it held longer once.", ("firewall",), "after nine minutes"),
        ("observed", "Several people? No: Omar.", ("opening",), "Omar loses the VPN"),
        ("hypothesis", "The new firmware of the router ends idle UDP sessions.", ("router", "where"), None),
        ("hypothesis", "The home line's keep-alive is too short.", ("where", "hotspot"), None),
        ("observed", "FortiClient is on 7.2.4.", ("Client",), "FortiClient 7.2.4"),
    ),
    "teams": (
        ("ruled_out", "Emptying Teams' cache changed nothing.", ("cache",), None),
        ("ruled_out", "A faulty camera driver is unlikely, updating it left the picture black.", ("camera",), "Picture stays black"),
        ("ruled_out", "Camera privacy permissions were already allowed.", ("privacy",), "Was on already"),
        ("ruled_out", "A corrupted Teams installation: reinstalling did not help.", ("client",), None),
        ("ruled_out", "The fresh client shows caa70004 on start.", ("client",), "Error caa70004"),
        ("worked", "In the browser the meeting works with camera and sound.", ("web",), None),
        ("worked", "Going around the proxy stops the drops.", ("proxy",), "No drop in 30 minutes"),
        ("worked", "Without the proxy the calls hold.", ("proxy",), None),
        ("observed", "Colleagues in the same department have it as well.", ("who",), "Two others in accounting"),
        ("observed", "It began with a new proxy.", ("when",), "new proxy on Tuesday"),
        ("observed", "Another headset did not settle it.", ("headset",), "call dropped once"),
        ("hypothesis", "The proxy ends media streams over TCP.", ("proxy", "when"), None),
    ),
}
TRUE = [
    (desk, desk.claim(kind, text, *rows, quote=quote))
    for desk, said in zip(DESKS, _TRUE.values(), strict=True)
    for kind, text, rows, quote in said
]
"""What an honest assistant may say of them, in its own words."""
