from resolutionflow.platform.redaction.plain_text import visible
from resolutionflow.platform.redaction.redact import Hidden, Redacted, redact, summary
from resolutionflow.platform.redaction.rules import Secret

__all__ = ["Hidden", "Redacted", "Secret", "redact", "summary", "visible"]
