"""Settings are environment variables `RESOLUTIONFLOW_…` and a `.env` file; what we do not know stops the start.

Durations are seconds. docs/running.md lists them all for operators.
"""

import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "RESOLUTIONFLOW_"
ALIASES = {"ESCALATION_AI_ASSESSMENT_TIMEOUT_SECONDS": "AI_TIMEOUT_SECONDS"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsError(RuntimeError):
    """A sentence that names the setting."""


def _postgres(url: str | None) -> str | None:
    """`postgres://` and `postgresql://` as hosting providers write them, with our driver named."""
    if url is None:
        return None
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise ValueError("must look like postgresql://user:password@host/database")
    return f"postgresql+psycopg://{rest}"


def _bus(url: str) -> str:
    if url != "postgres" and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must be postgres or redis://host:port")
    return url


def _public(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise ValueError("must look like https://help.example.com")
    return url.rstrip("/")


PostgresUrl = Annotated[str | None, AfterValidator(_postgres)]
Seconds = Annotated[int, Field(ge=0, le=86_400)]
Positive = Annotated[int, Field(ge=1, le=86_400)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    env: Environment = Environment.DEVELOPMENT
    database_url: PostgresUrl = None
    database_owner_url: PostgresUrl = None
    data_dir: Path = Path("data")
    public_url: Annotated[str, AfterValidator(_public)] = "http://127.0.0.1:8000"
    secret_key: SecretStr | None = None
    registration: Literal["open", "first", "invite"] | None = None
    event_bus_url: Annotated[str, AfterValidator(_bus)] = "postgres"
    ai_model: str | None = None
    ai_base_url: str | None = None
    ai_api_key: SecretStr | None = None
    ai_timeout_seconds: Positive = 30
    ai_tokens_per_day: Annotated[int, Field(ge=0)] = 2_000_000
    """Read and written by the model for one account in a day (UTC); 0 sets no limit."""
    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    mail_grace_seconds: Seconds = 60
    widen_after_seconds: Seconds = 300
    claim_lease_seconds: Seconds = 3600
    access_token_seconds: Positive = 900
    heartbeat_seconds: Positive = 25
    egress_allow: Annotated[tuple[str, ...], NoDecode] = ()
    login_failures_per_30_min: Positive = 5
    registrations_per_hour: Annotated[int, Field(ge=0)] = 20
    streams_per_user: Positive = 5
    streams_per_account: Positive = 500
    trusted_proxies: str = ""
    event_retention_days: Positive = 30
    log_format: Literal["json", "text"] | None = None
    failpoints: str = ""

    @property
    def is_production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def registration_mode(self) -> Literal["open", "first", "invite"]:
        return self.registration or ("first" if self.is_production else "open")

    @property
    def cookies_are_secure(self) -> bool:
        return self.public_url.startswith("https://")

    def signing_key(self) -> bytes:
        """The configured key, or one made once and kept in the data directory (0600)."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        kept = self.data_dir / "secret_key"
        if not kept.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = kept.with_name(f"secret_key.{os.getpid()}")
            new.touch(mode=0o600)
            new.write_text(secrets.token_urlsafe(48))
            try:
                os.link(new, kept)  # whoever is first keeps its key; a second process reads that one
            except FileExistsError:
                pass
            finally:
                new.unlink()
        return kept.read_text().strip().encode()


def _known() -> set[str]:
    return {f"{PREFIX}{name}".upper() for name in Settings.model_fields}


def _dotenv_names(path: Path) -> list[str]:
    if not path.is_file():
        return []
    lines = (line.strip().removeprefix("export ") for line in path.read_text().splitlines())
    return [line.partition("=")[0].strip() for line in lines if line and not line.startswith("#")]


def load(**overrides: object) -> Settings:
    """Read and judge the settings; raises `SettingsError` with a sentence that names what is wrong."""
    for old, new in ALIASES.items():
        if old in os.environ:
            overrides.setdefault(new.lower(), os.environ[old])
    names = [*os.environ, *_dotenv_names(Path(".env"))]
    unknown = sorted({name for name in names if name.upper().startswith(PREFIX)} - _known())
    if unknown:
        raise SettingsError(f"{unknown[0]} is not a setting. docs/running.md lists them; remove it or correct its name.")
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # values are judged by pydantic
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = f"{PREFIX}{'_'.join(str(part) for part in first['loc'][:1])}".upper()
        raise SettingsError(f"{name} is not valid: {first['msg'].removeprefix('Value error, ')}.") from None
    _judge(settings)
    return settings


def _judge(settings: Settings) -> None:
    if not settings.is_production:
        return
    if settings.secret_key is None:
        raise SettingsError("RESOLUTIONFLOW_SECRET_KEY must be set in production: a long random text, the same on every machine.")
    if len(settings.secret_key.get_secret_value()) < 32:
        raise SettingsError("RESOLUTIONFLOW_SECRET_KEY must have at least 32 characters.")
    if not settings.cookies_are_secure and urlsplit(settings.public_url).hostname not in LOOPBACK:
        raise SettingsError("RESOLUTIONFLOW_PUBLIC_URL must be https in production.")
    if settings.failpoints:
        raise SettingsError("RESOLUTIONFLOW_FAILPOINTS kills processes on purpose and is refused in production.")
