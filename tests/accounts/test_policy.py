import pytest

from resolutionflow.accounts import policy
from resolutionflow.accounts.errors import LastOwner, OwnersOnly
from resolutionflow.accounts.policy import Kind, Limit, Standing
from resolutionflow.platform.actor import Role
from resolutionflow.platform.errors import Invalid

OWNER, ADMIN, ENGINEER = Standing(Role.OWNER, True), Standing(Role.ADMIN, True), Standing(Role.ENGINEER, True)
IDLE_OWNER = Standing(Role.OWNER, False)
FIVE = Limit(Kind.FAILED_FOR_PERSON, "key", allowed=5, window=1800)


@pytest.mark.parametrize("password", ["password", "PassWord1", "12345678", "qwertyuiop", "Iloveyou"])
def test_a_common_password_is_refused_in_whatever_case(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        policy.must_be_uncommon(password)
    assert refused.value.members["errors"] == [{"loc": ["body", "password"], "msg": refused.value.detail}]


@pytest.mark.parametrize("password", ["blue kettle on the moon", "Zx9-kettle", "пароль-у-чайника", "x" * 128])
def test_a_password_of_ones_own_is_taken(password: str) -> None:
    policy.must_be_uncommon(password)


@pytest.mark.parametrize("before", [ENGINEER, ADMIN])
@pytest.mark.parametrize("after", [ENGINEER, ADMIN, Standing(Role.VIEWER, False), None])
def test_an_admin_changes_everybody_below_owner(before: Standing, after: Standing | None) -> None:
    policy.judge_change(by=Role.ADMIN, before=before, after=after, other_owners=1)


@pytest.mark.parametrize(("before", "after"), [(ENGINEER, OWNER), (OWNER, ADMIN), (OWNER, IDLE_OWNER), (OWNER, None), (IDLE_OWNER, None)])
def test_only_an_owner_makes_changes_or_removes_an_owner(before: Standing, after: Standing | None) -> None:
    with pytest.raises(OwnersOnly):
        policy.judge_change(by=Role.ADMIN, before=before, after=after, other_owners=1)
    policy.judge_change(by=Role.OWNER, before=before, after=after, other_owners=1)


@pytest.mark.parametrize("after", [ADMIN, IDLE_OWNER, None])
def test_the_last_active_owner_stays(after: Standing | None) -> None:
    with pytest.raises(LastOwner):
        policy.judge_change(by=Role.OWNER, before=OWNER, after=after, other_owners=0)


def test_an_idle_owner_may_go_while_another_holds_the_account() -> None:
    policy.judge_change(by=Role.OWNER, before=IDLE_OWNER, after=None, other_owners=1)


def test_an_admin_may_save_an_owner_unchanged() -> None:
    policy.judge_change(by=Role.ADMIN, before=OWNER, after=OWNER, other_owners=0)


def test_below_the_limit_nobody_waits() -> None:
    assert policy.wait_of([1.0, 2.0, 3.0, 4.0], FIVE) is None


def test_at_the_limit_one_waits_until_the_oldest_that_counts_leaves_the_window() -> None:
    assert policy.wait_of([10.0, 20.0, 30.0, 40.0, 1700.5], FIVE) == 100


def test_one_always_waits_a_second_at_least() -> None:
    assert policy.wait_of([0, 0, 0, 0, 1800.0], FIVE) == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a unix socket", "a unix socket"),
    ],
)
def test_a_whole_ipv6_network_counts_as_one_address(address: str, network: str) -> None:
    assert policy.network_of(address) == network


def test_what_is_kept_of_an_attempt_names_nobody_and_depends_on_the_secret() -> None:
    keys = {
        limit.key
        for secret in (b"one", b"two")
        for limit in policy.sign_in_limits(secret, email="Jane@Example.com ", address="203.0.113.9", failures_per_30_min=5)
    }
    assert len(keys) == 4
    assert not any("jane" in key or "203" in key for key in keys)


def test_an_address_may_fail_more_often_than_a_person() -> None:
    person, address = policy.sign_in_limits(b"s", email="jane@example.com", address="203.0.113.9", failures_per_30_min=5)
    assert (person.allowed, address.allowed) == (5, 100)


@pytest.mark.parametrize(
    ("seconds", "unused", "allowed"), [(0.2, True, True), (10.0, True, True), (10.1, True, False), (0.2, False, False)]
)
def test_a_used_refresh_token_serves_a_second_tab_only_at_once(seconds: float, unused: bool, allowed: bool) -> None:
    assert policy.may_use_again(seconds_since_use=seconds, successor_is_unused=unused) is allowed
