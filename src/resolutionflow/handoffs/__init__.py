"""Escalate, park, claim, release, hand back, withdraw; the snapshot and the queue."""
