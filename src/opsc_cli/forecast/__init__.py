"""When the Committee will look at a report: its calendar, its queue, and what history says."""
