"""One request to a model, and the text of its answer as it comes."""

from collections.abc import AsyncGenerator

from pydantic import BaseModel
from pydantic_ai.direct import model_request_stream
from pydantic_ai.messages import ModelRequest, ModelResponseStreamEvent, PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from resolutionflow.assistant.model.failures import TIMEOUT, failure_of, invalid
from resolutionflow.assistant.model.prompt import Prompt
from resolutionflow.assistant.model.transport import TooLarge

MOST_TOKENS = 8_000
"""Of an answer, with what a model thinks before it."""
LONGEST_ANSWER = 60_000
MOST_COUNTED = 1_000_000
"""What one answer may take from an account's day, whatever a server says it counted."""
_CHARACTERS_A_TOKEN = 4


class Exchange:
    """Asked once, whatever happens: what fails is repeated by people, or by a queue that waits in between."""

    def __init__(self, model: Model, prompt: Prompt, answer: type[BaseModel], *, deadline: float) -> None:
        self.text = ""
        self._model = model
        self._prompt = prompt
        self._answer = answer
        self._deadline = deadline
        self._response: StreamedResponse | None = None

    @property
    def tokens(self) -> int:
        """Read and written: what the server counted, or an estimate where it broke off or does not count."""
        counted = self._response.usage if self._response else RequestUsage()
        read = counted.input_tokens or (len(self._prompt.instructions) + len(self._prompt.text)) // _CHARACTERS_A_TOKEN
        is_whole = self._response is not None and self._response.finish_reason is not None
        written = counted.output_tokens if is_whole and counted.output_tokens else len(self.text) // _CHARACTERS_A_TOKEN
        return min(max(read, 0) + max(written, 0), MOST_COUNTED)

    async def pieces(self) -> AsyncGenerator[str, None]:
        """The pieces of `text`. Raises `AssistantFailure`."""
        try:
            async with model_request_stream(
                self._model,
                [ModelRequest.user_text_prompt(self._prompt.text, instructions=self._prompt.instructions)],
                model_settings=ModelSettings(max_tokens=MOST_TOKENS, max_retries=0, request_timeout=self._deadline),
                model_request_parameters=self._parameters(),
                instrument=False,
            ) as self._response:
                async for event in self._response:
                    if piece := _text_of(event):
                        self.text += piece
                        if len(self.text) > LONGEST_ANSWER:
                            raise TooLarge
                        yield piece
        except Exception as error:  # noqa: BLE001  # whatever a library of a vendor makes of whatever a server sends
            failure = failure_of(error, tokens=0)
            if self._response is not None or failure.code == TIMEOUT:
                failure.tokens = self.tokens
            raise failure from None
        if self._response.finish_reason == "length":
            raise invalid("The model's answer was longer than it may be and was cut off.", tokens=self.tokens)

    def _parameters(self) -> ModelRequestParameters:
        shape = OutputObjectDefinition(
            json_schema=self._answer.model_json_schema(mode="serialization"), name=self._answer.__name__.lower(), strict=True
        )
        knows_schemas = self._model.profile.get("supports_json_schema_output", False)
        return ModelRequestParameters(output_mode="native" if knows_schemas else "prompted", output_object=shape)


def _text_of(event: ModelResponseStreamEvent) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=text)):
            return text
        case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
            return text
        case _:
            return ""
