"""Session documentation in Markdown, from the ledger alone (R-D1): the same ledger always gives the same text."""

from resolutionflow.sessions.policy.ledger import Ledger
from resolutionflow.sessions.schemas import SessionSummary, Tried

_MARKS = {"worked": "Worked", "failed": "Failed", "inconclusive": "Inconclusive", "skipped": "Skipped"}


def title_from(problem: str, ticket: str | None) -> str:
    """A title out of the first sentence, at most 80 characters, cut at a word."""
    first = problem.strip().splitlines()[0] if problem.strip() else ""
    for end in (". ", "? ", "! "):
        first = first.partition(end)[0]
    first = first.rstrip(".")
    if not first:
        return f"Ticket #{(ticket or '').lstrip('#')}"
    return clip(first, 80)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word boundary, with an ellipsis where something is missing."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{(head if space else cut).rstrip(' ,.;:')}…"


def write(session: SessionSummary, ledger: Ledger, *, heading: str, outcome: list[str], next_steps: list[str]) -> str:
    parts = [f"# {_plain(heading)}: {_plain(session.title)}", "", *_problem(session), "", "## What was tried", "", *_tried(ledger.tried)]
    if ledger.facts:
        parts += ["", "## Facts", "", *(f"- {_plain(fact.name)}: {_plain(fact.value)}" for fact in ledger.facts)]
    parts += ["", "## Outcome", "", *(_plain(line) for line in outcome)]
    if next_steps:
        parts += ["", "## Next steps", "", *(f"- {_plain(line)}" for line in next_steps)]
    return "\n".join(parts) + "\n"


def _problem(session: SessionSummary) -> list[str]:
    contact = session.contact
    about = {
        "Client": session.client_name,
        "Contact": " · ".join(part for part in (contact.name, contact.phone, contact.email) if part) if contact else None,
        "Device": session.device,
        "Ticket": f"#{session.psa_ticket_id.lstrip('#')}" if session.psa_ticket_id else None,
        "Priority": session.priority,
        "Affects": session.affects,
        "Engineer": session.user_name,
    }
    return [
        "## Problem",
        "",
        _plain(session.problem_summary or session.title),
        "",
        *(f"- {name}: {_plain(text)}" for name, text in about.items() if text),
    ]


def _tried(rows: list[Tried]) -> list[str]:
    if not rows:
        return ["Nothing was recorded as tried."]
    return [line for number, row in enumerate(rows, start=1) for line in _row(number, row)]


def _row(number: int, row: Tried) -> list[str]:
    target = f" on {_plain(row.target)}" if row.target else ""
    by = f" ({_plain(row.author_name)}, {row.at:%Y-%m-%d %H:%M} UTC)" if row.author_name else ""
    lines = [f"{number}. **{_MARKS[row.outcome]}**: {_plain(row.what)}{target}{by}"]
    if row.expected:
        lines.append(f"   - Expected: {_plain(row.expected)}")
    if row.command:
        lines.append(f"   - Command: {_code(row.command)}")
    if row.observed and row.observed.strip():
        lines.append(f"   - Observed: {_plain(row.observed)}")
    return lines


def _plain(text: str) -> str:
    """One line in which what people typed cannot become markup, a link or an image."""
    line = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_[]<>#!|" else char for char in line)


def _code(text: str) -> str:
    line = " ".join(text.split())
    fence = "``" if "`" in line else "`"
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}"
