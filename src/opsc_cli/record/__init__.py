"""What is on record, and when it was known."""
