"""What can be decided about a handoff without the database."""
