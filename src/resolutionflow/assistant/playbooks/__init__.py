"""The built-in assistant: playbooks as data, how a kind is recognised, and the engine that follows a case."""

from resolutionflow.assistant.playbooks.engine import Playbooks
from resolutionflow.assistant.playbooks.recognition import recognise

__all__ = ["Playbooks", "recognise"]
