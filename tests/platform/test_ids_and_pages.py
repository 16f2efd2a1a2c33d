from datetime import UTC, datetime
from itertools import pairwise
from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutionflow.platform.errors import Invalid
from resolutionflow.platform.http.pages import Mark
from resolutionflow.platform.ids import uuid7


def test_an_id_is_a_version_7_uuid() -> None:
    made = [uuid7() for _ in range(1_000)]
    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert len(set(made)) == len(made)


def test_ids_are_in_order_of_their_milliseconds() -> None:
    milliseconds = [uuid7().int >> 80 for _ in range(1_000)]
    assert all(earlier <= later for earlier, later in pairwise(milliseconds))


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_cursor_comes_back_as_it_was_given(at: datetime) -> None:
    mark = Mark(at, uuid7())
    assert Mark.decode(mark.encode()) == mark


@given(st.text(max_size=60))
def test_any_other_cursor_is_refused_in_words(cursor: str) -> None:
    with pytest.raises(Invalid, match="cursor"):
        Mark.decode(cursor)
