# Everything a newcomer, a developer and CI run. `make help` lists it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
RUFF   := $(BIN)/ruff check --line-length 120 --target-version py311 \
          --select E,F,W,I,B,UP,SIM,C4,RUF --ignore RUF001,RUF002,RUF003
READY  := $(VENV)/.ready
TESTED := $(VENV)/.tested
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --durations 20

.PHONY: run setup index serve test test-long test-all test-cluster check quality bench docs messages help clean

run: index serve ## set up, index corpus/ and serve it on http://127.0.0.1:8000

setup: $(READY) ## make the virtual environment and install the product

$(READY): setup.cfg constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(TESTED): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,check,opensearch]'
	@touch $@

index: $(READY) ## bring the index up to date, rebuilding one that another version wrote
	$(BIN)/quocphong index --rebuild-outdated

serve: $(READY) ## serve the site
	$(BIN)/quocphong serve

test: $(TESTED) ## the tests that take minutes (no root, no network); names what was skipped and the 20 slowest
	$(PYTEST) -m "not long"

test-long: $(TESTED) ## of the long tests one share each, and more examples of the property tests, as CI runs them
	$(PYTEST) -m "long and not more"
	$(PYTEST) -m "hypothesis and not long" --hypothesis-profile thorough

test-all: $(TESTED) ## every test, the long ones too, and more examples of the property tests
	$(PYTEST) --hypothesis-profile thorough

test-cluster: $(TESTED) ## the tests on an OpenSearch cluster of three nodes, started for it (Maven, Java 17)
	$(BIN)/python -m tests.cluster

check: $(TESTED) ## lint and type-check
	$(RUFF) indexer search_app tests
	$(BIN)/ruff check --select D100,D101,D102,D103,D104 indexer search_app
	$(BIN)/mypy

quality: $(TESTED) ## quality floors on outside labelled data (QUOCPHONG_DATA=folder)
	$(BIN)/python -m tests.quality

bench: $(READY) ## benchmark on outside articles (QUOCPHONG_DATA=folder)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m tests.bench

docs: $(TESTED) ## write the generated pages of docs/
	$(BIN)/python -m tests.docs.write

messages: $(TESTED) ## bring the message catalogues of the site up to date and compile them
	$(BIN)/python -m tests.catalogues

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

clean: ## remove the virtual environment and the index
	rm -rf $(VENV) index
