"""A supervision sheet: which matters get one, and what stands on it."""
