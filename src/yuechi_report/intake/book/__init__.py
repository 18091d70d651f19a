"""The book: chain, seal and archive; which files count; the index of what they say."""
