"""What an assistant thinks of a case is judged by code, not by prompt (R-A4a): pure, total, the same for every assistant."""

from resolutionflow.assistant.grounding.judging import grounded

__all__ = ["grounded"]
