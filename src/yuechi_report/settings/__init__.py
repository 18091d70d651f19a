"""Floor 1: the workspace and what its owner sets: suite, policy, units, run requests."""
