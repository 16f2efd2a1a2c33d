"""The assistant that is a language model, any `provider:name` pydantic-ai knows. Imported only where one is configured.

One request an answer, and one JSON object an answer: its schema goes along as the provider's structured output (Anthropic
`output_config.format`, OpenAI `response_format`), or in the instructions where a model has none. `message` is its first field, so
the engineer reads it while the rest is still being written; questions, the one action, the hint and the citations are delivered
when the object is whole and fits the schema. Both protocols stream such an object as plain text, and servers that know no tools
manage it too; a text beside a tool call would leave it to the model whether the call comes at all. There are no tools.

`prompt` says what is sent, `answers` what is made of what comes back, `transport` and `exchange` how much is waited for.
"""

from resolutionflow.assistant.model.connecting import connect

__all__ = ["connect"]
