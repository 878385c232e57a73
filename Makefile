# `make test` and `make demo` need nothing but Python 3.11+ and this folder: they make .venv themselves.
# Another interpreter: make test PYTHON=python3.12
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Hundreds of programs start in the tests: each compiles what it imports, unless an earlier one could keep it.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test soak sabotage run check lint bench format clean

help:  ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

demo: $(STAMP) system  ## A whole dealership in the browser, without Telegram
	$(BIN)/python -m dealer_bot demo

# Most tests wait more than they work: eleven at a time keep two cores busy.
test: lint system  ## Format, lint, types, tests
	@sh scripts/run_tests.sh $(BIN)/python -m alone $$(grep -rl "mark\.alone" tests --include="test_*.py")
	@IN_MEMORY=1 sh scripts/run_tests.sh $(BIN)/python -n 11 --dist worksteal -m "not alone"

soak: $(STAMP) system  ## The same tests at full length: hours; before a release
	SOAK=1 $(BIN)/python -m pytest -n 4 --dist worksteal -m "not alone" --durations=30
	SOAK=1 $(BIN)/python -m pytest -m alone

sabotage: $(STAMP)  ## Plants bugs, each of which a test must find; minutes
	$(BIN)/python -m tests.sabotage

run: $(STAMP) system  ## The bot itself; BOT_TOKEN in the environment or in .env
	$(BIN)/python -m dealer_bot run

check: $(STAMP)  ## What is missing on this machine, and how to get it
	$(BIN)/python -m dealer_bot check

lint: $(STAMP)  ## Format, lint and types alone
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP)  ## The measurements, one after the other
	@set -e; for file in $$(grep -l __main__ benchmarks/*.py); do \
		name=$$(basename $$file .py); echo "== $$name"; $(BIN)/python -m benchmarks.$$name; \
	done
	@echo "== recognition, a few pictures of 200"; $(BIN)/python -m benchmarks.recognition --pictures 20 --lists

format: $(STAMP)  ## Puts the code into the common form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## Removes .venv and caches; the database and the store stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.txt requirements-dev.txt scripts/make_venv.sh
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/make_venv.sh
	@touch $(STAMP)

.PHONY: system
system:
	@sh scripts/system_packages.sh
