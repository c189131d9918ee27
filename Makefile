# Everything here works from a fresh clone with make and Python 3.11 to 3.13.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo check test axe pictures bench format pin clean

help:  ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*  ## /make \1: /p' Makefile | awk -F': ' '{printf "%-16s %s\n", $$1, $$2}'

setup: $(VENV)/.runtime  ## make .venv and install what the table needs

setup-dev: $(VENV)/.tools  ## the same, and the tools for developing it

run: setup  ## prepare the database, print the address and the accounts, and serve
	$(BIN)/python -m coalition serve

demo: setup  ## load the demonstration if there is no table yet
	$(BIN)/python -m coalition demo

CHECKED := tests/architecture $(wildcard tests/words) $(wildcard tests/store/test_migration*.py)

check: setup-dev  ## formatter, linter, types, import contracts, migrations, words
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 $(CHECKED)

test: export PYTHONDONTWRITEBYTECODE =  # a server that a test starts need not compile us again
test: setup-dev  ## all tests but those of check; what this machine lacks is skipped by name
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(CHECKED:%=--ignore=%)

axe: setup-dev  ## accessibility of every page in every theme and width
	$(BIN)/pytest -n 2 --dist loadgroup -m sweep tests/browser

pictures: setup-dev  ## every view of the board, light and dark, wide and narrow, to look at
	$(BIN)/python -m tests.browser.pictures

bench: setup-dev  ## speed at full size; also writes build/bench.json
	$(BIN)/python -m tests.bench

format: setup-dev  ## put the code in the house's layout
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pin:  ## work the pinned requirements out again, hashes and all (needs uv)
	$(foreach file,requirements requirements-dev,uv pip compile --quiet --universal \
	  --generate-hashes --no-annotate --python-version 3.11 \
	  --custom-compile-command "make pin" $(file).in --output-file $(file).txt &&) true

clean:  ## remove what setting up and testing made; the data stays
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.runtime: requirements.txt $(BIN)/python
	@echo "Installing the pinned dependencies; the first time takes a minute or two."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.tools: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing the development tools."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# The first Python in range that can make environments; a name that is only a shim is passed by.
$(BIN)/python:
	@for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3 python); do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	      >/dev/null 2>&1; then \
	    if $$python -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	      echo "Making $(VENV) with $$($$python --version)."; \
	      exec $$python -m venv --clear $(VENV); \
	    fi; \
	    bare=$$python; \
	  fi; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "$$bare cannot make virtual environments: install its venv package (Debian: python3-venv)." >&2; \
	else \
	  echo "Working Table needs Python 3.11, 3.12 or 3.13; none was found. Name one: make setup PYTHON=/path/to/python3.12" >&2; \
	fi; \
	exit 1
