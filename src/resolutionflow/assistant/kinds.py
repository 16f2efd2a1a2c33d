"""The kinds of problem a helpdesk knows, and how a screen names them."""

from enum import StrEnum


class ProblemKind(StrEnum):
    EMAIL_OUTLOOK = "email_outlook"
    VPN_REMOTE_ACCESS = "vpn_remote_access"
    PRINTER = "printer"
    NETWORK_WIFI_DNS = "network_wifi_dns"
    PASSWORD_LOCKOUT = "password_lockout"
    MFA_SSO = "mfa_sso"
    SLOW_PC = "slow_pc"
    DISK_STORAGE = "disk_storage"
    TEAMS_M365 = "teams_m365"
    FILE_SHARE_PERMISSIONS = "file_share_permissions"
    SOFTWARE_INSTALL_LICENSE = "software_install_license"
    APP_ERROR = "app_error"
    BROWSER = "browser"
    PHONE_VOIP = "phone_voip"
    BACKUP_RESTORE = "backup_restore"
    HARDWARE_BSOD = "hardware_bsod"
    SECURITY_PHISHING = "security_phishing"
    DEVICE_UPDATE_MGMT = "device_update_mgmt"
    ONBOARDING_OFFBOARDING = "onboarding_offboarding"
    OTHER = "other"


NAMES: dict[ProblemKind, str] = {
    ProblemKind.EMAIL_OUTLOOK: "Outlook and mail",
    ProblemKind.VPN_REMOTE_ACCESS: "VPN and remote access",
    ProblemKind.PRINTER: "Printing and scanning",
    ProblemKind.NETWORK_WIFI_DNS: "Network, Wi-Fi and DNS",
    ProblemKind.PASSWORD_LOCKOUT: "Password and lockout",
    ProblemKind.MFA_SSO: "Multi-factor and single sign-on",
    ProblemKind.SLOW_PC: "Slow or freezing computer",
    ProblemKind.DISK_STORAGE: "Disk and storage space",
    ProblemKind.TEAMS_M365: "Teams, OneDrive and Microsoft 365",
    ProblemKind.FILE_SHARE_PERMISSIONS: "Shared folders and permissions",
    ProblemKind.SOFTWARE_INSTALL_LICENSE: "Software and licences",
    ProblemKind.APP_ERROR: "Application error",
    ProblemKind.BROWSER: "Browser and websites",
    ProblemKind.PHONE_VOIP: "Telephony",
    ProblemKind.BACKUP_RESTORE: "Backup and restore",
    ProblemKind.HARDWARE_BSOD: "Hardware and blue screens",
    ProblemKind.SECURITY_PHISHING: "Security and phishing",
    ProblemKind.DEVICE_UPDATE_MGMT: "Updates and device management",
    ProblemKind.ONBOARDING_OFFBOARDING: "Starters and leavers",
    ProblemKind.OTHER: "Something else",
}
