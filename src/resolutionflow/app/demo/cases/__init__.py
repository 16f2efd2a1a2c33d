"""The cases of the demo, by theme; `script` is the language they are written in."""

from resolutionflow.app.demo.cases.devices import CASES as DEVICES
from resolutionflow.app.demo.cases.identity import CASES as IDENTITY
from resolutionflow.app.demo.cases.mail import CASES as MAIL
from resolutionflow.app.demo.cases.network import CASES as NETWORK
from resolutionflow.app.demo.cases.today import CASES as TODAY

__all__ = ["PAST", "TODAY"]

PAST = (*MAIL, *IDENTITY, *NETWORK, *DEVICES)
"""Over on earlier days."""
