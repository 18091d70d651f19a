"""The report of one unit: what is asked of it, what it promised, what it leads and helps with."""
