from resolutionflow.platform.errors import Conflict, Problem


class NotHolder(Conflict):
    code = "not_holder"

    def __init__(self, detail: str = "Only the person working on this session can do that.") -> None:
        super().__init__(detail)


class NotActive(Conflict):
    code = "not_active"


class AssistantUnavailable(Problem):
    status, code, title = 501, "assistant_unavailable", "Not available"

    def __init__(self) -> None:
        super().__init__("There is no assistant in this version yet. Write down what you try as steps.")
