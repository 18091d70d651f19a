"""Readings: what a document may be as a list; the one that explains most of it is taken."""
