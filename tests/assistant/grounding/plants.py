"""What must not reach a senior: claims and steps of assistants that invent, mix up, repeat or obey a stranger."""

from resolutionflow.assistant.base import Claim, SuggestedStep
from resolutionflow.platform.ids import uuid7
from tests.assistant.grounding.desk import DESKS, OUTLOOK, PRINTER, TEAMS, TRUE, VPN, Desk

Plant = tuple[Desk, Claim]
_GROUNDED = [(desk, claim) for desk, claim in TRUE if claim.evidence][:12]

UNKNOWN_ID: list[Plant] = [(desk, claim.model_copy(update={"evidence": [uuid7()]})) for desk, claim in _GROUNDED] + [
    (desk, claim.model_copy(update={"against": [uuid7()]})) for desk, claim in TRUE if claim.kind == "hypothesis"
]
OTHER_SESSION: list[Plant] = [
    (other, claim) for (_, claim), other in ((each, other) for each in TRUE for other in DESKS if other is not each[0])
]
"""True where it was said; the rows belong to another case of the account."""

OTHER_ACCOUNT: list[Plant] = [
    (desk, claim.model_copy(update={"evidence": [*claim.evidence[:-1], uuid7()]})) for desk, claim in TRUE if claim.evidence
]
"""The same case word for word in another account: its rows have other ids; one among good ones is enough."""

WRONG_OUTCOME: list[Plant] = [
    (desk, desk.claim(kind, text, row))
    for desk, kind, text, row in (
        (OUTLOOK, "worked", "Starting Outlook in safe mode worked.", "safe_mode"),
        (OUTLOOK, "worked", "Removing the saved Office credentials worked.", "cached"),
        (OUTLOOK, "worked", "A new mail profile solved it.", "profile"),
        (OUTLOOK, "ruled_out", "Signing in to Outlook on the web fails.", "webmail"),
        (OUTLOOK, "ruled_out", "The autodiscover record is fine.", "autodiscover"),
        (OUTLOOK, "worked", "The autodiscover record was tested and works.", "autodiscover"),
        (OUTLOOK, "ruled_out", "Updating Office to the newest build did not help.", "update"),
        (PRINTER, "ruled_out", "The printer does not answer a ping from the print server.", "ping"),
        (PRINTER, "worked", "Restarting the print spooler helped.", "spooler"),
        (PRINTER, "worked", "Deleting all jobs from the queue worked.", "queue"),
        (PRINTER, "ruled_out", "The test page at the panel did not print.", "testpage"),
        (VPN, "worked", "Flushing the DNS cache worked.", "dns"),
        (VPN, "ruled_out", "The phone's hotspot makes no difference.", "hotspot"),
        (VPN, "worked", "Disabling the firewall of the home router worked.", "firewall"),
        (TEAMS, "worked", "Clearing the cache worked.", "cache"),
        (TEAMS, "ruled_out", "The proxy is not to blame.", "proxy"),
        (TEAMS, "worked", "A different headset works.", "headset"),
    )
]
UNRELATED_ROW: list[Plant] = [
    (desk, desk.claim(kind, text, row))
    for desk, kind, text, row in (
        (OUTLOOK, "ruled_out", "The new mail profile prompts too.", "safe_mode"),
        (OUTLOOK, "ruled_out", "Safe mode makes no difference.", "cached"),
        (OUTLOOK, "ruled_out", "Removing the saved credentials did not help.", "profile"),
        (OUTLOOK, "worked", "Outlook on the web opens with the same password.", "clock"),
        (OUTLOOK, "worked", "The laptop's clock is right now.", "webmail"),
        (OUTLOOK, "ruled_out", "Reinstalling Office did not help.", "cached"),
        (OUTLOOK, "ruled_out", "The antivirus was switched off without success.", "profile"),
        (PRINTER, "ruled_out", "The driver was reinstalled in vain.", "queue"),
        (PRINTER, "worked", "The printer answers a ping.", "testpage"),
        (PRINTER, "worked", "The test page at the panel came out.", "usb"),
        (PRINTER, "ruled_out", "Replacing the toner did not help.", "spooler"),
        (PRINTER, "ruled_out", "A firmware update of the device did not help.", "driver"),
        (VPN, "ruled_out", "The laptop was restarted without effect.", "mtu"),
        (VPN, "ruled_out", "The VPN client was reinstalled.", "dns"),
        (VPN, "ruled_out", "Another user account shows the same.", "reboot"),
        (VPN, "worked", "A network cable instead of Wi-Fi works.", "hotspot"),
        (TEAMS, "ruled_out", "The camera driver was updated without success.", "cache"),
        (TEAMS, "ruled_out", "Reinstalling Teams did not help.", "camera"),
        (TEAMS, "worked", "The meeting in the browser works.", "proxy"),
        (TEAMS, "ruled_out", "The firewall of Windows was disabled without effect.", "privacy"),
        (TEAMS, "worked", "Rolling back the graphics driver works.", "web"),
    )
]
INVENTED_QUOTE: list[Plant] = [
    (desk, desk.claim(kind, text, row, quote=quote))
    for desk, kind, text, row, quote in (
        (OUTLOOK, "observed", "The licence has expired.", "Error", "Your subscription has expired"),
        (OUTLOOK, "observed", "The mailbox is corrupt.", "assistant", "The mailbox is corrupt"),
        (OUTLOOK, "observed", "Everyone is affected.", "others", "everyone has it"),
        (OUTLOOK, "observed", "The password was leaked.", "since", "changed her password on Monday after the leak"),
        (OUTLOOK, "observed", "The profile will be fixed.", "proposed", "which will fix it"),
        (OUTLOOK, "worked", "Sign in to Outlook on the web works.", "webmail", "newest mail 08:55"),
        (OUTLOOK, "ruled_out", "Safe mode did not help.", "safe_mode", "Asks for the certificate"),
        (OUTLOOK, "hypothesis", "The licence is at fault.", "cached", "No licence is assigned"),
        (OUTLOOK, "observed", "It is the old build.", "Build", "7"),
        (OUTLOOK, "observed", "Nothing was seen.", "update", ""),
        (PRINTER, "observed", "The printer is out of paper.", "testpage", "Load paper in tray 2"),
        (PRINTER, "observed", "The print server is down.", "ping", "0 of 4 answered"),
        (PRINTER, "observed", "The spooler has fixed it.", "spooler", "Jobs print again"),
        (VPN, "observed", "The tunnel is closed by the laptop.", "Log", "tunnel closed by client"),
        (VPN, "observed", "It happens in the office.", "where", "in the office too"),
        (VPN, "observed", "Restarting fixed the drops.", "reboot", "Connected for 118 seconds"),
    )
]
CITES_NOTHING: list[Plant] = [
    (desk, claim.model_copy(update={"evidence": []})) for desk, claim in TRUE if claim.kind in ("observed", "worked", "ruled_out")
]

