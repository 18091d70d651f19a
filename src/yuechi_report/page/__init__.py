"""Floor 1: what crosses from a notebook to a page, and how it looks and reads.

A notebook's calls return these objects; Jupyter shows their HTML or SVG, our exporters read their
JSON. Neither wing (report, render) knows the other: they meet in these types.
"""
