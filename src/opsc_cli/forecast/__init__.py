"""When the Committee will look at a report: its calendar, its queue, and the record of past reviews."""
