"""How alike two cases are, by the words people use for them. Pure: the words are stemmed and counted by PostgreSQL."""

SYNONYMS: tuple[str, ...] = (
    "outlook mail email mailbox inbox exchange",
    "send sent outgoing deliver delivery outbox",
    "receive incoming arrive arrival",
    "bounce undeliverable rejected ndr returned",
    "calendar appointment meeting invite invitation",
    "wifi wireless wlan ssid",
    "internet online connectivity connection connect",
    "ethernet lan cable wired patch",
    "dns resolver hostname",
    "dhcp lease ip address",
    "firewall blocked block filter",
    "vpn tunnel anyconnect forticlient globalprotect",
    "rdp rds remote terminal",
    "login logon signin authenticate authentication sign logged",
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
    "reports called calls suddenly open opens opening put take takes took"
)
"""Words that stand in every ticket and say nothing about which."""
