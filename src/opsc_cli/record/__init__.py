"""The record: its types, the names of States, and what was known on a day."""
