"""What answers an engineer: the built-in playbooks, and a language model where one is configured. Reads no other feature's tables."""
