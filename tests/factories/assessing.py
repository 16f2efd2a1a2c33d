"""Assessments of escalations by the built-in assistant, and by a model that says what the test has written for it."""

import asyncio
from collections.abc import Callable
from typing import Any

from resolutionflow.assistant.base import Assessment, AssistantFailure, Case, Claim, SuggestedStep
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.events.registry import Again, Logged
from resolutionflow.handoffs.actions.assess import Assessable
from resolutionflow.handoffs.assessors import Assessors
from resolutionflow.handoffs.reactions import ask_model, give_first_assessment
from tests.factories.make import Make

Answer = Callable[[Case], Assessment] | Exception | None
"""None hangs."""


class Model:
    """Answers one after the other, the last again and again."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = answers
        self.asked: list[Assessable] = []
        self.began = asyncio.Event()

    async def __call__(self, about: Assessable) -> Assessment:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(about)
        self.began.set()
        if answer is None:
            await asyncio.Event().wait()
        if isinstance(answer, Exception):
            raise answer
        assert answer is not None
        return answer(about.case)


def assessors(model: Model | None = None, *, deadline: float = 30.0) -> Assessors:
    return Assessors(Playbooks(recognise).assess, model, deadline)


def good(case: Case) -> Assessment:
    """What holds for any case with something tried."""
    row = case.tried[-1]
    claim = Claim(kind="observed", text="It was seen", quote=row.observed, evidence=[row.step_id])
    step = SuggestedStep(title="Revoke the sign-in sessions", evidence=[row.step_id])
    return Assessment(likely_cause="A stale token", claims=[claim], suggested_steps=[step], confidence="medium", tokens=120)


async def run_first(make: Make, by: Assessors | None = None) -> None:
    """What the worker does after an escalation."""
    for logged in events(make, "handoff_created"):
        await give_first_assessment(make.work, logged, by or assessors())


async def run_model(make: Make, by: Assessors) -> list[int]:
    """What the other worker does then; the pauses it asks for."""
    pauses = []
    for logged in events(make, "model_due"):
        try:
            await ask_model(make.work, logged, by)
        except Again as again:
            pauses.append(again.seconds)
    return pauses


def events(make: Make, kind: str) -> list[Logged]:
    query = "select id, account_id, type, subject_id, occurred_at from events where type = %s order by occurred_at"
    return [
        Logged(id=id, account_id=account, type=name, subject_id=subject, occurred_at=at)
        for id, account, name, subject, at in make.rows(query, kind)
    ]


def told(make: Make) -> list[tuple[str, Any]]:
    """The numbered events and their bodies, in order."""
    return make.rows("select type, body from events where number is not null order by account_id, number")


def overloaded() -> AssistantFailure:
    return AssistantFailure("model_overloaded", "The model is overloaded at the moment.", tokens=40)
