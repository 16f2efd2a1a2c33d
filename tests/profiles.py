"""The counts of tests/profile.toml, by name."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Profile:
    claim_burst: int
    claim_rounds: int
    claim_claimers: int
    event_writers: int
    events: int
    hypothesis_examples: int
    hypothesis_steps: int
    race_rounds: int
    kills: int
    cancelled_requests: int
    streams: int
    bad_inputs: int
    hostile_text: int


def load(name: str | None = None) -> Profile:
    """The named profile, else RF_PROFILE's, else quick."""
    tables = tomllib.loads(Path(__file__).with_name("profile.toml").read_text())
    return Profile(**tables[name or os.environ.get("RF_PROFILE", "quick")])


profile = load()
