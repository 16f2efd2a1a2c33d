"""Resolved sessions with an alike problem, and what worked there (R-S6: only what the reader may open).

Four statements whatever is found: what is said of the problem, how rare its words are in this account, which cases share the rare
ones, and the few that are shown. Row-level security keeps full-text operators from any index, so an account's resolved sessions
are scanned once (docs/decisions/0015).
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, select, text
from sqlalchemy.orm import aliased

from resolutionflow.accounts.models import Client
from resolutionflow.assistant.base import SimilarCase
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db, Fields, Query
from resolutionflow.sessions.models import Outcome, Session, Status, Step
from resolutionflow.sessions.policy import likeness
from resolutionflow.sessions.policy.documentation import clip
from resolutionflow.sessions.policy.likeness import Candidate
from resolutionflow.sessions.queries import readable_by
from resolutionflow.sessions.schemas import SimilarSession

SHORTLIST = 50
SAMPLE = 1_000
"""Newest resolved sessions by which the rarity of words is judged."""
LONGEST_GIVEN, LONGEST_WORKED, MOST_WORKED = 1_000, 300, 3

_SAID = """
select translate(string_agg(left(concat_ws(' ', content, name, value, observed), 500), ' '), '/_', '  ')
from (
    select content, name, value, observed from steps
    where session_id = {session} and author_type = 'user' and kind in ({kinds}) order by seq desc limit 40
) as entries
"""
_SINCE = _SAID.format(session="sessions.id", kinds="'message', 'fact', 'answer'")
_LEARNT = _SAID.format(session="near.id", kinds="'message', 'fact', 'answer', 'tried', 'action_result'")
_PROBLEM = text(f"""
select translate(title || ' ' || left(problem_summary, 2000), '/_', '  ') as stated, coalesce(({_SINCE}), '') as said,
    array(
        select jsonb_array_elements_text(cites) from steps where session_id = sessions.id and cites is not null
    ) as cited,
    client_id, problem_domain
