"""YAML and the checked dataset: reading, validating, compiling, laying out."""
