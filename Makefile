# `make` alone shows the menu. Needs make and Python 3.11 or newer, nothing else.

VENV := .venv
BIN := $(VENV)/bin
# The first interpreter that is new enough; override with `make PYTHON=...`. That of the
# system comes first: it is built with profiles, and one built by hand often is not.
PYTHON ?= $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 \
	python3.11; do $$p -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && { echo $$p; break; }; done)

# Demo and tests start many processes: compiled files are kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
PIP := $(BIN)/python -m pip -qq # errors only: what a machine lacks is its own affair
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help demo demo-federated test check bench docs screenshots lock clean

help: ## show this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp ## start everything on this machine, with made-up agencies and officers
	@$(BIN)/estafette demo up

demo-federated: $(VENV)/run.stamp ## the same, with a process of its own for each agency's keys
	@$(BIN)/estafette demo up --federated

# One process more than cores, since tests wait; in the order of tests/pieces/turns.py.
test: check ## everything that must hold before a change goes in
	@sh tests/install-packages.sh
	@sh tests/install-node.sh $(CURDIR)/$(VENV)
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/dev.stamp ## format, lint, types and layers, without running anything
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/dev.stamp ## measure ratios on this machine
	@$(BIN)/python -m bench

docs: $(VENV)/dev.stamp ## write references and the list of words anew, from the program
	@$(BIN)/python -m tests.cli_reference
	@$(BIN)/python -m tests.events_reference
	@$(BIN)/python -m tests.api_reference
	@$(BIN)/python -m tests.catalogues

screenshots: $(VENV)/dev.stamp ## take pictures of the pages anew, with Chromium
	@$(BIN)/python -m tests.screenshots

lock: $(VENV)/dev.stamp ## resolve all dependencies anew, with hashes
	@$(COMPILE) pyproject.toml --extra embedded --group build -o requirements/run.txt
	@$(COMPILE) pyproject.toml --extra embedded --extra hsm --group build --group dev \
		-c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) pyproject.toml --extra hsm \
		-c requirements/run.txt -o requirements/production.txt
	@$(COMPILE) --group build -c requirements/run.txt -o requirements/build.txt

clean: ## remove what was made here; the demo's data stay where they are
	@rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Versions of dev.txt are those of run.txt and more, so the second may follow the first.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing what the demo needs ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run.stamp

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer found"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "python's venv module is missing (on Debian: python3-venv)"; exit 1; }
