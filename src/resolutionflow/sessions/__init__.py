"""FlowPilot sessions: the work on one ticket, its steps, the ledger they add up to, and its documents."""
