"""The answers of the commands: one module per command, with its name."""
