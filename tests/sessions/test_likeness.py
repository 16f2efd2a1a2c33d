"""How alike two cases are, and in which order they are shown."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from resolutionflow.sessions.policy.likeness import MOST_CONCEPTS, SYNONYMS, Candidate, Concept, alike, concept, heaviest, likeness, telling

YESTERDAY, TODAY = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


def words(*cases: int, is_stated: bool = True) -> list[Concept]:
    """Concepts that occur in so many of a thousand cases."""
    return heaviest(concept([f"w{number}"], is_stated=is_stated, cases=each, out_of=1_000) for number, each in enumerate(cases))


def case(*shared: int, same_client: bool = False, same_kind: bool = False, resolved_at: datetime = YESTERDAY) -> Candidate:
    return Candidate(uuid4(), frozenset(shared), frozenset(shared), same_kind, same_client, resolved_at)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    rare, common = words(2, 500)
    assert rare.weight > 2 * common.weight


def test_a_word_said_later_weighs_less_than_one_of_the_problem() -> None:
    (stated,), (said,) = words(5), words(5, is_stated=False)
    assert said.weight < stated.weight


def test_a_word_of_the_problem_counts_more_than_one_of_the_resolution() -> None:
    concepts = words(2, 2)
    there = case(1, 2)
    assert likeness(concepts, there) > likeness(concepts, replace(there, stated=frozenset({1})))


def test_a_single_shared_word_is_no_likeness() -> None:
    assert alike(words(1, 50, 80), [case(1)], limit=3) == []


def test_common_words_are_enough_where_all_of_them_are_shared() -> None:
    concepts = words(300, 300, 300, 300)
    assert likeness(concepts, case(1, 2)) < likeness(concepts, case(1, 2, 3, 4))
    assert len(alike(concepts, [case(1, 2), case(1, 2, 3, 4)], limit=3)) == 1


def test_the_same_client_comes_first_among_equals_and_not_before_better_ones() -> None:
    concepts = words(*[5] * 6)
    better, equal, ours = case(1, 2, 3, 4, 5, 6), case(1, 2, 3), case(1, 2, 3, same_client=True)
    assert alike(concepts, [equal, ours, better], limit=3) == [better.session_id, ours.session_id, equal.session_id]


def test_the_newest_comes_first_among_equals_of_one_client() -> None:
    old, new = case(1, 2, 3), case(1, 2, 3, resolved_at=TODAY)
    assert alike(words(5, 5, 5), [old, new], limit=1) == [new.session_id]


def test_the_same_kind_of_problem_is_more_alike() -> None:
    assert likeness(words(5, 5, 5), case(1, 2, same_kind=True)) > likeness(words(5, 5, 5), case(1, 2))


def test_only_the_heaviest_words_of_a_long_problem_are_asked_for() -> None:
    asked = words(*range(1, 101))
    assert [each.cases for each in asked] == list(range(1, MOST_CONCEPTS + 1))


def test_words_that_stand_in_many_cases_do_not_choose_what_is_looked_at() -> None:
    assert [each.cases for each in telling(words(1, 2, 3, 100, 900))] == [1, 2, 3, 100]
    assert len(telling(words(900, 900, 900, 900))) == 3


def test_quotes_and_backslashes_of_a_word_stay_inside_it() -> None:
    assert concept(["it's", "a\\b"], is_stated=True, cases=1, out_of=9).query == "'a\\\\b' | 'it''s'"


def test_every_line_of_synonyms_has_two_words_and_each_line_repeats_none() -> None:
    assert all(len(set(line.split())) == len(line.split()) > 1 for line in SYNONYMS)
