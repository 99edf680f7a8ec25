# Two commands are enough: « make run » and « make test » (see README.md).
PYTHON ?= python3

.PHONY: run test bench

run:
	@$(PYTHON) tools/dev.py run

test:
	@$(PYTHON) tools/dev.py test $(ARGS)

bench:
	@$(PYTHON) tools/dev.py bench $(ARGS)
