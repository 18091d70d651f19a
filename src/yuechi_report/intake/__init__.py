"""Floor 2, in four steps, each importing only those before it: door, form, check, book."""
