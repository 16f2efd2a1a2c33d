"""The shape of a playbook: one TOML file for each kind of problem, `data/KIND.toml`. docs/playbooks.md shows one.

A playbook is a list of *causes*. Answers to *questions* and outcomes of *actions* speak for or against them; the engine asks what splits
the causes that are left, proposes the next action of the likeliest, and stops where a *stop condition* says so. Within a file ids are
unique over all its tables. Every sentence is ours; facts and the order of steps come from the `sources`.
"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from resolutionflow.assistant.kinds import ProblemKind

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=300, strip_whitespace=True)]
Passage = Annotated[str, StringConstraints(min_length=3, max_length=1_200, strip_whitespace=True)]
Phrase = Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True, to_lower=True)]
"""Words as people type them; matched on word boundaries after folding case and punctuation. `*` at a word's end matches any ending."""


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Symptom(Table):
    """A way the problem shows itself. What the engineer writes picks it; it favours causes and questions."""

    id: Id
    title: Sentence
    says: list[Phrase] = Field(min_length=1)
    causes: list[Id] = Field(min_length=1)
    """The causes that can show themselves so, likeliest first. Others are set aside while this symptom stands."""


class Option(Table):
    """An answer to a question."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    means: list[Phrase] = []
    """Other words for it in a free-text answer."""
    known_from: list[Phrase] = []
    """Where the problem text says one of these, this is the answer and the question is needless."""
    supports: list[Id] = []
    rules_out: list[Id] = []


class Ask(Table):
    """A question whose answers split the causes. One option should be "Not sure" or its like, with neither list."""

    id: Id
    ask: Sentence
    why: Sentence
    options: list[Option] = Field(min_length=2, max_length=6)


class Do(Table):
    """One action. `expected` says what is seen when it worked, `unclear` how to tell when the outcome was inconclusive."""

    id: Id
    do: Sentence
    where: Passage | None = None
    """How, and where in the settings: "Control Panel → Credential Manager → Windows Credentials"."""
    command: Annotated[str, StringConstraints(max_length=1_000)] | None = None
    expected: Sentence
    unclear: Passage
    confirm: Passage
    """When it worked: how to make sure, and what keeps it from coming back."""
    also_said: list[Phrase] = []
    """How people write that they did this already; it is then not proposed."""
    only_looks: bool = False
    """A check that changes nothing: "worked" means the finding is there and supports the cause, "failed" that it is not."""
    caution: Sentence | None = None
    """What it costs or may lose; said before it is done."""


class Cause(Table):
    id: Id
    title: Sentence
    because: Passage
    """Why it comes about, for whoever reads the assessment."""
    likely: Annotated[int, Field(ge=1, le=5)] = 3
    """How common it is before anything is known."""
    actions: list[Id] = Field(min_length=1)
    """In the order to try them. When the last has failed, the cause is ruled out."""


class Stop(Table):
    """When to escalate instead of trying on. One of `answer`, `says` or `failed` is given."""

    id: Id
    because: Sentence
    ask: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    """The ask that the escalation is prefilled with."""
    question: Id | None = None
    answer: str | None = None
    """The text of one option of `question`."""
    says: list[Phrase] = []
    failed: Annotated[int, Field(ge=2, le=10)] | None = None
    """After that many failed actions."""

    @model_validator(mode="after")
    def _has_one_condition(self) -> Self:
        if sum((self.question is not None, bool(self.says), self.failed is not None)) != 1:
            raise ValueError(f"{self.id}: give exactly one of question with answer, says, failed")
        if (self.question is None) != (self.answer is None):
            raise ValueError(f"{self.id}: question and answer go together")
        return self


class Link(Table):
    title: Sentence
    url: Annotated[str, StringConstraints(pattern=r"^https://")]
    licence: str


class Playbook(Table):
    kind: ProblemKind
    title: Sentence
    seniors_ask_for: list[Sentence] = Field(min_length=2, max_length=4)
    """The facts seniors want first for this kind of problem."""
    symptoms: list[Symptom] = []
    questions: list[Ask] = Field(min_length=1)
    causes: list[Cause] = Field(min_length=1)
    actions: list[Do] = Field(min_length=1)
    stops: list[Stop] = Field(min_length=1)
    sources: list[Link] = []

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Self:
        ids = [each.id for table in (self.symptoms, self.questions, self.causes, self.actions, self.stops) for each in table]
        if twice := {id for id in ids if ids.count(id) > 1}:
            raise ValueError(f"ids given twice: {', '.join(sorted(twice))}")
        causes, actions = {cause.id for cause in self.causes}, {action.id for action in self.actions}
        options = {(ask.id, option.text) for ask in self.questions for option in ask.options}
        wrong = [
            *(f"{symptom.id} → {cause}" for symptom in self.symptoms for cause in symptom.causes if cause not in causes),
            *(
                f"{ask.id} → {cause}"
                for ask in self.questions
                for option in ask.options
                for cause in (*option.supports, *option.rules_out)
                if cause not in causes
            ),
            *(f"{cause.id} → {action}" for cause in self.causes for action in cause.actions if action not in actions),
            *(f"{stop.id} → {stop.answer}" for stop in self.stops if stop.question and (stop.question, stop.answer) not in options),
        ]
        if wrong:
            raise ValueError(f"names what is not there: {'; '.join(wrong)}")
        return self
