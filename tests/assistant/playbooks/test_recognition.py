"""Which kind of problem a text is about, and what that is worth on tickets nobody has seen."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks import recognise
from resolutionflow.assistant.playbooks.recognition import SURE, judge, packed, shipped, unpacked
from resolutionflow.assistant.playbooks.recognition.evaluation import EvaluationError, evaluate, read, train
from resolutionflow.assistant.playbooks.recognition.learning import Weights
from tests.profiles import profile

TICKETS = [
    ("The printer shows offline and jobs stay in the print queue", "printer"),
    ("Print jobs are stuck in the queue of the printer upstairs", "printer"),
    ("Paper jam again in the copier, toner is low as well", "printer"),
    ("VPN disconnects every hour when working from home", "vpn_remote_access"),
    ("Cannot connect to the VPN, remote desktop does not open", "vpn_remote_access"),
    ("Account is locked out after too many password attempts", "password_lockout"),
    ("Forgot my password and need a reset please", "password_lockout"),
    ("The laptop is very slow and freezes all the time", "slow_pc"),
]
HARD = st.text(st.characters(), max_size=400) | st.sampled_from(
    ["", "\x00", "*" * 9_000, "<img src=x>" * 500, "é" * 50_000, "ﷺ" * 20_000, "1 2 3"]
)


def written(folder: Path, *lines: object) -> Path:
    file = folder / "tickets.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return file


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    rows = [
        {
            "subject": f"Ticket {number}",
            "body": body,
            "kind": kind,
            "origin": "real" if number % 2 else "synthetic",
            "source": f"desk:{number}",
        }
        for number, (body, kind) in enumerate(TICKETS)
    ]
    return written(tmp_path, *rows, "")


@pytest.mark.parametrize(("text", "kind"), TICKETS)
def test_plain_tickets_are_recognised_for_sure(text: str, kind: str) -> None:
    seen = recognise(text)
    assert (seen.kind, seen.sure) == (ProblemKind(kind), True)
    assert seen.ranked[0] == (seen.kind, max(chance for _, chance in seen.ranked))
    assert sum(chance for _, chance in seen.ranked) == pytest.approx(1)


@settings(max_examples=profile.hypothesis_examples * 3, deadline=None)
@given(HARD)
def test_no_text_makes_it_fail(text: str) -> None:
    seen = recognise(text)
    assert seen == recognise(text)
    assert (seen.kind is None) == (seen.ranked == ())
    assert not seen.sure or seen.ranked[0][1] >= SURE


@pytest.mark.parametrize("text", ["", "zxqv wrtk", "It does not work. Please help."])
def test_not_sure_is_an_answer(text: str) -> None:
    assert not recognise(text).sure


def test_the_words_that_decided_are_shown_the_weightiest_first() -> None:
    words = recognise("Our printer says that it is offline").words
    assert "printer" in {word.removeprefix("@") for word, _ in words}
    assert [weight for _, weight in words] == sorted((weight for _, weight in words), reverse=True)
    assert all(weight > 0 for _, weight in words)


def test_stars_and_dashes_around_a_word_do_not_hide_it() -> None:
    assert recognise("**printer** – _offline_!").ranked == recognise("printer offline").ranked


def test_the_shipped_weights_are_stored_without_loss() -> None:
    weights = shipped()
    again = unpacked(json.loads(json.dumps(packed(weights))))
    assert again == Weights(dict(weights.of), weights.bias)


def test_training_twice_gives_the_same_file_and_it_recognises(tickets: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert (train(tickets, one), train(tickets, two)) == (len(TICKETS), len(TICKETS))
    assert one.read_bytes() == two.read_bytes()
    learnt = unpacked(json.loads(one.read_text()))
    assert judge(learnt, "toner and paper jam at the printer").kind is ProblemKind.PRINTER


def test_a_report_sets_ours_beside_simpler_methods_real_and_synthetic_apart(tickets: Path) -> None:
    scores = {score.name.strip(): score for score in evaluate(tickets).scores}
    assert list(scores) == [
        "ours, cross-validated", "real", "synthetic", "ours, each source unseen", "ours, from the vocabulary alone",
        "naive Bayes, cross-validated", "the largest kind",
    ]  # fmt: skip
    assert scores["real"].tickets + scores["synthetic"].tickets == scores["ours, cross-validated"].tickets == len(TICKETS)
    assert scores["ours, from the vocabulary alone"].accuracy > scores["the largest kind"].accuracy
    assert all(0 <= score.macro_f1 <= 1 and 0 <= score.coverage <= 1 for score in scores.values())


@pytest.mark.parametrize(
    "bad", ["no json", '"a text"', '{"body": "no kind"}', '{"kind": "printer"}', '{"body": "x", "kind": "toaster"}', "[]"]
)
def test_a_line_that_is_no_ticket_is_named(tmp_path: Path, bad: str) -> None:
    good = {"body": "Printer offline", "kind": "printer"}
    with pytest.raises(EvaluationError, match=r"^line 3 of tickets\.jsonl is not a ticket with body and kind: "):
        read(written(tmp_path, good, "", bad, good))


def test_a_file_that_is_missing_no_text_or_too_short_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read"):
        read(tmp_path / "nowhere.jsonl")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="cannot be read"):
        read(tmp_path / "binary.jsonl")
    with pytest.raises(EvaluationError, match=r"has 1 tickets; 5 are the least"):
        read(written(tmp_path, {"body": "Printer offline", "kind": "printer"}))
