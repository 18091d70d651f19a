"""Why a task has its status: the grounds, taken from the domain, and printed as lines, as JSON or in a fold-out."""
