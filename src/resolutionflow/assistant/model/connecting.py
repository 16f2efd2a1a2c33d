"""From settings to a model one can talk to. What is wrong with the settings is said at the start, in a sentence."""

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx2
from pydantic_ai.exceptions import UserError
from pydantic_ai.models import Model, infer_model
from pydantic_ai.providers import Provider, infer_provider_class

from resolutionflow.assistant.model.language_model import LanguageModel
from resolutionflow.assistant.model.transport import PAUSE_SECONDS, Watched
from resolutionflow.platform.settings import Settings, SettingsError

_ADDRESSES = {"anthropic": "https://api.anthropic.com", "openai": "https://api.openai.com/v1"}
"""Named here, so that no variable of the vendors' libraries can change where cases are sent."""
_CONNECT_SECONDS = 5.0


def connect(settings: Settings, *, deadline: float | None = None, pause: float = PAUSE_SECONDS) -> LanguageModel:
    """The assistant of `RESOLUTIONFLOW_AI_MODEL`. Nothing is dialled yet. Raises `SettingsError`."""
    kind, _, name = (settings.ai_model or "").partition(":")
    if not kind or not name:
        raise SettingsError("RESOLUTIONFLOW_AI_MODEL must look like provider:name, for example anthropic:claude-sonnet-5-5.")
    seconds = deadline or float(settings.ai_timeout_seconds)
    model = _model("openai" if kind == "openai-chat" else kind, name, settings, http=_client(seconds, pause))
    return LanguageModel(model, deadline=seconds)


def _model(kind: str, name: str, settings: Settings, *, http: httpx2.AsyncClient) -> Model:
    url = _address(settings) or _ADDRESSES.get(kind)
    key = settings.ai_api_key.get_secret_value() if settings.ai_api_key else None
    if key is None and settings.ai_base_url is None:
        raise SettingsError(f"RESOLUTIONFLOW_AI_API_KEY must be set for {kind}, or RESOLUTIONFLOW_AI_BASE_URL for a server of your own.")

    def provider(_: str) -> Provider[object]:
        made: Callable[..., Provider[object]] = infer_provider_class(kind)
        return made(api_key=key or "none", http_client=http, **({"base_url": url} if url else {}))

    try:
        return infer_model(f"{'openai-chat' if kind == 'openai' else kind}:{name}", provider_factory=provider)
    except (UserError, ValueError):
        raise SettingsError(f"RESOLUTIONFLOW_AI_MODEL names the provider {kind}, which is not known or lacks a setting.") from None
    except ImportError:
        raise SettingsError(f"RESOLUTIONFLOW_AI_MODEL names the provider {kind}, whose library is not installed.") from None
    except TypeError:
        raise SettingsError(
            f"RESOLUTIONFLOW_AI_BASE_URL cannot be set for {kind}. If it speaks OpenAI's protocol, write openai:{name}."
        ) from None


def _address(settings: Settings) -> str | None:
    if settings.ai_base_url is None:
        return None
    try:
        url = urlsplit(settings.ai_base_url)
        is_plain = url.scheme in ("http", "https") and url.hostname and url.port != 0 and "@" not in url.netloc
    except ValueError:
        is_plain = False
    if not is_plain or {"?", "#"} & {*settings.ai_base_url}:
        raise SettingsError(
            "RESOLUTIONFLOW_AI_BASE_URL must look like https://models.example.com/v1, without a name, password or parameters."
        )
    return settings.ai_base_url


def _client(deadline: float, pause: float) -> httpx2.AsyncClient:
    timeout = httpx2.Timeout(deadline, connect=min(_CONNECT_SECONDS, deadline))
    return httpx2.AsyncClient(transport=Watched(pause=pause), timeout=timeout, trust_env=False, follow_redirects=False)
