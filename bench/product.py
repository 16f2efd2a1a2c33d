"""ResolutionFlow as `resolutionflow web` runs it, on the run's database."""

import http.client
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from bench.ground import Account, Ground
from bench.servers import Target, free_port, running
from resolutionflow.events import frames
from resolutionflow.events.queries import NumberedEvent
from resolutionflow.platform.settings import PREFIX

API = "/api/v1/ai-sessions"
EVENT = "handoff_created"
_HANDOFF = {
    "intent": "escalate",
    "reason": "Which policy asks for the second factor here?",
    "engineer_notes": "The user is back at her desk at two. Please do not reset the password again.",
    "priority": "high",
}
MARKER = "{{MARKER}}"
"""Where the load client puts what it knows an event by."""
_WEB = [str(Path(sys.executable).with_name("resolutionflow")), "web"]
STAMPED = [sys.executable, "-m", "bench.stamped"]
"""The same with the moment of the commit in a header of each answer."""


@contextmanager
def serving(ground: Ground, *, command: list[str] = _WEB, streams: int = 500) -> Iterator[tuple[int, int]]:
    """Port and process id. All settings are the defaults, but how many streams an account may have."""
    port = free_port()
    environment = {
        f"{PREFIX}DATABASE_URL": ground.app_url,
        f"{PREFIX}DATA_DIR": str(ground.home),
        f"{PREFIX}SECRET_KEY": ground.key,
        f"{PREFIX}LOG_FORMAT": "json",
        f"{PREFIX}STREAMS_PER_ACCOUNT": str(streams),
    }
    with running([*command, "--port", str(port)], port=port, log=ground.home / "web.log", environment=environment) as pid:
        yield port, pid


def target(ground: Ground, account: Account, *, port: int, pid: int, publish_port: int | None = None) -> Target:
    """Its account's streams; every publish hands off another session, at another web process where its port is given."""
    listeners = ground.home / "listeners.tsv"
    listeners.write_text("".join(f"account\t{token}\n" for token in account.listeners))
    body = ground.home / "handoff.json"
    body.write_text(json.dumps({**_HANDOFF, "reason": MARKER}))

    def options(events: int) -> list[str]:
        sessions = ground.home / "sessions.tsv"
        sessions.write_text("".join(f"account\t{id}\n" for id in ground.sessions(account, events + 1)))
        return [
            f"--url=http://127.0.0.1:{port}{API}/escalations/stream",
            f"--publish-url=http://127.0.0.1:{publish_port or port}{API}/{{{{TOKEN}}}}/handoff",
            f"--tokens={listeners}",
            "--header=Authorization: Bearer {{TOKEN}}",
            f"--publish-tokens={sessions}",
            f"--publish-header=Authorization: Bearer {account.token}",
            f"--body-file={body}",
        ]

    return Target("ResolutionFlow", pid, options)


def post(browser: http.client.HTTPConnection, account: Account, session: UUID, **said: str) -> float:
    """Hand a session off: seconds from sending the request to having read the answer."""
    body = json.dumps(_HANDOFF | said).encode()
    headers = {"Authorization": f"Bearer {account.token}", "Content-Type": "application/json"}
    started = time.perf_counter()
    browser.request("POST", f"{API}/{session}/handoff", body, headers)
    reply = browser.getresponse()
    answer = reply.read()
    seconds = time.perf_counter() - started
    if reply.status != 201:
        raise RuntimeError(f"POST handoff answered {reply.status}: {answer.decode()}")
    return seconds


def specimen(ground: Ground) -> Path:
    """The data of an event as the product's streams carry it, with the marker in it: what peers are given to deliver."""
    account = ground.account(recipients=1)
    with serving(ground) as (port, _):
        browser = http.client.HTTPConnection("127.0.0.1", port)
        post(browser, account, ground.sessions(account, 1)[0], reason=MARKER)
        browser.close()
    query = "select number, type, occurred_at, body from events where account_id = %s and type = %s"
    [row] = ground.connection.execute(query, (account.id, EVENT)).fetchall()
    data = frames.event(NumberedEvent(*row)).data.decode().partition("data: ")[2].rstrip()
    file = ground.home / "event.json"
    file.write_text(data)
    return file
