"""Secrets that are known by their own form, whatever stands around them. Forms are those the issuers and public scanners document."""

import re

from resolutionflow.platform.redaction.rules import OPAQUE, Rule, Secret, rule

_TOKENS = (
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])",  # AWS
    r"gh[pousr]_[A-Za-z0-9]{30,255}",  # GitHub
    r"github_pat_[A-Za-z0-9_]{22,255}",
    r"gl(?:pat|rt|dt|ptt|ft|soat|cbt|agent|imt|oas)-[A-Za-z0-9_.-]{20,300}",  # GitLab
    r"xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,300}",  # Slack
    r"xapp-\d-[A-Za-z0-9-]{20,300}",
    r"[rs]k_(?:live|test)_[A-Za-z0-9]{10,250}",  # Stripe
    r"whsec_[A-Za-z0-9+/=]{20,100}",
    r"AIza[A-Za-z0-9_-]{35}",  # Google
    r"ya29\.[A-Za-z0-9_.-]{20,2000}",
    r"GOCSPX-[A-Za-z0-9_-]{20,60}",
    r"[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,40}",  # Microsoft Entra client secrets
    r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}",  # SendGrid
    r"SK[0-9a-f]{32}(?![0-9a-f])",  # Twilio
    r"npm_[A-Za-z0-9]{36}",
    r"pypi-[A-Za-z0-9_-]{50,1000}",
    r"rubygems_[0-9a-f]{48}",
    r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,60}",
    r"sk-(?:ant-)?(?:[a-z]{2,12}\d{0,2}-)?[A-Za-z0-9_-]{20,300}",  # Anthropic, OpenAI
    r"hf_[A-Za-z0-9]{30,60}",  # Hugging Face
    r"cf(?:k|ut|at)_[A-Za-z0-9_-]{40,80}",  # Cloudflare
    r"v1\.0-[0-9a-f]{24}-[0-9a-f]{100,200}",
    r"do[opr]_v1_[0-9a-f]{64}",  # DigitalOcean
    r"AT(?:ATT|CTT)3[A-Za-z0-9_=-]{60,400}",  # Atlassian
    r"ATBB[A-Za-z0-9]{24,60}",
    r"\d{8,10}:AA[A-Za-z0-9_-]{32,35}",  # Telegram
    r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",  # Discord
    r"eyJ[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,8000}){2,4}",  # JWT, signed or encrypted
    r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",  # Shopify
    r"key-[0-9a-f]{32}(?![0-9a-f])",  # Mailgun
    r"[0-9a-f]{32}-us\d{1,2}(?!\d)",  # Mailchimp
    r"hv[sbr]\.[A-Za-z0-9_-]{24,300}",  # Vault
    r"gl(?:sa|c)_[A-Za-z0-9_=+/-]{32,300}",  # Grafana
    r"tskey-[a-z]+-[A-Za-z0-9]{8,30}-[A-Za-z0-9]{16,60}",  # Tailscale
    r"lin_api_[A-Za-z0-9]{32,60}",  # Linear
    r"ntn_[A-Za-z0-9]{40,60}",  # Notion
    r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}",  # Postman
    r"NRAK-[A-Z0-9]{27}",  # New Relic
    r"dapi[0-9a-f]{32}",  # Databricks
    r"dp\.(?:pt|st|ct)\.[A-Za-z0-9._-]{20,80}",  # Doppler
    r"sntry[su]_[A-Za-z0-9+/=_-]{40,300}",  # Sentry
    r"figd_[A-Za-z0-9_-]{40,60}",  # Figma
    r"AGE-SECRET-KEY-1[A-Z0-9]{58}",
)
_HEADERS = (
    (
        rf"\b(?:bearer|basic|negotiate|sso-key)[ \t]+"
        rf"(?P<hide>(?=[A-Za-z._~+/-]{{0,40}}\d|[^\s{OPAQUE}]{{24}})[A-Za-z0-9._~+/-]{{12,8000}}={{0,2}})"
    ),
    (
        rf"\b(?:proxy-)?authorization[\"']?[ \t]*:[ \t]*[\"']?(?:(?:basic|bearer|token|digest|apikey)[ \t]+)?"
        rf"(?P<hide>[^\s\"'{OPAQUE}]{{12,8000}})"
    ),
    rf"\bcookie:[ \t]*(?P<hide>[^\s=;{OPAQUE}]{{1,60}}=[^\s;{OPAQUE}]{{8,4000}})",
)
_LINKS = (
    rf"\bhooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/(?P<hide>[^\s\"'<>)|{OPAQUE}]{{8,300}})",
    rf"\bdiscord(?:app)?\.com/api/(?:v\d{{1,2}}/)?webhooks/(?P<hide>[^\s\"'<>)|{OPAQUE}]{{8,300}})",
    rf"\b(?:[\w-]{{1,60}}\.webhook\.office|outlook\.office(?:365)?)\.com/webhook(?:b2)?/(?P<hide>[^\s\"'<>)|{OPAQUE}]{{8,400}})",
    rf"\bhooks\.zapier\.com/hooks/catch/(?P<hide>[^\s\"'<>)|/{OPAQUE}]{{3,30}}/[^\s\"'<>)|/{OPAQUE}]{{3,60}})",
    rf"\bchat\.googleapis\.com/v1/spaces/[\w-]{{1,60}}/messages\?(?P<hide>[^\s\"'<>)|{OPAQUE}]{{8,400}})",
    (
        rf"[?&;](?:sig|token|access_token|auth|code|key|api_?key|ticket|reset_?token|x-amz-signature)="
        rf"(?P<hide>(?=[^\s&#{OPAQUE}]{{0,60}}\d)[^\s\"'<>&#;){OPAQUE}]{{16,2000}})"
    ),
    rf"\botpauth(?:-migration)?://(?P<hide>[^\s\"'<>{OPAQUE}]{{8,2000}})",
)
_BEGIN = r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
_PRIVATE_KEYS = (
    rf"{_BEGIN}(?P<hide>[^-{OPAQUE}]*+(?:-(?!----)[^-{OPAQUE}]*+)*+)-----END [A-Z0-9 ]{{0,30}}PRIVATE KEY",
    rf"{_BEGIN}(?P<hide>(?:(?:\s|\\[rn])*+[A-Za-z0-9+/=]{{20,}}+)++(?:\s*+[A-Za-z0-9+/]++={{1,2}})?+)",  # cut off
    rf"PuTTY-User-Key-File-\d:(?:(?!PuTTY-User)[^{OPAQUE}])*?Private-Lines: \d{{1,4}}(?P<hide>(?:\s++[A-Za-z0-9+/=]{{4,}}+(?![:-]))++)",
)

FORMATS: tuple[Rule, ...] = (
    *(rule(Secret.PRIVATE_KEY, pattern, flags=re.NOFLAG) for pattern in _PRIVATE_KEYS),
    *(rule(Secret.LINK, pattern) for pattern in _LINKS),
    rule(Secret.KEY, rf"(?<![A-Za-z0-9])(?:{'|'.join(_TOKENS)})", flags=re.NOFLAG),
    *(rule(Secret.KEY, pattern) for pattern in _HEADERS),
    rule(Secret.KEY, r"\b\w{1,60}:\d{1,8}:(?P<hide>[0-9a-f]{32}:[0-9a-f]{32}):"),  # pwdump
)
