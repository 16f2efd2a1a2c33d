"""Laptops, disks, updates, licences and backups."""

from resolutionflow.app.demo.people import Who
from resolutionflow.app.demo.script import Case, contact, escalated, fact, failed, on_day, picked_up, resolved, unclear, worked
from resolutionflow.sessions.models import Affects, Priority, Waiting

CASES = (
    Case(
        began=on_day(19, "15:00"),
        client="Pine Hollow Veterinary",
        contact=contact("Lena Brandt", "0133", "pinehollow"),
        device="PH-FD-02",
        ticket="12022",
        problem="The front desk PC takes ten minutes in the morning until it can be used.",
        beats=(
            fact(2, "Disk", "Hard disk, 5,400 rpm, 100 % busy for nine minutes"),
            worked(4, "Switch off six programs at start", "Four minutes instead of ten", on="PH-FD-02"),
            worked(3, "Read the disk's health", "Good, no reallocated sectors"),
            resolved(6, "Fewer programs start by themselves. A solid-state disk is offered to the client.", fixed_by="Start-up programs"),
        ),
    ),
    Case(
        began=on_day(14, "13:40"),
        client="Tidewater Insurance",
        contact=contact("Helen Osei", "0143", "tidewater"),
        device="TI-LT-20",
        ticket="12105",
        problem="The laptop asks for the BitLocker key at every start when it is docked.",
        beats=(
            worked(3, "Enter the recovery key", "Starts", on="TI-LT-20"),
            failed(4, "Start without the dock", "No question", hoped="The same question"),
            fact(2, "Firmware of the dock", "Updated last Thursday"),
            failed(6, "Suspend and resume protection with the dock attached", "Asks again", run="manage-bde -protectors -disable C:"),
            escalated(2, "Next idea", notes="She travels tomorrow and needs it without the key."),
            picked_up(12, Who.SAM),
            worked(
                3.4, "Look at the boot order with the dock attached", "The dock's network boot moved to the top", on="TI-LT-20 firmware"
            ),
            worked(5, "Put the disk first and switch off boot from Thunderbolt", "Two docked starts without the question"),
            resolved(
                4, "The dock's new firmware changed the boot order, which BitLocker measures. Fixed the order.", fixed_by="Boot order"
            ),
        ),
    ),
    Case(
        began=on_day(10, "11:30"),
        client="Lindqvist Legal",
        contact=contact("Sofia Lindqvist", "0111", "lindqvistlegal"),
        device="LL-WS-06",
        ticket="12170",
        problem="Drive C: is full and updates fail.",
        beats=(
            fact(1, "Free on C:", "310 MB of 118 GB"),
            worked(5, "Find the largest folders", "62 GB of old profiles", on="LL-WS-06"),
            worked(4, "Delete profiles of three people who left", "54 GB free", on="System properties"),
            worked(9, "Clean the component store", "4 GB more", run="Dism /Online /Cleanup-Image /StartComponentCleanup"),
            resolved(12, "Old profiles filled the disk. Deleted them; updates went through.", fixed_by="Old profiles"),
        ),
    ),
    Case(
        began=on_day(8, "08:40"),
        client="Osprey Manufacturing",
        contact=contact("Greg Dunn", "0154", "osprey"),
        device="OM-CNC-03",
        ticket="12193",
        problem="The PC at the milling machine shows a blue screen whenever it goes to sleep.",
        priority=Priority.HIGH,
        beats=(
            fact(2, "Stop code", "DRIVER_POWER_STATE_FAILURE (0x9F)"),
            failed(5, "Install the waiting updates", "Blue screen after the next sleep", on="OM-CNC-03"),
            failed(4, "Install the chipset driver", "Same"),
            worked(3, "Switch off sleep for today", "The shift can work", run="powercfg /change standby-timeout-ac 0"),
            escalated(2, "Somebody who reads minidumps"),
            picked_up(9, Who.BEN),
            fact(6.1, "Driver in the dump", "The controller's USB serial adapter, version of 2016"),
            worked(11, "Install the maker's current driver", "Sleeps and wakes five times"),
            resolved(3, "An old driver of the USB serial adapter did not answer the sleep request. Updated it.", fixed_by="Driver"),
        ),
    ),
    Case(
        began=on_day(6, "15:20"),
        owner=Who.BEN,
        client="Harbor & Finch Architects",
        contact=contact("Ada Finch", "0121", "harborfinch"),
        device="HF-WS-11",
        ticket="12249",
        problem="The drawing program says that no licence is free.",
        waiting=Waiting.ON_PHONE,
        beats=(
            worked(2, "Look who holds licences", "Eight of eight, two by PCs that are switched off", on="HF-LIC-01"),
            worked(2, "Give the two stale licences back", "Six of eight", on="HF-LIC-01"),
            worked(1, "Start the program with her", "Opens"),
            resolved(1, "Two PCs had lost power while holding a licence. Gave them back.", fixed_by="Licence server"),
        ),
    ),
    Case(
        began=on_day(4, "13:10"),
        client="Northwind Traders",
        contact=contact("Ana Lee", "0134", "northwind"),
        device="NW-LT-101",
        ticket="12284",
        problem="The October update fails at 23 per cent with 0x80070005 every night.",
        beats=(
            fact(2, "Error", "0x80070005, access denied"),
            failed(3, "Run the update troubleshooter", "Nothing found"),
            worked(4, "Look at the other protection program", "A trial of a second virus scanner is installed", on="NW-LT-101"),
            worked(6, "Remove it and update again", "Installed, restarted"),
            resolved(14, "A second virus scanner held system files. Removed it; the update is in.", fixed_by="Second scanner"),
        ),
    ),
    Case(
        began=on_day(2, "08:15"),
        owner=Who.BEN,
        client="Lindqvist Legal",
        contact=contact("Sofia Lindqvist", "0111", "lindqvistlegal"),
        device="LL-FS-01",
        ticket="12307",
        problem="The nightly backup of the file server failed three times in a row.",
        affects=Affects.SITE,
        priority=Priority.HIGH,
        beats=(
            fact(2, "Message", "VSS writer time-out"),
            worked(3, "List the writers", "System Writer has failed, timed out", on="LL-FS-01", run="vssadmin list writers"),
            failed(8, "Restart the service behind the writer and back up by hand", "Fails after 40 minutes"),
            unclear(3, "Look at free space for shadow copies", "12 GB of 300 GB"),
            escalated(2, "A second pair of hands before tonight's window", to=Who.SAM),
            picked_up(16, Who.SAM),
            fact(7.4, "Oldest shadow copy", "From 2021, 287 GB, nobody needs it"),
            worked(5, "Delete the old shadow copies", "281 GB free", on="LL-FS-01", run="vssadmin delete shadows /for=D: /oldest"),
            worked(48, "Back up by hand", "Done in 46 minutes"),
            resolved(3, "Shadow copies had no room left. Removed old ones and set a limit.", fixed_by="Shadow copies"),
        ),
    ),
)
