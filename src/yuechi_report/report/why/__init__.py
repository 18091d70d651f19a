"""Why a task has its status: the grounds, collected from the domain, and told in lines."""
