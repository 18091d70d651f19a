"""Floor 3, the common cellar of both wings: a Scope is all that one report may see."""
