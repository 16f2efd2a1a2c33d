"""What we do not know, or what cannot be, stops the start with a sentence that names it."""

from pathlib import Path

import pytest

from resolutionflow.platform.settings import Settings, SettingsError, load

LONG = "x" * 40


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env of the machine."""
    monkeypatch.chdir(tmp_path)


def test_a_setting_we_do_not_know_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLUTIONFLOW_HEARTBEAT_SECOND", "5")
    with pytest.raises(SettingsError, match="RESOLUTIONFLOW_HEARTBEAT_SECOND is not a setting"):
        load()


def test_a_misspelt_line_of_the_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nexport RESOLUTIONFLOW_PORT=80\nOTHER=1\n")
    with pytest.raises(SettingsError, match="RESOLUTIONFLOW_PORT is not a setting"):
        load()


def test_the_env_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("RESOLUTIONFLOW_HEARTBEAT_SECONDS=7\nRESOLUTIONFLOW_STREAMS_PER_USER=9\n")
    monkeypatch.setenv("RESOLUTIONFLOW_HEARTBEAT_SECONDS", "1")
    settings = load()
    assert (settings.heartbeat_seconds, settings.streams_per_user) == (1, 9)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENV", "staging"),
        ("DATABASE_URL", "mysql://db"),
        ("DATABASE_OWNER_URL", "db"),
        ("PUBLIC_URL", "help.example.com"),
        ("HEARTBEAT_SECONDS", "0"),
        ("HEARTBEAT_SECONDS", "soon"),
        ("EVENT_BUS_URL", "kafka://bus"),
        ("REGISTRATION", "closed"),
        ("LOG_FORMAT", "xml"),
        ("REGISTRATIONS_PER_HOUR", "-1"),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"RESOLUTIONFLOW_{name}", value)
    with pytest.raises(SettingsError, match=f"RESOLUTIONFLOW_{name}") as told:
        load()
    assert "mysql" not in str(told.value)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PUBLIC_URL": "http://help.example.com"}, "PUBLIC_URL"),
        ({"FAILPOINTS": "before_commit=file"}, "FAILPOINTS"),
    ],
)
def test_production_refuses_what_is_only_for_development(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str | None], named: str
) -> None:
    good = {"ENV": "production", "SECRET_KEY": LONG, "PUBLIC_URL": "https://help.example.com"}
    for name, value in {**good, **changes}.items():
        if value is not None:
            monkeypatch.setenv(f"RESOLUTIONFLOW_{name}", value)
    with pytest.raises(SettingsError, match=named):
        load()


def test_production_on_loopback_may_be_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLUTIONFLOW_ENV", "production")
    monkeypatch.setenv("RESOLUTIONFLOW_SECRET_KEY", LONG)
    settings = load()
    assert (settings.registration_mode, settings.cookies_are_secure) == ("first", False)


def test_the_older_name_of_the_deadline_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATION_AI_ASSESSMENT_TIMEOUT_SECONDS", "12")
    assert load().ai_timeout_seconds == 12


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_database_url_is_taken_as_hosting_providers_write_it(scheme: str) -> None:
    assert Settings(_env_file=None, database_url=f"{scheme}://u:p@h/d").database_url == "postgresql+psycopg://u:p@h/d"


def test_the_signing_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    assert settings.signing_key() == settings.signing_key()
    assert len(settings.signing_key()) >= 32
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_secrets_do_not_show_in_the_settings_text() -> None:
    assert LONG not in repr(Settings(_env_file=None, secret_key=LONG))
