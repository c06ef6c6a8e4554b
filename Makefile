# `make` alone says what there is.
#
# Everything is installed into .venv/ and written into .data/; delete either to start anew.

.DEFAULT_GOAL := help
SHELL := /bin/bash

PORT ?= 8000
# Where pip finds torch besides its usual index, say for the small CPU build (see the README).
TORCH_INDEX ?=
# The Python that .venv/ is made of: the first of these that is 3.11 or newer.
PYTHON ?=

export PORT
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INDEX := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))

# The time of a step: $(call timed,what,command)
define timed
@began=$$SECONDS; echo "--- $(1)"; { $(2); } && echo "    $$((SECONDS - began)) s"
endef

.PHONY: help demo test bench lint messages install install-dev clean

help:  ## Show this help
	@echo "Vitrine: a Django shop with visual search"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22
	@echo
	@echo "  PORT=8000             where make demo listens (on 127.0.0.1)"
	@echo "  TORCH_INDEX=URL       another package index for torch, e.g. of its CPU build"
	@echo "  PYTHON=python3.12     the Python to make .venv/ of (3.11 or newer)"

demo: install  ## Set up all that is missing and run the demo shop until Ctrl-C
	@exec $(BIN)/python -m shop.demo

test: install-dev  ## Lint, check types and run every test, in a real browser too
	$(call timed,browser,.ci/browser)
	@$(MAKE) --no-print-directory lint
	$(call timed,migrations,$(BIN)/python manage.py makemigrations --check --dry-run)
	$(call timed,tests,VITRINE_CHROMIUM="$$(.ci/browser)" $(BIN)/python -m tests.parts)

# mypy's plugin loads the settings, which want an address, and connects to none.
lint: install-dev  ## ruff and mypy
	$(call timed,ruff,$(BIN)/ruff check . && $(BIN)/ruff format --check .)
	$(call timed,mypy,DATABASE_URL=postgres://none REDIS_URL=redis://none SECRET_KEY=none $(BIN)/mypy)

messages: install  ## Bring the translations up to date with the texts (docs/translations.md)
	@$(BIN)/python -m shop.translations $(LANGUAGES)

bench: install  ## Run the benchmarks (python -m benchmarks --list names them)
	@exec $(BIN)/python -m benchmarks

install: $(VENV)/installed  ## Make .venv/ with what the shop needs

install-dev: $(VENV)/installed-dev  ## ... and what its tests need

clean:  ## Delete what tools cache (neither .venv/ nor .data/)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# Stamps: pip runs again only when the requirements changed, or when it was interrupted.
$(VENV)/installed: requirements.txt | $(VENV)/bin/pip
	@echo "--- installing the requirements (the first time takes minutes)"
	@began=$$SECONDS; $(PIP) install $(INDEX) -r requirements.txt && echo "    $$((SECONDS - began)) s"
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "--- installing the requirements of the tests"
	@began=$$SECONDS; $(PIP) install $(INDEX) -r requirements-dev.txt && echo "    $$((SECONDS - began)) s"
	@touch $@

# bin/pip comes last when a virtual environment is made: without it there is none, or half of one.
$(VENV)/bin/pip:
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3 python; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "--- making $(VENV)/ with $$($$python --version)"; \
			$$python -m venv --clear $(VENV) && exit 0; \
			echo "$$python cannot make virtual environments; on Debian: apt install python3-venv" >&2; \
			rm -rf $(VENV); exit 1; \
		fi; \
	done; \
	echo "Vitrine needs Python 3.11 or newer, and found none: install one, or name it with PYTHON=" >&2; \
	exit 1
