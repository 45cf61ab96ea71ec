"""The treaties and the Committee's practice, in the order of the articles."""
