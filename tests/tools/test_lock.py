import pytest

import lock

LOCK = """anyio==4.11.0 \\
    --hash=sha256:00
    # via fastapi
fastapi==0.165.0 \\
    --hash=sha256:11
    # via resolutionflow (pyproject.toml)
"""


@pytest.mark.parametrize(
    ("wanted", "sentences"),
    [
        (["fastapi>=0.165"], []),
        (["FastAPI>=0.170"], ["FastAPI>=0.170 is locked at 0.165.0."]),
        (["fastapi", "typer"], ["typer is not in the lock."]),
        ([], ["fastapi is locked for resolutionflow, which no longer asks for it."]),
    ],
)
def test_a_lock_that_disagrees_with_what_is_asked_is_told(wanted: list[str], sentences: list[str]) -> None:
    assert lock.disagreements(wanted, LOCK, origin="resolutionflow") == sentences
