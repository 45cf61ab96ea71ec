"""From YAML to a checked dataset: reading, validating, compiling, reformatting."""
