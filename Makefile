# One command for each thing. Works with GNU Make 3.81, which macOS brings.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SERVE = --host $(HOST) --port $(PORT) $(if $(DATA_DIR),--data-dir "$(DATA_DIR)")
BOOTSTRAP = @$(PYTHON) tools/bootstrap.py
IN_WEB = cd web && PATH="$(CURDIR)/.venv/bin:$$PATH"

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix dev schema lock bench soak

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  run and dev take PORT=…, HOST=… and DATA_DIR=…"

setup: ## .venv with everything locked, and the web application built
	$(BOOTSTRAP)

run: ## set up where needed, then serve with demo data; prints the address and the sign-ins
	$(BOOTSTRAP)
	@exec .venv/bin/resolutionflow serve --demo $(SERVE)

test: ## everything a change must pass; ends with "N passed, N failed"
	$(BOOTSTRAP) python
	@.venv/bin/python tools/verify.py test

check: ## format, lint, types, import rules, locks, generated files
	$(BOOTSTRAP) python
	@.venv/bin/python tools/verify.py check

fix: ## format, and mend what the linters can mend
	$(BOOTSTRAP)
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@$(IN_WEB) npm run --silent lint -- --fix

dev: ## serve with reload on both sides; open the address that Vite prints
	$(BOOTSTRAP)
	@exec .venv/bin/python tools/dev.py $(SERVE)

schema: ## the API document and the web application's client from the code
	$(BOOTSTRAP)
	.venv/bin/resolutionflow openapi --out web/openapi.json
	$(IN_WEB) npm run --silent schema

lock: ## requirements.lock and tools/node.lock from what is asked for (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 tools/node.in -o tools/node.lock

bench: ## the benchmarks, each against its peer
	$(BOOTSTRAP)
	@.venv/bin/python -m bench

soak: ## the tests that race, kill and repeat, with the large profile
	$(BOOTSTRAP)
	@RF_PROFILE=soak .venv/bin/python -m pytest -n 2 --timeout=3600
