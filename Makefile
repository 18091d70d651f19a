# Every job is run.py's; make only names them. `make report QUARTER=2025Q1` makes another quarter.
PYTHON ?= python3
JOBS := setup report test check prove lab notebooks example docs samples bench clean

.PHONY: $(JOBS)
.DEFAULT_GOAL := report

$(JOBS):
	@QUARTER="$(QUARTER)" $(PYTHON) run.py $@
