"""Who answers, with a real model adapter before a server that fails, and the built-in assistant behind it."""

from contextlib import aclosing

import pytest

from resolutionflow.assistant.base import Answered, AssistantFailure, Case, Part, Source, Text
from resolutionflow.assistant.breaker import FAILURES, REST_SECONDS, Breaker
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.assistant.router import RESTING, SPENT, Router
from tests.assistant.modelled import a_case, connected
from tests.assistant.wire.protocols import READ, WRITTEN
from tests.assistant.wire.server import WireServer, serving

CASE = a_case("Outlook keeps asking for the password.")


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def router(wire: WireServer, clock: Clock | None = None) -> Router:
    return Router(Playbooks(recognise), connected(wire), Breaker(clock or Clock()))


async def parts_of(assistants: Router, case: Case = CASE, *, tokens_left: int | None = None) -> list[Part]:
    return [part async for part in assistants.reply(case, tokens_left=tokens_left)]


async def end_of(assistants: Router, *, tokens_left: int | None = None) -> Answered:
    last = (await parts_of(assistants, tokens_left=tokens_left))[-1]
    assert isinstance(last, Answered)
    return last


async def test_the_model_answers_where_it_can() -> None:
    async with serving("openai") as wire:
        answered = await end_of(router(wire), tokens_left=1)
    assert (answered.source, answered.tokens) == (Source.MODEL, READ + WRITTEN)


async def test_without_a_model_the_built_in_assistant_answers_and_has_nothing_to_explain() -> None:
    answered = await end_of(Router(Playbooks(recognise), None), tokens_left=0)
    assert (answered.source, answered.notice, answered.tokens) == (Source.PLAYBOOK, None, 0)


async def test_of_a_model_that_fails_the_built_in_assistant_says_why_it_answers() -> None:
    async with serving("openai", "529") as wire:
        parts = await parts_of(router(wire))
    assert isinstance(parts[0], Text)
    assert isinstance(parts[-1], Answered)
    assert parts[-1].source is Source.PLAYBOOK
    assert parts[-1].notice == "The model is overloaded at the moment. The built-in assistant answers instead."


async def test_what_a_failed_model_has_read_and_written_is_counted() -> None:
    async with serving("anthropic", "wrong_schema") as wire:
        assert (await end_of(router(wire))).tokens == READ + WRITTEN


async def test_a_spent_allowance_is_said_and_nothing_is_sent() -> None:
    async with serving("openai") as wire:
        answered = await end_of(router(wire), tokens_left=0)
    assert (answered.source, answered.notice, wire.received) == (Source.PLAYBOOK, SPENT, [])


async def test_a_reply_that_breaks_off_after_it_was_seen_fails_as_a_whole() -> None:
    async with serving("openai", "cut") as wire:
        with pytest.raises(AssistantFailure) as raised:
            await parts_of(router(wire))
    assert (raised.value.code, raised.value.retryable) == ("model_unreachable", True)


async def test_a_model_that_keeps_failing_is_left_alone_and_that_is_said() -> None:
    async with serving("openai", "503") as wire:
        assistants = router(wire)
        notices = [(await end_of(assistants)).notice for _ in range(FAILURES + 2)]
    assert len(wire.received) == FAILURES
    assert notices[FAILURES:] == [RESTING, RESTING]


async def test_failures_with_a_success_between_them_are_not_in_a_row() -> None:
    async with serving("openai", *["503"] * (FAILURES - 1), "good", *["503"] * (FAILURES - 1), "good") as wire:
        assistants = router(wire)
        sources = [(await end_of(assistants)).source for _ in range(2 * FAILURES)]
    assert sources.count(Source.MODEL) == 2


async def test_after_its_rest_one_request_is_tried_and_a_success_ends_the_rest() -> None:
    clock = Clock()
    async with serving("openai", *["503"] * FAILURES, "good") as wire:
        assistants = router(wire, clock)
        for _ in range(FAILURES):
            await end_of(assistants)
        clock.seconds = REST_SECONDS
        assert [(await end_of(assistants)).source for _ in range(2)] == [Source.MODEL, Source.MODEL]


async def test_a_request_that_fails_after_the_rest_begins_another() -> None:
    clock = Clock()
    async with serving("openai", "503") as wire:
        assistants = router(wire, clock)
        for _ in range(FAILURES):
            await end_of(assistants)
        clock.seconds = REST_SECONDS
        await end_of(assistants)
        clock.seconds = 2 * REST_SECONDS - 1
        await end_of(assistants)
        assert len(wire.received) == FAILURES + 1


async def test_while_one_request_tries_the_model_others_do_not_and_a_stopped_one_makes_way() -> None:
    clock = Clock()
    async with serving("openai", *["503"] * FAILURES, "never_ending", "good") as wire:
        assistants = router(wire, clock)
        for _ in range(FAILURES):
            await end_of(assistants)
        clock.seconds = REST_SECONDS
        async with aclosing(assistants.reply(CASE, tokens_left=None)) as trying:
            assert await anext(trying) == Text("Let me se")
            assert (await end_of(assistants)).notice == RESTING
        assert (await end_of(assistants)).source is Source.MODEL


async def test_an_assessment_is_the_models_with_what_it_used() -> None:
    async with serving("openai") as wire:
        assessment = await router(wire).assess(CASE, tokens_left=1)
    assert assessment.tokens == READ + WRITTEN


async def test_a_spent_allowance_and_a_resting_model_ask_for_no_assessment() -> None:
    async with serving("openai", "503") as wire:
        assistants = router(wire)
        codes = [await refused(assistants, tokens_left=left) for left in (0, *[None] * (FAILURES + 1))]
    assert codes == [("model_spent", False), *[("model_overloaded", True)] * FAILURES, ("model_resting", True)]
    assert len(wire.received) == FAILURES


async def refused(assistants: Router, *, tokens_left: int | None) -> tuple[str, bool]:
    with pytest.raises(AssistantFailure) as raised:
        await assistants.assess(CASE, tokens_left=tokens_left)
    return raised.value.code, raised.value.retryable
