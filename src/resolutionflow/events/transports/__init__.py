"""The doorbell's ways between processes. They carry ids; what happened is read from the log."""

from resolutionflow.events.transports.base import Doorbell
from resolutionflow.events.transports.postgres import PostgresDoorbell
from resolutionflow.events.transports.redis import RedisDoorbell

__all__ = ["Doorbell", "connect"]


def connect(bus_url: str, database_url: str) -> Doorbell:
    """The doorbell that the setting `EVENT_BUS_URL` names; nothing is dialled before somebody listens or publishes."""
    return PostgresDoorbell(database_url) if bus_url == "postgres" else RedisDoorbell(bus_url)
