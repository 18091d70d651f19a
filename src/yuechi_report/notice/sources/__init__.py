"""Files of every form that an office sends → documents of atoms; what cannot be read is refused by name."""
