from dataclasses import dataclass

from resolutionflow.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """How many streams, how old, how slow; all times in seconds."""

    streams_per_user: int = 5
    streams_per_account: int = 500
    heartbeat_seconds: float = 25
    poll_seconds: float = 5
    """How late a lost doorbell may make an event."""
    write_seconds: float = 10
    """How long a reader may take nothing before it is cut."""
    stream_seconds: float = 600
    recent_events: int = 64

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        return cls(
            streams_per_user=settings.streams_per_user,
            streams_per_account=settings.streams_per_account,
            heartbeat_seconds=settings.heartbeat_seconds,
        )
