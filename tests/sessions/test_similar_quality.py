"""Whether the case that helps is found, and only that: pairs of one cause in different words among a hundred other cases."""

from tests.factories.make import Make
from tests.factories.similar import archive, cases, found_for


async def test_the_resolved_case_of_the_same_cause_is_among_the_three_shown(make: Make) -> None:
    jane = await make.person()
    answers = await archive(make, jane)
    missed = [problem for problem, answer in answers.items() if answer not in await found_for(make, jane, problem)]
    assert len(answers) == 20
    assert len(missed) <= 4, missed


async def test_a_problem_nobody_has_solved_shows_nothing(make: Make) -> None:
    jane = await make.person()
    await archive(make, jane)
    misled = [each["new"] for each in cases()["strangers"] if await found_for(make, jane, each["new"])]
    assert len(misled) <= 2, misled
