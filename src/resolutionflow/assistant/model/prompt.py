"""What is sent to a model: instructions of ours, and the case as rows of quoted text. docs/models.md says it to operators.

Every row is composed as people would read it and then redacted, so that "Wi-Fi password" in the name of a fact hides its value.
A line that begins with the request's random mark is ours; a text cannot know the mark and so cannot forge a row. Rows carry short
references (r1, c1), never ids.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from resolutionflow.assistant.base import Asked, Attempt, Case, Proposed, SimilarCase, Utterance
from resolutionflow.assistant.kinds import NAMES
from resolutionflow.assistant.model.instructions import ASSESS, REPLY
from resolutionflow.platform.redaction import Hidden, redact, summary, visible

_CHAT_TOKEN = re.compile(r"<(?=\|[\w/]+\|>|/?(?:start|end)_of_turn>)")
"""Some servers read these, in any text, as the beginning of somebody else's turn."""
_OUTCOMES = {"worked": "it worked", "failed": "it did not help", "inconclusive": "inconclusive", "skipped": "skipped"}
_AFFECTS = {"one": "one person", "several": "several people", "site": "a whole site"}
_WAITING = {"on_phone": "on the phone now", "callback": "waiting for a call back", "no": "not waiting"}


@dataclass(frozen=True, slots=True)
class Prompt:
    instructions: str
    text: str
    rows: dict[str, UUID]
    """What an answer may cite of the ledger."""
    cases: dict[str, UUID]
    """What it may cite of `Case.similar`."""
    notice: str | None
    """For the engineer: what the model was not shown."""


def to_reply(case: Case) -> Prompt:
    return _prompt(case, REPLY, "Reply to the engineer now.")


def to_assess(case: Case) -> Prompt:
    return _prompt(case, ASSESS, "Assess the case now.")


def _prompt(case: Case, instructions: str, ask: str) -> Prompt:
    """Slow: redaction takes some 5 ms a kilobyte."""
    mark = secrets.token_hex(4)
    written = _Written(mark)
    written.add("the case", _about(case))
    for fact in case.facts:
        written.row(fact.step_id, "fact", f"{fact.name}: {fact.value}")
    for step_id, head, text in _timeline(case):
        written.row(step_id, head, text)
    for similar in case.similar:
        written.similar(similar)
    if case.left_out:
        written.lines.append(f"{mark} {case.left_out}")
    written.lines.append(f"{mark} the end. {ask}")
    hidden = summary(written.hidden)
    notices = [f"Hidden from the model: {hidden}." if hidden else None, case.left_out]
    return Prompt(
        instructions,
        "\n".join([f"The mark of this request is {mark}.", *written.lines]),
        written.rows,
        written.cases,
        " ".join(each for each in notices if each) or None,
    )


class _Written:
    def __init__(self, mark: str) -> None:
        self.lines: list[str] = []
        self.rows: dict[str, UUID] = {}
        self.cases: dict[str, UUID] = {}
        self.hidden: list[Hidden] = []
        self._mark = mark

    def add(self, head: str, text: str) -> None:
        redacted = redact(visible(text))
        self.hidden += redacted.hidden
        self.lines += [f"{self._mark} {head}:", _CHAT_TOKEN.sub("‹", redacted.text)]

    def row(self, step_id: UUID, head: str, text: str) -> None:
        reference = f"r{len(self.rows) + 1}"
        self.rows[reference] = step_id
        self.add(f"{reference}, {head}", text)

    def similar(self, case: SimilarCase) -> None:
        reference = f"c{len(self.cases) + 1}"
        self.cases[reference] = case.session_id
        whose = "the same client" if case.same_client else "another client"
        solved = _lines(
            ("title", case.title), ("problem", case.problem), ("resolution", case.resolution), ("worked", "; ".join(case.worked))
        )
        self.add(f"{reference}, a similar case that was solved for {whose}", solved)


def _about(case: Case) -> str:
    return _lines(
        ("problem", None if any(_is_problem(each, case) for each in case.said) else case.problem),
        ("client", case.client_name),
        ("device", case.device),
        ("affects", _AFFECTS[case.affects] if case.affects else None),
        ("the client is", _WAITING[case.client_waiting]),
        ("kind", NAMES[case.kind] if case.kind else None),
    )


def _is_problem(entry: Utterance, case: Case) -> bool:
    """A session usually begins with its problem as the first message: it is sent once."""
    return not entry.by_assistant and entry.text.strip() == case.problem.strip()


def _timeline(case: Case) -> Iterator[tuple[UUID, str, str]]:
    """The rows in the order they were written, each once, with what they are."""
    said = {each.step_id for each in case.said}
    entries: list[Utterance | Attempt | Asked | Proposed] = [
        *case.said,
        *case.tried,
        *case.asked,
        *(each for each in case.proposed if each.step_id not in said),
    ]
    for entry in sorted(entries, key=lambda entry: entry.seq):
        match entry:
            case Utterance() if _is_problem(entry, case):
                yield entry.step_id, "the problem, as a person told it", entry.text
            case Utterance():
                yield entry.step_id, "the assistant said" if entry.by_assistant else "a person said", entry.text
            case Attempt():
                yield entry.step_id, f"tried, {_OUTCOMES[entry.outcome]}", _attempt(entry)
            case Asked(answer=None):
                yield entry.step_id, "asked, not answered yet", entry.content
            case Asked():
                yield entry.answer_id or entry.step_id, "asked and answered", _lines(("question", entry.content), ("answer", entry.answer))
            case Proposed():
                yield entry.step_id, "proposed, not done yet", _lines(("what", entry.what), ("command", entry.command))


def _attempt(entry: Attempt) -> str:
    return _lines(
        ("what", entry.what), ("on", entry.target), ("command", entry.command), ("expected", entry.expected), ("observed", entry.observed)
    )


def _lines(*labelled: tuple[str, str | None]) -> str:
    return "\n".join(f"{label}: {text}" for label, text in labelled if text)
