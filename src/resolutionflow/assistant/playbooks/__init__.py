"""The built-in assistant: playbooks as data, how a kind is recognised, and the engine that follows a case."""
