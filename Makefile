# Limitrophe. `make run` serves the atlas, `make test` tests it; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench messages lock screenshots publish clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; found $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing: on Debian or Ubuntu run 'apt-get install python3-venv'."; exit 1; }
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

publish: $(VENV)/.run ## write static/ (geometry, Leaflet) if it is not current
	@$(BIN)/python -m geo publish

run: publish ## set everything up and serve the atlas on localhost
	@$(BIN)/streamlit run app.py

check: $(VENV)/.dev ## style, types, data package, catalogues of messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m geo check
	$(BIN)/frictionless validate data/datapackage.json
	$(BIN)/python locale/complete.py

test: $(VENV)/.dev publish ## set up what the tests need and run them
	@BIN=$(BIN) sh tests/programs.sh chromium java nginx openssl
	$(BIN)/pytest -n 2

bench: $(VENV)/.dev publish ## measure speed and memory in a real browser
	@BIN=$(BIN) sh tests/programs.sh chromium java
	$(BIN)/python -m bench.uncertainty
	$(BIN)/python -m bench.many_ties
	$(BIN)/python -m bench.uploads
	$(BIN)/python -m bench.events
	$(BIN)/python -m bench.events --records 10 --only "ibis + DuckDB" "DuckDB SQL" polars
	$(BIN)/python -m bench.interaction
	$(BIN)/python -m bench.seminar

messages: $(VENV)/.dev ## collect new messages of the code into the catalogues
	$(BIN)/python locale/complete.py --collect

lock: ## pin the requirements anew (no index addresses)
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --extra dev --extra engines -c requirements.txt -o requirements-dev.txt pyproject.toml

screenshots: $(VENV)/.dev publish ## draw the pictures of docs/ from the running atlas
	@BIN=$(BIN) sh tests/programs.sh chromium
	$(BIN)/python -m docs.screenshots

clean: ## remove what the targets made
	rm -rf $(VENV) static/geometry static/leaflet static/manifest.json static/atlas-* static/first-* static/looks-*
