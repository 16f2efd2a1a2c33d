"""Puts a table into docs/performance.md."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

_FILE = Path(__file__).parents[1] / "docs" / "performance.md"
_BEGIN, _END = "<!-- make bench: begin -->", "<!-- make bench: end -->"


def write(table: str, conditions: Sequence[str], *, began: datetime, load: tuple[str, str]) -> None:
    """Between the markers, with the command, the date and the machine."""
    before, _, rest = _FILE.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    measured = (
        f"`python -m bench --write` on {began:%Y-%m-%d %H:%M} UTC. {' '.join(conditions)} Load average {load[0]} before, {load[1]} after."
    )
    _FILE.write_text(f"{before}{_BEGIN}\n{measured}\n\n{table}\n{_END}{after}")
