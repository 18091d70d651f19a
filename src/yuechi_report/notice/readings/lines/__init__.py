"""Flattened tables: one cell, or a line of one, after another."""
