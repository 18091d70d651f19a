"""The county report, in both editions: page one, the sections, the annexes."""
