# Everything a newcomer, a developer and CI run. `make help` lists it.
PY     ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
RUFF   := $(BIN)/ruff check --line-length 120 --target-version py311 --select E,F,W,I,B,UP,SIM,C4,RUF --ignore RUF001,RUF002,RUF003
SOURCE := indexer search_app tests

check: ## lint and type-check
	$(RUFF) $(SOURCE)
	$(BIN)/mypy
