from uuid import UUID

from resolutionflow.platform.errors import Conflict, Problem


class NotHolder(Conflict):
    code = "not_holder"

    def __init__(self, detail: str = "Only the person working on this session can do that.") -> None:
        super().__init__(detail)


class NotActive(Conflict):
    code = "not_active"


class InProgress(Conflict):
    code = "in_progress"

    def __init__(self) -> None:
        super().__init__("The assistant is still replying. Wait for the reply, or stop it first.")


class ReplyFailed(Problem):
    """The message is saved, the reply could not be had. `code` is the assistant's own."""

    status, title = 503, "The assistant could not reply"

    def __init__(self, *, code: str, detail: str, retryable: bool, turn_id: UUID) -> None:
        super().__init__(detail, headers={"Retry-After": "1"} if retryable else {}, retryable=retryable, turn_id=str(turn_id))
        self.code = code  # type: ignore[misc]  # one class for all that an assistant may fail with
