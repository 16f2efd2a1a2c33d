"""What the doorbell carries: ids, never content. PostgreSQL takes at most 7,999 bytes."""

import json
from dataclasses import dataclass, field
from uuid import UUID

from resolutionflow.platform.ids import AccountId, SessionId, UserId

CHANNEL = "resolutionflow"
MAX_BYTES = 7_900


@dataclass(frozen=True, slots=True)
class Ring:
    account_id: AccountId
    numbered: bool = False
    """There are new events to read from the log."""
    access: bool = False
    """Somebody's rights changed."""
    sessions: frozenset[SessionId] = field(default=frozenset())
    people: frozenset[UserId] | None = field(default=frozenset())
    """None: everybody of the account (too many to name)."""

    def encode(self) -> str:
        """The payload; too many people are rung as "everybody"."""
        people = None if self.people is None else [id.hex for id in self.people]
        payload = self._json(people)
        return payload if len(payload) <= MAX_BYTES else self._json(None)

    def merged_with(self, later: "Ring") -> "Ring":
        """Two rings of one account as one."""
        everybody = self.people is None or later.people is None
        return Ring(
            account_id=self.account_id,
            numbered=self.numbered or later.numbered,
            access=self.access or later.access,
            sessions=self.sessions | later.sessions,
            people=None if everybody else (self.people or frozenset()) | (later.people or frozenset()),
        )

    def _json(self, people: list[str] | None) -> str:
        body = {
            "a": self.account_id.hex,
            "n": self.numbered,
            "r": self.access,
            "s": [id.hex for id in list(self.sessions)[:100]],
            "p": people,
        }
        return json.dumps(body, separators=(",", ":"))

    @classmethod
    def decode(cls, payload: str) -> "Ring":
        body = json.loads(payload)
        return cls(
            account_id=AccountId(UUID(body["a"])),
            numbered=body["n"],
            access=body["r"],
            sessions=frozenset(SessionId(UUID(id)) for id in body["s"]),
            people=None if body["p"] is None else frozenset(UserId(UUID(id)) for id in body["p"]),
        )
