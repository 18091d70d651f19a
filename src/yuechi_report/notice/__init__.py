"""Floor 2: a notice as received becomes a register, with findings for every structural doubt."""
