# nhip: `make demo` shows it, `make test` proves it. Both make what they need first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install browser demo test check bench generate clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## make the environment in .venv

demo: install ## run everything here, fed by a made-up province, and watch its KPIs
	@$(BIN)/nhip demo

browser: ## make sure of a Chromium for the board's tests
	@deploy/browser.sh

test: install browser ## run every test, on a real broker, store and browser
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile

check: install ## format, lint, types and imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/test_architecture.py
	@! grep -rnE '^(<<<<<<<|>>>>>>>) ' --include='*.md' --include='*.sql' --include='*.y*ml' docs deploy README.md

bench: install ## measure, and write docs/bench.md
	@$(BIN)/python -m tests.bench

generate: install ## write again what is derived from the declarations
	@$(BIN)/python -m deploy.generate

clean: ## remove what was made here: environment, caches and local data
	rm -rf $(VENV) .nhip .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info

# Again only when what is wanted has changed.
$(STAMP): pyproject.toml deploy/constraints.txt deploy/environment.sh
	@deploy/environment.sh $(PYTHON) $(VENV)
	@touch $@
