"""Facts into the dataset, each with its source: from words to edited YAML that the whole gate has passed.

    facts       which facts there are; table reads many, template shows one of each
    sources     the source that a fact names: one on record, or a new one (source_ids)
    acts, reporting, deadlines, meetings   what a fact claims of which records; reports: which report is meant
    claims      a claim beside what is on record (comparing)
    changes     what of it changes the YAML (change), and where a contradiction goes (disagreements)
    edit        the change of the YAML, comments and layout kept
    gate        what is against a State with it
    book, entry one fact after the other; all of them, and the whole gate at the end

Nothing here writes a file.
"""
