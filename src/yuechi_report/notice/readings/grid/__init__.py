"""Tables that are still tables: rows, columns, merged cells."""
