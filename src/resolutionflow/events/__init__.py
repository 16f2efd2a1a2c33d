"""What happened: the log, the registry of reactions, the live hub and its stream."""
