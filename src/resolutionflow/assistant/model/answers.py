"""The schema an answer must fit, and what is made of it. References become ids here; all text is cleaned, cut and stays text."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import from_json

from resolutionflow.assistant.base import Action, Answered, Assessment, Claim, Hint, Part, Question, Source, SuggestedStep
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.model.prompt import Prompt
from resolutionflow.platform.redaction import visible

LONGEST_MESSAGE = 20_000
MOST_QUESTIONS = 3
MOST_OPTIONS = 6
_ONE_LINE = re.compile(r"\s+")


class _Answer(BaseModel):
    """Providers are told that every field must be there; from servers that heed no schema, one that may be empty may be missing."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_serialization_defaults_required=True)


class _Asking(_Answer):
    content: str
    options: list[str] = []
    detail: str | None = None


class _Doing(_Answer):
    content: str
    detail: str | None = None
    expected: str | None = None
    command: str | None = None


class _Offering(_Answer):
    kind: Literal["resolve", "escalate"]
    text: str


class Reply(_Answer):
    message: str
    questions: list[_Asking] = []
    action: _Doing | None = None
    hint: _Offering | None = None
    kind: ProblemKind | None = None
    cites: list[str] = []


class _Claiming(_Answer):
    kind: Literal["observed", "ruled_out", "worked", "hypothesis"]
    text: str
    quote: str | None = None
    evidence: list[str] = []
    against: list[str] = []


class _Suggesting(_Answer):
    title: str
    detail: str | None = None
    command: str | None = None
    evidence: list[str] = []
    repeats: str | None = None


class Assessing(_Answer):
    likely_cause: str | None = None
    claims: list[_Claiming] = []
    suggested_steps: list[_Suggesting] = []
    confidence: Literal["low", "medium", "high"]

    @field_validator("confidence", mode="before")
    @classmethod
    def _in_words(cls, value: object) -> object:
        """R-A3: numbers are mapped here."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return "low" if value < 0.4 else "medium" if value < 0.75 else "high"
        return value


A = TypeVar("A", bound=_Answer)


def read(kind: type[A], text: str) -> A | None:
    """None where the text is not one JSON object of that schema. What some servers put around it (a code fence) is passed over."""
    try:
        return kind.model_validate_json(text[text.find("{") : text.rfind("}") + 1])
    except ValidationError:
        return None


class Message:
    """The message inside an answer that is still being written."""

    def __init__(self) -> None:
        self._shown = ""
        self._is_whole = False

    def more(self, text: str) -> str:
        """What `text`, the answer so far, adds to what was returned before."""
        if self._is_whole:
            return ""
        try:
            answer = from_json(text[text.find("{") :] if "{" in text else "", allow_partial="trailing-strings")
        except ValueError:
            return ""
        match answer:
            case {"message": str(message), **others} if message.startswith(self._shown):
                self._is_whole = bool(others) and next(iter(answer)) == "message"
                return self._grown_to(message)
            case _:
                return ""

    def rest(self, message: str) -> str | None:
        """What is missing of the whole message; None where something else was shown."""
        return self._grown_to(message) if message.startswith(self._shown) and message.strip() else None

    @property
    def is_too_long(self) -> bool:
        return len(self._shown) > LONGEST_MESSAGE

    def _grown_to(self, message: str) -> str:
        piece, self._shown = message[len(self._shown) :], message
        return visible(piece)


def parts_of(reply: Reply, prompt: Prompt, *, tokens: int) -> Iterator[Part]:
    """All but the message. References to cases that were not given are left out."""
    for asking in reply.questions[:MOST_QUESTIONS]:
        options = dict.fromkeys(_line(option, 200) for option in asking.options[:MOST_OPTIONS])
        if content := _line(asking.content, 500):
            yield Question(content, tuple(filter(None, options)), _text(asking.detail, 500))
    if reply.action and (content := _line(reply.action.content, 500)):
        doing = reply.action
        yield Action(content, _text(doing.detail, 4_000), expected=_text(doing.expected, 1_000), command=_text(doing.command, 2_000))
    if reply.hint and (text := _line(reply.hint.text, 300)):
        yield Hint(reply.hint.kind, text)
    cites = tuple(dict.fromkeys(prompt.cases[each] for each in reply.cites if each in prompt.cases))
    yield Answered(Source.MODEL, notice=prompt.notice, kind=reply.kind, cites=cites, tokens=tokens)


def assessment_of(answer: Assessing, prompt: Prompt, *, tokens: int) -> Assessment:
    """`dropped` counts references to rows that were not given. Whether claims agree with their rows is for others to judge."""
    cited = _Cited(prompt.rows)
    claims = [
        Claim(
            kind=each.kind,
            text=_line(each.text, 500),
            quote=_text(each.quote, 500),
            evidence=cited.ids(each.evidence),
            against=cited.ids(each.against),
        )
        for each in answer.claims[:20]
    ]
    steps = [
        SuggestedStep(
            title=_line(each.title, 200),
            detail=_text(each.detail, 2_000),
            command=_text(each.command, 1_000),
            evidence=cited.ids(each.evidence),
            repeats=_text(each.repeats, 300),
        )
        for each in answer.suggested_steps[:8]
    ]
    return Assessment(
        likely_cause=_line(answer.likely_cause or "", 500) or None,
        claims=claims,
        suggested_steps=steps,
        confidence=answer.confidence,
        evidence=list(dict.fromkeys(id for claim in claims for id in claim.evidence))[:20],
        dropped=cited.unknown,
        tokens=tokens,
    )


class _Cited:
    def __init__(self, rows: dict[str, UUID]) -> None:
        self.unknown = 0
        self._rows = rows

    def ids(self, references: Iterable[str]) -> list[UUID]:
        known = [self._rows.get(each.strip("[] ")) for each in references]
        self.unknown += known.count(None)
        return list(dict.fromkeys(id for id in known if id))[:5]


def _text(text: str | None, longest: int) -> str | None:
    cleaned = visible(text or "").strip()
    return (cleaned if len(cleaned) <= longest else f"{cleaned[: longest - 1]}…") or None


def _line(text: str, longest: int) -> str:
    return _text(_ONE_LINE.sub(" ", visible(text)), longest) or ""
