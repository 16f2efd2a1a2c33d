import type { ProblemKind } from "@/lib/api/types"

/** The kinds of problem as an engineer would call them. */
export const KINDS: Record<ProblemKind, string> = {
  email_outlook: "Outlook and mail",
  vpn_remote_access: "VPN and remote access",
  printer: "Printing and scanning",
  network_wifi_dns: "Network, Wi-Fi and DNS",
  password_lockout: "Password and lockout",
  mfa_sso: "Multi-factor and single sign-on",
  slow_pc: "Slow or freezing computer",
  disk_storage: "Disk and storage space",
  teams_m365: "Teams, OneDrive and Microsoft 365",
  file_share_permissions: "Shared folders and permissions",
  software_install_license: "Software and licences",
  app_error: "Application error",
  browser: "Browser and websites",
  phone_voip: "Telephony",
  backup_restore: "Backup and restore",
  hardware_bsod: "Hardware and blue screens",
  security_phishing: "Security and phishing",
  device_update_mgmt: "Updates and device management",
  onboarding_offboarding: "Starters and leavers",
  other: "Something else",
}

/** What a snapshot calls a kind may be older than this page. */
export const kindName = (kind: string): string => (kind in KINDS ? KINDS[kind as ProblemKind] : kind)
