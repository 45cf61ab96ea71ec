"""The questions that can be asked: one module each, named as its command."""
