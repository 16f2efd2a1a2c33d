"""Similar cases: what is shown, to whom, and that no text disturbs it."""

from uuid import UUID

import pytest

from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import HandoffBody
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.actions.append import append
from resolutionflow.sessions.models import Kind, Session, Step
from resolutionflow.sessions.queries.similar import as_cases
from resolutionflow.sessions.schemas import FactStep, ReplyStep, ResolveBody, TriedStep
from tests.factories.make import Make, Somebody
from tests.factories.queries import statements
from tests.factories.similar import found_for, resolved, similar

LOOP = "Outlook prompts for the password after the Friday change, webmail is fine"
AGAIN = "Mailbox asks for credentials over and over since the change, webmail works"
FIX = "Removed the cached credentials from Credential Manager"
UNLIKE = "Projector quote for the lobby"


async def said_by_assistant(make: Make, who: Somebody, session: SessionId, step: Step) -> UUID:
    async with make.work(who.account_id) as db:
        found = await db.get_one(Session, session)
        return await append(db, None, found, step)


async def test_a_resolved_case_of_the_same_cause_is_shown_with_what_worked_there(make: Make) -> None:
    jane = await make.person()
    solved = await resolved(make, jane, LOOP, FIX, worked=["Cleared Credential Manager"], client_name="Contoso")
    await resolved(make, jane, UNLIKE)
    session = await make.session(jane, problem_summary=AGAIN, client_name="Contoso")
    reply = await jane.get(f"/ai-sessions/{session}/similar")
    assert reply.status_code == 200, reply.text
    (item,) = reply.json()["items"]
    assert (item["session_id"], item["resolution"], item["worked"]) == (str(solved), FIX, ["Cleared Credential Manager"])
    assert (item["client_name"], item["same_client"], item["problem_summary"]) == ("Contoso", True, LOOP)


async def test_what_worked_are_the_last_three_with_the_action_an_outcome_answers_and_no_amended_ones(make: Make) -> None:
    jane = await make.person()
    session = await make.session(jane, problem_summary=LOOP)
    for number in (1, 2):
        await make.step(jane, session, TriedStep(kind="tried", what=f"Step {number}", outcome="worked"))
    wrong = await make.step(jane, session, TriedStep(kind="tried", what="Step 3", outcome="worked"))
    await make.step(jane, session, TriedStep(kind="tried", what="Step 3 after all", outcome="failed", amends=wrong))
    action = await said_by_assistant(make, jane, session, Step(kind=Kind.ACTION, content="Clear Credential Manager"))
    await make.step(jane, session, ReplyStep(kind="action_result", reply_to=action, outcome="worked"))
    await make.step(jane, session, TriedStep(kind="tried", what="Step 5", outcome="worked"))
    async with make.work(jane.account_id) as db:
        await sessions.resolve(db, jane.actor, session_id=session, body=ResolveBody(resolution=FIX))
    (item,) = await similar(make, jane, await make.session(jane, problem_summary=AGAIN))
    assert item.worked == ["Step 2", "Clear Credential Manager", "Step 5"]


async def test_what_is_learnt_in_the_session_finds_what_its_summary_does_not(make: Make) -> None:
    jane = await make.person()
    solved = await resolved(make, jane, LOOP, FIX)
    session = await make.session(jane, problem_summary="It does not work")
    assert await similar(make, jane, session) == []
    await make.step(jane, session, FactStep(kind="fact", name="Symptom", value=f"{AGAIN}, Credential Manager is full of cached entries"))
    assert [each.session_id for each in await similar(make, jane, session)] == [solved]


async def test_a_case_is_found_by_what_was_tried_in_it(make: Make) -> None:
    jane = await make.person()
    solved = await resolved(make, jane, "Spooler trouble", worked=["Replaced the fuser of the Kyocera"])
    await resolved(make, jane, "Spooler of the plotter")
    assert await found_for(make, jane, "Kyocera fuser rattles, spooler fine") == [solved]


async def test_the_case_itself_is_never_similar(make: Make) -> None:
    jane = await make.person()
    session = await resolved(make, jane, LOOP, FIX)
    assert await similar(make, jane, session) == []


async def test_another_accounts_identical_case_is_never_shown(make: Make) -> None:
    jane, stranger = await make.person("Jane"), await make.person("Sam")
    theirs = await resolved(make, stranger, LOOP, FIX)
    session = await make.session(jane, problem_summary=LOOP)
    await said_by_assistant(make, jane, session, Step(kind=Kind.MESSAGE, content="As before", cites=[str(theirs)]))
    assert await similar(make, jane, session) == []


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.ADMIN, Role.VIEWER])
async def test_only_resolved_cases_are_shown_whoever_reads(make: Make, role: Role) -> None:
    jane = await make.person("Jane")
    reader = await make.person("Reader", account=jane.account_id, role=role)
    parked, escalated = [await make.session(jane, problem_summary=LOOP) for _ in range(2)]
    await make.session(jane, problem_summary=LOOP)
    async with make.work(jane.account_id) as db:
        await handoffs.create(db, jane.actor, session_id=parked, body=HandoffBody(intent=Intent.PARK))
        await handoffs.create(db, jane.actor, session_id=escalated, body=HandoffBody(intent=Intent.ESCALATE, reason="Next idea"))
    again = await make.session(jane, problem_summary=AGAIN)
    assert await similar(make, reader, again) == []


