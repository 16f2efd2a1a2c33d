"""Facts: frozen, named in the past tense, published by features in their `events.py`."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from resolutionflow.platform.ids import SessionId, UserId


class Fact(BaseModel):
    """Something that happened within a unit of work. Its fields are its body in the log."""

    model_config = ConfigDict(frozen=True)

    type: ClassVar[str]
    streamed: ClassVar[bool] = False
    """Takes a number and goes to every engineer of the account."""
    audited: ClassVar[bool] = False
    """Is written to the audit log too."""
    affects_access: ClassVar[bool] = False
    """Ends or changes somebody's rights: open streams are judged again at once."""

    def subject(self) -> tuple[str, UUID | None]:
        """What it is about: a kind and an id, for the log and the audit log."""
        return (self.type, None)

    def audit_data(self) -> dict[str, object]:
        """What the audit log keeps beside actor, action and subject: ids and settings, never text of people."""
        return {}

    def touched_sessions(self) -> Iterable[SessionId]:
        """Sessions whose owner and holder get `session_changed`."""
        return ()

    def touched_people(self) -> Iterable[UserId]:
        """People who get `notification_changed`."""
        return ()
