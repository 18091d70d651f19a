"""Floor 3, the other wing: executed notebook → blocks → PDF and HTML, and the index pages."""
