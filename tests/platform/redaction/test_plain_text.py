import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutionflow.platform.redaction import visible

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_nothing_is_left_that_cannot_be_seen_or_sent(text: str) -> None:
    seen = visible(text)
    seen.encode()
    assert not [char for char in seen if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n"]
    assert not set(seen) & set(
        map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF])
    )
    assert not any(0xE0000 <= ord(char) <= 0xE0FFF for char in seen)


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_letters_digits_signs_and_spaces_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("tab\tand\r\nline\rends\n", "tab\tand\nline\nends\n"),
        ("exe.\u202efdp\u202c", "exe.fdp"),
        ("re\u200bset\u2066", "reset"),
        ("hi\U000e0049\U000e0067nore", "hinore"),
        ("\x1b[31mred\x07\x00", "[31mred"),
        ("broken \ud83d", "broken \ufffd"),
    ],
)
def test_what_a_reader_does_not_see_is_gone(text: str, seen: str) -> None:
    assert visible(text) == seen
