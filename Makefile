# Everything runs in .venv, which makes itself when it is missing or older than its pins.
READY := .venv/.ready
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check lint slow bench-logo requirements clean

help: ## show these lines
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "make %-13s %s\n", $$1, $$2}'

demo: $(READY) ## audit 2,500 made-up accounts on a local simulator and write the reports to out/demo
	@$(BIN)/herkenbaar demo --accounts 2500 --out out/demo

test: $(READY) ## run the tests, except the slow proofs
	@sh .ci/browser.sh
	@$(BIN)/python -m pytest -m 'not slow'

check: lint test ## all that must pass before a change goes in: format, ruff, mypy, tests

lint: $(READY) ## format, ruff and mypy only
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

slow: $(READY) ## run the slow proofs
	@sh .ci/browser.sh
	@$(BIN)/python -m pytest -m slow || [ $$? -eq 5 ] # 5: nothing bears that mark

bench-logo: $(READY) ## measure the image check; a sheet of its errors comes in out/bench-logo
	@$(BIN)/python -m tests.audits.logo.bench

requirements: ## pin .ci/requirements.txt again from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes --no-annotate --no-header --quiet --output-file .ci/requirements.txt

clean: ## remove what was made here: .venv, out, caches, builds
	rm -rf .venv out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): .ci/requirements.txt .ci/setup.sh pyproject.toml
	@sh .ci/setup.sh
