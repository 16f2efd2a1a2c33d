"""What can be decided about a session without the database."""
