"""Opening a session costs as many statements with 500 steps as with 50, and so does a reply."""

from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.models import Session
from resolutionflow.sessions.schemas import TriedStep
from tests.factories.make import Make, Somebody
from tests.factories.queries import statements
from tests.factories.talking import talking


async def filled(make: Make, who: Somebody, count: int) -> SessionId:
    session = await make.session(who, problem_summary="Outlook asks for a password again and again")
    async with make.work(who.account_id) as db:
        for number in range(count):
            new = TriedStep(kind="tried", what=f"Step {number}", outcome="failed", observed="No change")
            await sessions.add_step(db, who.actor, session_id=session, new=new)
    return session


async def test_opening_a_long_session_takes_no_more_statements_than_a_short_one(make: Make) -> None:
    jane = await make.person()
    counts = []
    for steps in (50, 500):
        session = await filled(make, jane, steps)
        with statements(make) as seen:
            assert (await jane.get(f"/ai-sessions/{session}")).json()["step_count"] == steps
            assert len((await jane.get(f"/ai-sessions/{session}/steps?limit=100")).json()["items"]) == min(steps, 100)
            assert (await jane.get(f"/ai-sessions/{session}/similar")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


async def test_a_reply_to_a_long_session_takes_no_more_statements_than_to_a_short_one(make: Make) -> None:
    counts = []
    for steps in (50, 500):
        with talking(make) as (script, people):
            jane = await people.person()
            session = await filled(people, jane, steps)
            with statements(people) as seen:
                assert (await jane.post(f"/ai-sessions/{session}/messages", {"content": "And now?"})).status_code == 201
            assert script.cases
        counts.append(len(seen))
    assert counts[0] == counts[1]


async def test_a_kind_that_this_version_does_not_know_leaves_the_session_readable(make: Make) -> None:
    jane = await make.person()
    session = await make.session(jane)
    async with make.work(jane.account_id) as db:
        (await db.get_one(Session, session)).problem_domain = "quantum_link"
    reply = await jane.get(f"/ai-sessions/{session}")
    assert (reply.status_code, reply.json()["problem_domain"]) == (200, None)
