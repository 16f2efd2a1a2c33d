"""A conversation with the built-in assistant, its rows made into a case as the product does."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from resolutionflow.assistant.base import Action, Answered, Assessment, Case, Hint, Part, Question, SimilarCase, Text
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.assistant.playbooks.engine import Recognised
from resolutionflow.assistant.playbooks.library import playbook_for
from resolutionflow.assistant.playbooks.schema import Playbook
from resolutionflow.sessions.models import AuthorType, Kind
from resolutionflow.sessions.policy.case import case_of
from resolutionflow.sessions.schemas import StepView
from tests.factories.ledger import about, step

SMALL: dict[str, Any] = tomllib.loads(Path(__file__).with_name("small.toml").read_text())


def small(*, questions: int = 4, **changes: Any) -> Playbook:
    """The small playbook with only its first questions, and whatever else is changed."""
    asks = SMALL["questions"][:questions]
    stops = [stop for stop in SMALL["stops"] if stop.get("question") in (None, *(ask["id"] for ask in asks))]
    return Playbook.model_validate({**SMALL, "questions": asks, "stops": stops, **changes})


@dataclass(frozen=True)
class Reply:
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, Text))

    @property
    def questions(self) -> list[Question]:
        return [part for part in self.parts if isinstance(part, Question)]

    @property
    def actions(self) -> list[Action]:
        return [part for part in self.parts if isinstance(part, Action)]

    @property
    def keys(self) -> list[str]:
        """Ids of the questions and actions, without their playbook."""
        keys = [*(ask.playbook_key for ask in self.questions), *(do.playbook_key for do in self.actions)]
        return [(key or "").rpartition("/")[2] for key in keys]

    @property
    def hint(self) -> Hint | None:
        return next((part for part in self.parts if isinstance(part, Hint)), None)

    @property
    def answered(self) -> Answered:
        (last,) = [part for part in self.parts if isinstance(part, Answered)]
        return last


class Talk:
    """An engineer and the assistant. With `playbook` that one is followed, else the shipped ones, by `kind` or as it is recognised."""

    def __init__(
        self,
        problem: str = "Jobs are stuck",
        *,
        playbook: Playbook | None = None,
        kind: ProblemKind | None = None,
        recognise: Callable[[str], Recognised] = recognise,
        similar: tuple[SimilarCase, ...] = (),
        **known: Any,
    ) -> None:
        self.steps: list[StepView] = []
        self._similar = similar
        self._kind = playbook.kind if playbook else kind
        self._about = {"problem_summary": problem, "title": problem[:80] or "-", **known}
        self._assistant = Playbooks(recognise, (lambda _: playbook) if playbook else playbook_for)

    @property
    def case(self) -> Case:
        return case_of(about(problem_domain=self._kind, **self._about), self.steps, similar=self._similar)

    async def reply(self) -> Reply:
        """What the assistant says to the case as it stands; written down as the product does."""
        reply = Reply(tuple([part async for part in self._assistant.reply(self.case)]))
        by = {"author_type": AuthorType.ASSISTANT, "author_id": None}
        self._write(Kind.MESSAGE, content=reply.text, **by)
        for ask in reply.questions:
            self._write(Kind.QUESTION, content=ask.content, options=list(ask.options) or None, playbook_key=ask.playbook_key, **by)
        for do in reply.actions:
            fields = {"target": do.target, "expected": do.expected, "command": do.command, "playbook_key": do.playbook_key}
            self._write(Kind.ACTION, content=do.content, **fields, **by)
        self._kind = reply.answered.kind or self._kind
        return reply

    async def assess(self) -> Assessment:
        return await self._assistant.assess(self.case)

    def says(self, text: str) -> None:
        self._write(Kind.MESSAGE, content=text)

    def answers(self, **texts: str) -> None:
        """By the id of an open question."""
        for id, text in texts.items():
            self._write(Kind.ANSWER, content=text, reply_to=self._open(id))

    def reports(self, observed: str | None = None, **outcomes: str) -> None:
        """By the id of an open action."""
        for id, outcome in outcomes.items():
            self._write(Kind.ACTION_RESULT, outcome=outcome, observed=observed, reply_to=self._open(id))

    def tried(self, what: str, outcome: str, **fields: Any) -> None:
        self._write(Kind.TRIED, content=what, outcome=outcome, **fields)

    def knows(self, name: str, value: str) -> None:
        self._write(Kind.FACT, name=name, value=value, content=f"{name}: {value}")

    def advised(self, what: str) -> None:
        self._write(Kind.ADVICE, content=what)

    def _open(self, id: str) -> UUID:
        done = {each.reply_to for each in self.steps}
        asked = [each for each in self.steps if (each.playbook_key or "").endswith(f"/{id}") and each.id not in done]
        return asked[-1].id

    def _write(self, kind: Kind, **fields: Any) -> None:
        self.steps.append(step(len(self.steps) + 1, kind, **fields))
