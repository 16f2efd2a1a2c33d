import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutionflow.platform.redaction import Hidden, Secret, redact, summary
from tests.platform.redaction.corpus import HALVES, lookalikes, planted
from tests.profiles import profile

LINES = [each.text for half in HALVES for each in planted(half)]
WORDS = sorted({word for line in [*LINES, *lookalikes("seen")] for word in re.findall(r"\s+|[^\s]+", line) if len(word) < 80})
JOINED = st.lists(
    st.sampled_from([*WORDS, "[hidden: password]", "[hidden: key]", ":", "=", " ", "\n", '"', "'", "is", "\u200b", "\x00", "\ud800"])
).map("".join)
ANY = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANY | JOINED)
@settings(max_examples=400, deadline=None)
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


@pytest.mark.parametrize("line", LINES)
def test_a_redacted_line_holds_no_more_secrets(line: str) -> None:
    assert redact(redact(line).text).hidden == ()


@given(ANY | JOINED)
@settings(max_examples=300, deadline=None)
def test_positions_are_in_order_apart_and_tell_the_result(text: str) -> None:
    redacted = redact(text)
    rebuilt, done = "", 0
    for each in redacted.hidden:
        assert done <= each.start < each.end <= len(text)
        rebuilt += text[done : each.start] + f"[hidden: {each.kind}]"
        done = each.end
    assert rebuilt + text[done:] == redacted.text


@given(ANY)
def test_text_without_secrets_comes_back_as_it_was(text: str) -> None:
    redacted = redact(text)
    assert redacted.hidden or redacted.text == text


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\U000e0041", "\ufe0f"])
def test_invisible_characters_do_not_break_a_secret_in_two(hidden: str) -> None:
    text = f"password: {hidden}Som{hidden}mer{hidden}2024! thanks"
    assert redact(text).text == f"password: {hidden}[hidden: password] thanks"
    assert redact(f"pass{hidden}word: Sommer2024!").hidden[0].kind is Secret.PASSWORD


def test_a_mark_somebody_typed_hides_nothing_of_what_follows() -> None:
    assert redact("password: [hidden: password] PIN: 4821").text == "password: [hidden: password] PIN: [hidden: password]"


@pytest.mark.parametrize(
    "said", ["temp pass {}", "Password (temporary) {}", "password (new): {}", "Pwd {} ok", "he set the pw to {}", "{} is his password"]
)
def test_a_password_is_known_however_it_is_said(said: str) -> None:
    assert redact(said.format("Abc12345!")).text == said.format("[hidden: password]")


def test_a_long_value_is_hidden_to_its_end() -> None:
    assert redact("password: " + "Ab1!" * 5_000 + " thanks").text == "password: [hidden: password] thanks"
    assert redact("api_key=" + "Ab12" * 5_000 + " thanks").text == "api_key=[hidden: key] thanks"


def test_a_connection_string_keeps_all_but_its_secret() -> None:
    text = "Server=sql01;Database=erp;User Id=sa;Password=Sql#Example9;Encrypt=True"
    assert redact(text).text == "Server=sql01;Database=erp;User Id=sa;Password=[hidden: password];Encrypt=True"


def test_a_card_with_a_wrong_check_digit_is_an_order_number() -> None:
    assert redact("4111 1111 1111 1111").hidden == (Hidden(Secret.CARD, 0, 19),)
    assert redact("4111 1111 1111 1112").hidden == ()


def test_letters_after_an_account_number_are_the_next_word() -> None:
    assert redact("DE89 3704 0044 0532 0130 00 WITH THANKS").text == "[hidden: bank account number] WITH THANKS"


def test_what_was_hidden_is_said_in_a_sentence() -> None:
    def of(*kinds: Secret) -> str | None:
        return summary([Hidden(kind, 0, 1) for kind in kinds])

    assert of() is None
    assert of(Secret.KEY) == "1 key"
    assert of(Secret.KEY, Secret.PASSWORD, Secret.KEY) == "1 password and 2 keys"
    assert of(Secret.CARD, Secret.CODE, Secret.PASSWORD) == "1 password, 1 one-time code and 1 card number"


HOSTILE = [
    "a",
    "0",
    " ",
    "=",
    "-",
    "M.",
    "a.",
    "a@",
    "AB12",
    "4111 ",
    "DE89 ",
    "123456-",
    "key=",
    "key=1\\",
    "password ",
    "password:",
    "password:$",
    "password: ",
    "password is '",
    'password:"',
    "password\n",
    "password for ",
    "-----BEGIN PRIVATE KEY-----",
    "PuTTY-User-Key-File-2:",
    "Private-Lines: 1 x",
    "eyJaaaaaaaaaa.",
    "://a:",
    "net use ",
    "net user a ",
    "7z -p ",
    "curl -u a:",
    "mysql -p",
    "backup codes a1b2 ",
    "login: a/",
    "x1x1x1x1 is ",
    "code ",
    "?sig=",
    "cookie:a=",
    "authorization: bearer ",
    "WIFI:",
    "PIN: 4821 ",
    "pw is x1x1x1 ",
    "[hidden: password]",
    "\u200b",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_text_made_to_be_slow_is_done(piece: str) -> None:
    """In quadratic time 50 kB of some take half a minute and the whole below very long: the runner's time limit tells."""
    assert redact(piece * (50_000 // len(piece))).text


def test_much_text_made_to_be_slow_is_done() -> None:
    assert redact("\n".join(piece * (profile.hostile_text // len(HOSTILE) // len(piece)) for piece in HOSTILE)).text
