"""Every operation of the API document, with a body that it would accept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from resolutionflow.app.api import create_api
from resolutionflow.app.runtime import Runtime

ADVICE = "Clear the cached credentials"
BODIES: dict[str, Any] = {
    "register": {"account_name": "Contoso", "name": "Kim", "email": "kim@contoso.example", "password": "a long enough secret"},
    "login": {"email": "kim@contoso.example", "password": "a long enough secret"},
    "change_me": {"name": "Jane"},
    "change_password": {"current_password": "not the one", "password": "a long enough secret"},
    "accept_invitation": {"token": "no-such-token", "name": "Kim", "password": "a long enough secret"},
    "change_user": {"takes_escalations": False},
    "invite": {"email": "new@contoso.example", "role": "engineer"},
    "start_session": {"problem_summary": "Printer prints blank pages"},
    "describe_session": {"device": "NW-LT-114"},
    "add_step": {"kind": "note", "content": "Called the client"},
    "send_message": {"content": "What next?"},
    "resolve_session": {"resolution": "Replaced the driver"},
    "hand_off": {"intent": "escalate", "reason": "Next idea"},
    "escalate": {"escalation_reason": "Next idea"},
    "hand_back": {"content": ADVICE},
    "hand_over_all": {"target_user_id": "01a20130-0000-7000-8000-000000000000"},
    "ask_back": {"content": "Does it happen in the browser too?"},
    "answer_question": {"content": "Yes, there as well"},
}
BODYLESS = {
    "refresh", "logout", "claim", "withdraw", "release", "pick_up", "resume_session", "reopen_session", "take_over_session", "retry_turn",
    "stop_turn", "still_on_it",
    "read_notification", "read_all_notifications",
}  # fmt: skip
PUBLIC = {"meta", "register", "login", "refresh", "accept_invitation"}


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    statuses: frozenset[int]

    @property
    def ids(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def body(self) -> Any:
        return BODIES.get(self.name)

    def at(self, **ids: object) -> str:
        """The path after /api/v1."""
        return self.path.format(**ids)


def operations(runtime: Runtime) -> list[Operation]:
    document = create_api(runtime, worker=False, demo=None).openapi()
    return [
        Operation(
            name=str(said["operationId"]),
            method=method.upper(),
            path=path.removeprefix("/api/v1"),
            statuses=frozenset(int(status) for status in said["responses"]),
        )
        for path, method, said in _said(document)
    ]


def _said(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            yield path, method, said
