"""What was found: one line of the table each, ratios first."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Finding:
    what: str
    ours: Sequence[float]
    """One per round; less is better."""
    theirs: Sequence[float] = ()
    """Empty where the peer is not on this machine."""
    peer: str = "–"
    unit: str = "ms"
    goal: str = "–"

    @property
    def ratios(self) -> list[float]:
        """Within each round, since the machine is not the same in the next one."""
        return [mine / other for mine, other in zip(self.ours, self.theirs, strict=True)]

    def line(self) -> str:
        ratio = "–"
        if self.theirs:
            found = self.ratios
            ratio = f"**{median(found):.2f}×** ({min(found):.2f}–{max(found):.2f})"
        other = "–" if not self.theirs else f"{self.peer}: {_figure(self.theirs)} {self.unit}"
        return f"| {self.what} | {ratio} | {self.goal} | {_figure(self.ours)} {self.unit} | {other} |"


HEAD = "| | ratio to the peer, median (least–most of the rounds) | goal | ResolutionFlow | peer |\n|---|---|---|---|---|"


def table(findings: Sequence[Finding]) -> str:
    return "\n".join([HEAD, *(finding.line() for finding in findings)])


def _figure(values: Sequence[float]) -> str:
    value = median(values)
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
