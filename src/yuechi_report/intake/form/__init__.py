"""Writes forms (XlsxWriter): every text as text, never as a formula; equal input gives equal bytes."""
