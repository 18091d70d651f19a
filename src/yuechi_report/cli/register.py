"""register: a notice → its register and findings."""
