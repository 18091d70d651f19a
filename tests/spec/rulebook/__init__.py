"""The rules as tables of cases: one sentence a rule, a situation and what is printed for it a case."""