async def test_a_viewer_is_shown_only_what_they_may_open(make: Make) -> None:
    jane = await make.person("Jane")
    vera = await make.person("Vera", account=jane.account_id, role=Role.VIEWER)
    solved = await resolved(make, jane, LOOP, FIX)
    session = await make.session(jane, problem_summary=AGAIN)
    await said_by_assistant(make, jane, session, Step(kind=Kind.MESSAGE, content="As before", cites=[str(solved)]))
    await make.handoff(jane, session)
    assert (await vera.get(f"/ai-sessions/{solved}")).status_code == 404
    assert (await vera.get(f"/ai-sessions/{session}/similar")).json() == {"items": []}


async def test_somebody_elses_session_answers_404(make: Make) -> None:
    jane = await make.person("Jane")
    ben = await make.person("Ben", account=jane.account_id)
    assert (await ben.get(f"/ai-sessions/{await make.session(jane)}/similar")).status_code == 404


async def test_a_reopened_case_is_not_shown_until_it_is_resolved_again(make: Make) -> None:
    jane = await make.person()
    solved = await resolved(make, jane, LOOP, FIX)
    async with make.work(jane.account_id) as db:
        await sessions.reopen(db, jane.actor, session_id=solved)
    assert await found_for(make, jane, AGAIN) == []


async def test_the_same_client_comes_first_among_equals(make: Make) -> None:
    jane = await make.person()
    await resolved(make, jane, LOOP, FIX, client_name="Fabrikam")
    ours = await resolved(make, jane, LOOP, FIX, client_name="Contoso")
    await resolved(make, jane, LOOP, FIX)
    session = await make.session(jane, problem_summary=AGAIN, client_name="Contoso")
    first, *others = await similar(make, jane, session)
    assert (first.session_id, first.same_client) == (ours, True)
    assert [each.same_client for each in others] == [False, False]


async def test_what_a_reply_pointed_at_is_shown_beyond_the_limit(make: Make) -> None:
    jane = await make.person()
    for _ in range(4):
        await resolved(make, jane, LOOP, FIX)
    cited = await resolved(make, jane, UNLIKE)
    session = await make.session(jane, problem_summary=AGAIN)
    await said_by_assistant(make, jane, session, Step(kind=Kind.MESSAGE, content="As before", cites=[str(cited), str(session)]))
    found = [each.session_id for each in await similar(make, jane, session)]
    assert (len(found), found[3]) == (4, cited)


async def test_the_number_of_statements_does_not_grow_with_the_cases(make: Make) -> None:
    jane = await make.person()
    counts = []
    for more in (5, 45):
        for _ in range(more):
            await resolved(make, jane, LOOP, FIX, worked=["Cleared Credential Manager"])
        session = await make.session(jane, problem_summary=AGAIN)
        with statements(make) as seen:
            assert len(await similar(make, jane, session)) == 3
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


HOSTILE = [
    "outlook & | ! <-> :* ((( ') -- \\ password:A credentials",
    "'; drop table sessions; -- O''Brien \\' \" \\\\server\\share it's",
    "\u202eOutlook\u202c \u200bpass\u200dword \ufffe \U0001f511 ﬁle ǅ ∑ 郵便 почта \x01\x1f",
    "-" * 4_000,
    "a" * 4_000,
    "https://example.com/a?b=c&d=%27 \\\\?\\C:\\x <b>'&amp;'</b> user@example.com 0x800CCC0E 1e308",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_text_disturbs_the_search(make: Make, text: str) -> None:
    jane = await make.person()
    solved = await resolved(make, jane, f"{LOOP} {text}"[:4_000], text, worked=[text])
    session = await make.session(jane, problem_summary=text)
    await make.step(jane, session, FactStep(kind="fact", name=text[:250], value=f"{text} {LOOP}"))
    assert {each.session_id for each in await similar(make, jane, session)} <= {solved}
    assert (await jane.get(f"/ai-sessions/{session}/similar")).status_code == 200


async def test_text_of_100_kb_is_searched_in_part_and_cut_for_the_assistant(make: Make) -> None:
    jane = await make.person()
    noise = " ".join(f"line{number}" for number in range(12_000))[:100_000]
    tried = TriedStep(kind="tried", what="Read the log", outcome="worked", observed=noise)
    solved = await make.session(jane, problem_summary=LOOP)
    await make.step(jane, solved, tried)
    async with make.work(jane.account_id) as db:
        await sessions.resolve(db, jane.actor, session_id=solved, body=ResolveBody(resolution=f"{FIX} {noise}"[:20_000]))
    session = await make.session(jane, problem_summary=AGAIN)
    await make.step(jane, session, tried)
    found = await similar(make, jane, session)
    assert [each.session_id for each in found] == [solved]
    assert len(as_cases(found)[0].resolution) <= 1_000
