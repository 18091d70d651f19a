"""Numbered paragraphs with labels or brackets that say who is responsible."""
