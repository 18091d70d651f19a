"""Floor 4: request → plan → execute → render → publish."""
