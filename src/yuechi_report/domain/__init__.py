"""Floor 0: what a task, a deadline, a submission and a status are. Standard library only."""
