"""Who should hear of an escalation and what became of it, by which channel; the bell in the application."""