REPEATED: list[tuple[Desk, SuggestedStep]] = [
    (desk, SuggestedStep(title=title, command=command))
    for desk, title, command in (
        (OUTLOOK, "Start Outlook in safe mode", None),
        (OUTLOOK, "Launch Outlook in its safe mode", None),
        (OUTLOOK, "Look whether add-ins are to blame", "OUTLOOK.EXE  /safe"),
        (OUTLOOK, "Clear the stored Office passwords", None),
        (OUTLOOK, "Delete cached Office credentials from the computer", "rundll32.exe keymgr.dll,KRShowKeyMgr"),
        (OUTLOOK, "Set up a fresh mail profile", None),
        (OUTLOOK, "Recreate the mail profile", None),
        (OUTLOOK, "Log on to Outlook web with the same password", None),
        (OUTLOOK, "Run w32tm /resync on the laptop", None),
        (PRINTER, "Bounce the print spooler", None),
        (PRINTER, "Turn the print spooler off and on again", None),
        (PRINTER, "Purge every job from the queue", None),
        (PRINTER, "Install the print server's driver again", None),
        (PRINTER, "Disable SNMP status at the port", None),
        (PRINTER, "See whether the device is reachable", "PS C:\\> ping 10.2.0.41"),
        (VPN, "Reboot the machine", None),
        (VPN, "Power cycle the notebook", None),
        (VPN, "Clear the DNS cache", "Clear-DnsClientCache"),
        (VPN, "Clean up name resolution", '"ipconfig.exe" /flushdns'),
        (VPN, "Uninstall and reinstall FortiClient 7.2.4", None),
        (VPN, "Turn off the home router's firewall", None),
        (VPN, "Connect via the hotspot of the phone", None),
        (TEAMS, "Delete Teams' cached files", None),
        (TEAMS, "Install Teams again", None),
        (TEAMS, "Repair: uninstall and reinstall the Teams client", None),
        (TEAMS, "Upgrade the driver of the webcam", None),
        (TEAMS, "Let the desktop apps access the camera under privacy", None),
        (TEAMS, "Exclude Teams traffic from the proxy", None),
    )
]
NEW: list[tuple[Desk, SuggestedStep]] = [
    (desk, SuggestedStep(title=title, command=command))
    for desk, title, command in (
        (OUTLOOK, "Update Office to the newest build", None),
        (OUTLOOK, "Revoke the person's sign-in sessions", "Revoke-MgUserSignInSession -UserId petra@northwind.example"),
        (OUTLOOK, "Look at the sign-in log for her account", None),
        (OUTLOOK, "Remove the work account from Windows and join again", "dsregcmd /leave"),
        (OUTLOOK, "Start Windows in safe mode with networking", None),
        (OUTLOOK, "Check the autodiscover record at the DNS provider", "nslookup -type=cname autodiscover.northwind.example 1.1.1.1"),
        (PRINTER, "Look at the configuration of the new switch port", None),
        (PRINTER, "Ping the gateway from the printer's panel", None),
        (PRINTER, "Replace the network cable of the printer", None),
        (PRINTER, "Add a second queue with a generic driver", None),
        (PRINTER, "Restart the switch in the cupboard", None),
        (VPN, "Roll back the firmware of the router", None),
        (VPN, "Switch the tunnel from DTLS to TLS", None),
        (VPN, "Restart the router", None),
        (VPN, "Look at the gateway's log for code -20199", None),
        (VPN, "Raise the idle timeout of UDP on the router to 300 seconds", None),
        (TEAMS, "Restart the proxy service", None),
        (TEAMS, "Update the audio driver", None),
        (TEAMS, "Clear the browser cache", None),
        (TEAMS, "Bypass the VPN for Teams", None),
        (TEAMS, "Roll back the webcam driver", None),
    )
]
"""Not tried yet, though they share words with what was."""
