"""What comes from outside: which kind of file it is, what is in it, what must not be kept."""
