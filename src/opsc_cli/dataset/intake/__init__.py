"""Adds facts to the dataset, each with its source: from options or a table to edited YAML that passes every check.

    facts       the kinds of fact; table reads a file of them, template writes an example of each
    sources     the source of a fact: one on record, or a new one (source_ids)
    acts, reporting, deadlines, meetings   convert a fact to claims about records; reports finds the report
    claims      compare a claim with the record (comparing)
    changes     the resulting changes of the YAML (change), and where a contradiction is stored (disagreements)
    edit        changes the YAML and keeps comments and format
    gate        runs the checks on the changed State
    book, entry add the facts one by one, then run all checks

Nothing here writes a file.
"""
