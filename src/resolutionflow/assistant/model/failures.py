"""What can go wrong with a model, as codes and sentences. Nothing a server said gets into them: servers repeat keys and prompts."""

from collections.abc import Iterator

import structlog
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UnexpectedModelBehavior,
)

from resolutionflow.assistant.base import AssistantFailure
from resolutionflow.assistant.model.transport import Encoded, Silent, TooLarge

log = structlog.get_logger()

TIMEOUT = "model_timeout"
INVALID = "model_answer_invalid"
TOO_LARGE = "model_answer_too_large"
UNREACHABLE = "model_unreachable"

_BY_ERROR: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    ((TooLarge,), TOO_LARGE, "The model's answer was too long and was cut off."),
    ((Encoded,), INVALID, "The model's server compressed its answer although it was asked not to."),
    ((Silent, ModelRequestTimeout, ModelTimeoutError, TimeoutError), TIMEOUT, "The model took too long to answer."),
    (
        (ModelQuotaExceededError,),
        "model_rate_limited",
        "The quota or credit at the model's provider is used up: an administrator can renew it.",
    ),
    ((ModelRateLimitError,), "model_rate_limited", "The model's provider takes no more requests at the moment."),
    ((ModelUnavailableError,), "model_overloaded", "The model is overloaded at the moment."),
    (
        (ModelAuthenticationError,),
        "model_refused",
        "The model's provider refused the key: an administrator must check RESOLUTIONFLOW_AI_API_KEY.",
    ),
    (
        (ModelNotFoundError,),
        "model_failed",
        "The model was not found: an administrator must check RESOLUTIONFLOW_AI_MODEL and RESOLUTIONFLOW_AI_BASE_URL.",
    ),
    ((ModelContextWindowExceededError,), "model_failed", "The case is too long for this model."),
    ((ContentFilterError,), INVALID, "The model declined to answer."),
    ((ModelRequestRejectedError,), "model_failed", "The model's server did not accept the request."),
    ((ModelServerError,), "model_failed", "The model's server failed."),
    ((ModelConnectionError, OSError), UNREACHABLE, "The model could not be reached, or the connection to it broke off."),
    ((UnexpectedModelBehavior, ValueError), INVALID, "The model's answer could not be understood."),
)
_OTHERWISE = (
    "model_failed",
    "The model's server answered in an unexpected way: an administrator must check RESOLUTIONFLOW_AI_MODEL and RESOLUTIONFLOW_AI_BASE_URL.",
)


def failure_of(error: Exception, *, tokens: int) -> AssistantFailure:
    """The failure for whatever a provider's library raised; what is known best, however deep it was wrapped, wins."""
    chain = [*_causes(error)]
    found = ((code, detail) for kinds, code, detail in _BY_ERROR if any(isinstance(each, kinds) for each in chain))
    code, detail = next(found, _OTHERWISE)
    status = next((each.status_code for each in chain if isinstance(each, ModelHTTPError)), None)
    log.info("model_request_failed", code=code, error=type(chain[-1]).__name__, status=status)
    return AssistantFailure(code, detail, tokens=tokens)


def invalid(detail: str, *, tokens: int) -> AssistantFailure:
    return AssistantFailure(INVALID, detail, tokens=tokens)


def too_large(*, tokens: int) -> AssistantFailure:
    return AssistantFailure(TOO_LARGE, _BY_ERROR[0][2], tokens=tokens)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