from sessions where id = :session
""")  # noqa: S608 - put together from constants
_CONCEPTS = text(f"""
with said as (
    select lexeme, 'A' = any(weights) as is_stated
    from unnest(setweight(to_tsvector('english', :stated), 'A') || setweight(to_tsvector('english', :said), 'B'))
    where lexeme <> all(tsvector_to_array(to_tsvector('english', :noise)))
), synonyms as (
    select line, lexeme from unnest(cast(:synonyms as text[])) as line, unnest(to_tsvector('english', line))
), concepts as (
    select array_agg(synonyms.lexeme) as words, meant.is_stated
    from synonyms join (
        select line, bool_or(is_stated) as is_stated from synonyms join said using (lexeme) group by line
    ) as meant using (line)
    group by line, meant.is_stated
    union all
    select array[lexeme], is_stated from said where lexeme not in (select lexeme from synonyms)
), seen as (
    select word, ndoc
    from ts_stat('select words from sessions where status = ''resolved'' order by resolved_at desc limit {SAMPLE}')
), sample as (
    select count(*) as size from (select from sessions where status = 'resolved' limit {SAMPLE}) as newest
)
select words, is_stated, coalesce(sum(ndoc), 0)::int as cases, (select size::int from sample) as out_of
from concepts cross join unnest(words) as meant (word) left join seen using (word)
group by words, is_stated
""")  # noqa: S608 - a constant

_MATCHES = text("sessions.words @@ cast(:telling as tsquery)")
_HEAVIEST = text("""(
    select sum(weight) from unnest(cast(:queries as tsquery[]), cast(:weights as float[])) as asked (query, weight)
    where sessions.words @@ query
) desc""")
_STATED = text("""array(
    select number from unnest(cast(:queries as tsquery[])) with ordinality as asked (query, number)
    where ts_filter(near.words, '{a}') @@ query
)""")
_ANYWHERE = text(f"""array(
    select number from unnest(cast(:queries as tsquery[])) with ordinality as asked (query, number),
        (select to_tsvector('english', coalesce(({_LEARNT}), '')) as words offset 0) as learnt
    where near.words @@ query or learnt.words @@ query
)""")  # noqa: S608 - put together from constants


async def similar_sessions(db: Db, actor: Actor, *, session_id: UUID, limit: int = 3) -> list[SimilarSession]:
    """Best match first, the same client's before others that match as well; then what the session's replies point at, beyond `limit`.

    The caller has judged that the actor may read the session itself.
    """
    problem = (await db.execute(_PROBLEM, {"session": session_id})).one()
    best = await _alike(db, actor, session_id, problem, limit)
    cited = [UUID(each) for each in problem.cited]
    found = await db.execute(_shown(actor).where(Session.id.in_({*best, *cited} - {session_id})))
    place = {id: number for number, id in enumerate(dict.fromkeys([*best, *cited]))}
    return sorted((_view(row, problem.client_id) for row in found), key=lambda each: place[each.session_id])


def as_cases(found: Sequence[SimilarSession]) -> list[SimilarCase]:
    """As the assistant is given them: long texts are cut."""
    return [
        SimilarCase(
            session_id=each.session_id,
            title=each.title,
            problem=clip(each.problem_summary, LONGEST_GIVEN),
            client_name=each.client_name,
            same_client=each.same_client,
            resolution=clip(each.resolution or "", LONGEST_GIVEN),
            worked=tuple(each.worked),
            resolved_at=each.resolved_at,
        )
        for each in found
    ]


async def _alike(db: Db, actor: Actor, session_id: UUID, problem: Fields, limit: int) -> list[UUID]:
    values = {"stated": problem.stated, "said": problem.said, "noise": likeness.NOISE, "synonyms": list(likeness.SYNONYMS)}
    rows = (await db.execute(_CONCEPTS, values)).all()
    if not rows or not rows[0].out_of:
        return []
    out_of = rows[0].out_of
    concepts = likeness.heaviest(likeness.concept(row.words, is_stated=row.is_stated, cases=row.cases, out_of=out_of) for row in rows)
    values = {
        "queries": [each.query for each in concepts],
        "weights": [each.weight for each in concepts],
        "telling": " | ".join(each.query for each in likeness.telling(concepts)),
    }
    candidates = [
        Candidate(
            session_id=id,
            stated=frozenset(stated),
            anywhere=frozenset(anywhere),
            same_kind=kind is not None and kind == problem.problem_domain,
            same_client=client_id is not None and client_id == problem.client_id,
            resolved_at=resolved_at,
        )
        for id, client_id, kind, resolved_at, stated, anywhere in await db.execute(_near(actor, session_id), values)
    ]
    return likeness.alike(concepts, candidates, limit=limit)


def _near(actor: Actor, session_id: UUID) -> Query:
    """The heaviest matches by problem and resolution, each with the numbers of the concepts it has."""
    near = (
        select(Session.id, Session.client_id, Session.problem_domain, Session.resolved_at, Session.words)
        .where(Session.status == Status.RESOLVED, Session.id != session_id, _MATCHES, readable_by(actor))
        .order_by(_HEAVIEST, Session.resolved_at.desc())
        .limit(SHORTLIST)
        .subquery("near")
    )
    return select(near.c.id, near.c.client_id, near.c.problem_domain, near.c.resolved_at, _STATED, _ANYWHERE)


def _shown(actor: Actor) -> Query:
    """Of an action's outcome the action it answers is shown; an amended row gives way."""
    asked, newer = aliased(Step), aliased(Step)
    worked = (
        select(func.coalesce(asked.content, Step.content))
        .select_from(Step)
        .outerjoin(asked, and_(asked.id == Step.reply_to, asked.session_id == Step.session_id))
        .where(Step.session_id == Session.id, Step.outcome == Outcome.WORKED)
        .where(~select(newer.id).where(newer.session_id == Step.session_id, newer.amends == Step.id).exists())
        .order_by(Step.seq.desc())
        .limit(MOST_WORKED)
    )
    query: Query = select(Session, Client.name.label("client_name"), func.array(worked.scalar_subquery()).label("worked"))
    return query.outerjoin(Client, Client.id == Session.client_id).where(Session.status == Status.RESOLVED, readable_by(actor))


def _view(row: Fields, client_id: UUID | None) -> SimilarSession:
    session: Session = row[0]
    return SimilarSession(
        session_id=session.id,
        title=session.title,
        problem_summary=session.problem_summary,
        client_name=row.client_name,
        same_client=client_id is not None and session.client_id == client_id,
        resolution=session.resolution,
        worked=[clip(what or "", LONGEST_WORKED) for what in reversed(row.worked)],
        resolved_at=session.resolved_at,
    )
