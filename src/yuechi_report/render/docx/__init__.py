"""Executed notebook → a Word file: the only room that knows python-docx and its XML."""
