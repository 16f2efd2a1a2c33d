"""Secrets are hidden, and what cannot be seen is taken out, where text is composed: pure functions on text."""

from resolutionflow.platform.redaction.plain_text import visible
from resolutionflow.platform.redaction.redact import Hidden, Redacted, redact, summary
from resolutionflow.platform.redaction.rules import Secret

__all__ = ["Hidden", "Redacted", "Secret", "redact", "summary", "visible"]
