"""The built-in assistant: playbooks as data (`data/KIND.toml`), how a kind is recognised, and the engine that follows a case through one."""
