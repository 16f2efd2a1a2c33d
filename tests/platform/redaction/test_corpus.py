import pytest

from resolutionflow.platform.redaction import Secret, redact
from tests.platform.redaction.corpus import HALVES, Half, lookalikes, outcome, planted, report

KNOWN_FORMATS = frozenset(Secret) - {Secret.PASSWORD, Secret.CODE}
"""Kinds with a form of their own; the others are known by the words around them."""


@pytest.mark.parametrize("half", HALVES)
def test_of_a_hundred_known_secrets_at_most_one_is_left_by_any_character(half: Half) -> None:
    outcomes = [outcome(each) for each in planted(half) if each.kind in KNOWN_FORMATS]
    secrets = sum(len(each.planted.spans) for each in outcomes)
    leaks = sum(len(each.leaked) for each in outcomes)
    assert 1 - leaks / secrets >= 0.99, "\n".join(report())


@pytest.mark.parametrize("half", HALVES)
def test_of_twenty_secrets_told_by_their_words_at_most_one_is_left(half: Half) -> None:
    outcomes = [outcome(each) for each in planted(half) if each.kind not in KNOWN_FORMATS]
    secrets = sum(len(each.planted.spans) for each in outcomes)
    assert 1 - sum(len(each.leaked) for each in outcomes) / secrets >= 0.95, "\n".join(report())


@pytest.mark.parametrize("half", HALVES)
def test_of_fifty_lookalikes_at_most_one_is_hidden(half: Half) -> None:
    lines = lookalikes(half)
    assert sum(bool(redact(line).hidden) for line in lines) / len(lines) <= 0.02, "\n".join(report())


def test_the_corpus_is_as_large_as_it_says() -> None:
    secrets = [secret for half in HALVES for each in planted(half) for secret in each.spans]
    lines = [line for half in HALVES for line in lookalikes(half)]
    assert min(len(secrets), len(set(lines))) >= 200


@pytest.mark.parametrize("half", HALVES)
def test_secrets_are_found_as_well_in_one_long_text(half: Half) -> None:
    lines = [*planted(half)]
    together = redact("\n\n".join(each.text for each in lines)).text
    left = [each.text[start:end] for each in lines for start, end in each.spans if end - start > 5 and each.text[start:end] in together]
    assert len(left) <= 3, left
