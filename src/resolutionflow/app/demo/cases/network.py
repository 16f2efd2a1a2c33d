"""VPN, names, Wi-Fi, printers and shares."""

from resolutionflow.app.demo.people import Who
from resolutionflow.app.demo.script import (
    Case,
    advice,
    advised,
    contact,
    escalated,
    fact,
    failed,
    note,
    on_day,
    picked_up,
    resolved,
    skipped,
    unclear,
    worked,
)
from resolutionflow.sessions.models import Affects, Priority, Waiting

CASES = (
    Case(
        began=on_day(18, "13:15"),
        client="Kestrel Logistics",
        contact=contact("Ivo Marek", "0176", "kestrel"),
        device="KL-LT-17",
        ticket="12041",
        problem="VPN fails with error 789 from home, from the office it works.",
        beats=(
            fact(2, "Error", "789, security layer error in the initial negotiation"),
            failed(3, "Delete the connection and add it again", "789", on="KL-LT-17"),
            failed(4, "Use a phone as hotspot", "789 as well"),
            worked(2, "Look at the services IKE and AuthIP, and IPsec Policy Agent", "Both run", run="Get-Service IKEEXT, PolicyAgent"),
            escalated(2, "Next idea", notes="His colleague's laptop works from the same house."),
            picked_up(7, Who.BEN),
            worked(
                2.6,
                "Allow L2TP behind address translation",
                "Value was missing after the reinstallation; set to 2",
                on="KL-LT-17",
                run=r"reg query HKLM\SYSTEM\CurrentControlSet\Services\PolicyAgent /v AssumeUDPEncapsulationContextOnSendRule",
            ),
            worked(6, "Restart and connect from the hotspot", "Connected, share opens"),
            resolved(2, "The setting for L2TP behind address translation was missing after a reinstallation.", fixed_by="Registry value"),
        ),
    ),
    Case(
        began=on_day(14, "09:05"),
        client="Bellweather Dental",
        contact=contact("Rosa Kim", "0122", "bellweather"),
        device="Guest Wi-Fi",
        ticket="12098",
        problem="Patients join the guest Wi-Fi but the welcome page never opens.",
        affects=Affects.SEVERAL,
        beats=(
            worked(3, "Join with my own phone", "Connected, no page"),
            worked(2, "Open the page by its address", "Opens, so only the redirection fails"),
            fact(1, "DNS handed out to guests", "A filter service that is blocked before the welcome page"),
            worked(5, "Allow the filter's address before the welcome page", "Page opens by itself", on="Wi-Fi controller"),
            resolved(
                2, "Guests could not resolve names before the welcome page. Allowed their DNS service.", fixed_by="Pre-authentication rule"
            ),
        ),
    ),
    Case(
        began=on_day(12, "08:30"),
        client="Marlow Grange School",
        contact=contact("Tom Bailey", "0198", "marlowgrange"),
        device="MG-DC-02",
        ticket="12122",
        problem="Every new website takes ten seconds in the classrooms, then it is fast.",
        affects=Affects.SITE,
        priority=Priority.HIGH,
        beats=(
            worked(3, "Measure the line", "480 Mbit/s, 9 ms"),
            unclear(
                4, "Resolve a fresh name three times", "11 s, then 0 s, then 0 s", on="MG-CR-14", run="Resolve-DnsName example.org -DnsOnly"
            ),
            worked(3, "Ask a public resolver directly", "30 ms", run="nslookup example.org 9.9.9.9"),
            fact(1, "DNS servers by DHCP", "MG-DC-01 and MG-DC-02"),
            escalated(2, "Somebody who may look at the forwarders", notes="Lessons go on, it is only slow."),
            picked_up(14, Who.SAM),
            fact(1.9, "Forwarders of MG-DC-02", "Two, the first one was switched off by the provider"),
            worked(4, "Remove the dead forwarder", "Fresh names in 40 ms", on="MG-DC-02"),
            resolved(
                3, "The first forwarder no longer exists, so each fresh name waited for its time-out. Removed it.", fixed_by="DNS forwarder"
            ),
        ),
    ),
    Case(
        began=on_day(9, "10:10"),
        client="Harbor & Finch Architects",
        contact=contact("Colin Finch", "0121", "harborfinch"),
        device="HF-PLT-01",
        ticket="12185",
        problem="The plotter is offline for everybody since the weekend.",
        affects=Affects.SEVERAL,
        beats=(
            worked(2, "Ping the address on the plotter's panel", "Answers", run="ping 10.20.4.61"),
            failed(4, "Restart the print spooler", "Still offline", on="HF-PRN-01"),
            failed(5, "Remove and add the printer on one workstation", "Offline again"),
            fact(2, "Port of the queue", "WSD, made by Windows"),
            escalated(2, "A second pair of hands on the print server"),
            picked_up(10, Who.BEN),
            worked(5.2, "Give the plotter a fixed lease", "10.20.4.61", on="DHCP"),
            worked(6, "Move the queue to a standard TCP/IP port", "Online, test page prints", on="HF-PRN-01"),
            resolved(
                2, "The WSD port had lost the plotter after its address changed. Fixed lease and TCP/IP port.", fixed_by="Printer port"
            ),
        ),
    ),
    Case(
        began=on_day(7, "16:05"),
        client="Summit Ridge Realty",
        contact=contact("Paula Grant", "0165", "summitridge"),
        device="SR-PRN-02",
        ticket="12230",
        problem="One document blocks the printer and cannot be deleted.",
        beats=(
            failed(2, "Cancel the job", "Stays at deleting"),
            worked(4, "Stop the spooler, empty its folder, start it", "Queue is empty", on="SR-WS-01", run="net stop spooler"),
            worked(2, "Print a test page", "Prints"),
            resolved(1, "A damaged job blocked the queue. Cleared the spooler.", fixed_by="Spooler"),
        ),
    ),
    Case(
        began=on_day(6, "07:45"),
        owner=Who.BEN,
        client="Crescent Bakery Group",
        contact=contact("Maya Torres", "0132", "crescentbakery"),
        device="CB-SW-02",
        ticket="12241",
        problem="The whole shop on Mill Street is offline, tills included.",
        affects=Affects.SITE,
        priority=Priority.CRITICAL,
        waiting=Waiting.ON_PHONE,
        beats=(
            worked(1, "Reach the firewall from outside", "Answers, line is up", on="CB-FW-02"),
            failed(3, "Have her restart the switch", "Works for 20 seconds, then all lights blink together"),
            fact(1, "Since when", "The cleaners left at 06:30"),
            escalated(1, "Talk me through finding a loop", to=Who.SAM),
            picked_up(1, Who.SAM),
            worked(0.8, "Have her unplug the uplinks one after another", "Calm as soon as port 14 is out", on="CB-SW-02"),
            fact(3, "Port 14", "A small switch under the counter, plugged into itself"),
            worked(4, "Switch on loop protection for the access ports", "Active", on="CB-SW-02"),
            resolved(
                2, "A cable under the counter was plugged into the same switch twice. Removed; loop protection is on.", fixed_by="Loop"
            ),
        ),
    ),
    Case(
        began=on_day(5, "09:50"),
        client="Oakfield Medical Practice",
        contact=contact("June Patel", "0177", "oakfield"),
        device="OP-RC-01",
        ticket="12255",
        problem="The installer of the lab software does not see drive L:.",
        waiting=Waiting.ON_PHONE,
        beats=(
            worked(2, "Open L: in Explorer", "Opens", on="OP-RC-01"),
            failed(3, "Map L: again and start the installer as administrator", "Path not found"),
            skipped(1, "Copy the installer to the desktop", "It looks for L: later as well"),
            escalated(1, "Next idea"),
            advised(
                6,
                "The elevated installer has a session of its own without mapped drives. Map L: in an elevated prompt with net use, "
                "or give the installer the full path of the share.",
                by=Who.DANA,
            ),
            advice(5, "worked", "Mapped L: in the elevated prompt, installation went through."),
            resolved(2, "Mapped drives are missing in elevated sessions. Mapped it there for the installation.", fixed_by="net use"),
        ),
    ),
    Case(
        began=on_day(3, "14:20"),
        owner=Who.BEN,
        client="Northwind Traders",
        contact=contact("Marco Bell", "0144", "northwind"),
        device="NW-RDS-02",
        ticket="12303",
        problem="Terminal server refuses people: no licence server available.",
        affects=Affects.SEVERAL,
        priority=Priority.HIGH,
        beats=(
            fact(
                2,
                "Licensing mode",
                "Not configured, grace period ended today",
            ),
            worked(4, "Run the licensing diagnoser", "Knows no licence server", on="NW-RDS-02"),
            worked(5, "Set mode and licence server by policy", "Per user, NW-DC-01", run="gpupdate /force"),
            worked(3, "Let two people sign in", "Both are in"),
            note(1, "Told Marco that nobody had been cut off before today because of the 120 days of grace."),
            resolved(1, "The new server had no licence server set. Set by policy.", fixed_by="Group policy"),
        ),
    ),
)
