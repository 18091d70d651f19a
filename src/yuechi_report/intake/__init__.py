"""Floor 2: forms out, workbooks in, the book of receipts, and its index."""
