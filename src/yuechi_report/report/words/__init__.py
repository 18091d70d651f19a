"""The sentences of readers: small grammar, what fits on a line, days, and the words of each status."""
