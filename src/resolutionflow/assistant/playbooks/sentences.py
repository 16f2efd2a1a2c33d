"""What the built-in assistant says: short, in a technician's words. Text of tickets is quoted so that it cannot become Markdown."""

import re
from collections.abc import Sequence

from resolutionflow.assistant.base import SimilarCase
from resolutionflow.assistant.playbooks.schema import Cause, Do, Stop
from resolutionflow.platform.redaction import visible

NO_KIND = "I cannot tell yet what kind of problem this is, so I start with what helps with any."
_MARKUP = re.compile(r"([\\`*_\[\]<>#!|~&])")


def one_line(text: str, limit: int = 160) -> str:
    """Without what a reader cannot see."""
    line = " ".join(visible(text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def plain(text: str, limit: int = 160) -> str:
    """One line of Markdown that shows as it was typed."""
    return _MARKUP.sub(r"\\\1", one_line(text, limit))


def lower_first(sentence: str) -> str:
    """For use within a sentence; abbreviations and names keep their capital."""
    return sentence if sentence[1:2].isupper() or sentence[:1] == sentence[:1].lower() else sentence[:1].lower() + sentence[1:]


def opening(about: str, causes: Sequence[Cause]) -> str:
    likely = " or ".join(lower_first(cause.title) for cause in causes[:2])
    return f"I take this for: **{about}**." + (f" Likeliest so far: {likely}." if likely else "")


def asking(count: int) -> str:
    return "One answer tells the causes apart:" if count == 1 else f"These {count} answers tell the causes apart:"


def proposing(cause: Cause, action: Do) -> str:
    reason = "to see whether it is" if action.only_looks else "because it may be"
    return f"Next, {reason}: {lower_first(cause.title)}."


def detail_of(cause: Cause, action: Do) -> str:
    lines = [action.where, f"**Mind:** {action.caution}" if action.caution else None, f"Why: {cause.because}"]
    return "\n\n".join(line for line in lines if line)


def worked(action: Do) -> str:
    return f"That fixed it: {lower_first(action.do)}. {action.confirm}"


def worked_unasked(what: str) -> str:
    return f"Marked as worked: {plain(what)}. If that solved it, let the person try once more, then resolve; if not, write so and I go on."


def how_to_tell(action: Do) -> str:
    return f"Not clear yet. {action.unclear} Then do it once more."


def given_up(action: Do) -> str:
    return f"Still not clear, so I leave that: {lower_first(action.do)}."


def found(action: Do) -> str:
    return f"So it is there: {lower_first(action.expected)}"


def failed(action: Do, ruled_out: Sequence[Cause]) -> str:
    if ruled_out:
        return f"That rules out: {'; '.join(lower_first(cause.title) for cause in ruled_out)}."
    return "Not that." if action.only_looks else "That was not it."


def waiting(tasks: Sequence[str]) -> str:
    first = plain(tasks[0])
    return f"I wait for: {first}" + (f" (and {len(tasks) - 1} more in the list)." if len(tasks) > 1 else ".")


def escalating(stop: Stop, missing: Sequence[str]) -> str:
    ask = f" Seniors usually ask for: {'; '.join(lower_first(each) for each in missing)}." if missing else ""
    return f"**Escalate now.** {stop.because}{ask}"


def resembling(cases: Sequence[SimilarCase]) -> str:
    """One sentence with what helped before; the reply's citations name the cases."""
    cures = [
        f"“{plain(case.worked[-1] if case.worked else case.resolution, 120)}”" + (" at the same client" if case.same_client else "")
        for case in cases
    ]
    head = "A resolved case looks" if len(cures) == 1 else f"{len(cures)} resolved cases look"
    return f"{head} alike. What helped there: {'; '.join(cures)}."
