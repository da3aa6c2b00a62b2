# sohoa: `make run` and `make test` set everything up by themselves; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := $(CURDIR)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-bench run test lint types format lock bench bench-accuracy bench-papers \
        bench-speed bench-flood fuzz models docs clean cluster chaos

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

setup: $(VENV)/.runtime ## Install what the product needs; runs nothing

setup-test: $(VENV)/.dev
	@setup/judges

setup-bench: $(VENV)/.bench

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml setup/system-packages
	@setup/system-packages run
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --require-hashes -r requirements/runtime.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation --no-index --config-settings editable_mode=compat -e .
	@$(BIN)/python -m setup.check_runtime
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@setup/system-packages test
	@$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@$(BIN)/pip install -q --require-hashes -r requirements/bench.txt
	@touch $@

run: setup ## Set up, send in invented sample dossiers, show what was read, keep serving
	@$(BIN)/python -m bench.demo

test: setup-test lint types ## Set up and run every check and test
	@$(BIN)/python -m pytest

lint: setup-test ## Style
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: setup-test ## Types, strict
	@$(BIN)/mypy .

format: setup-test ## Format the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: setup-bench ## Accuracy, types, fields and speed beside Tesseract and OCRmyPDF, a quick table
	@$(BIN)/python -m bench

bench-accuracy: setup-bench ## Character errors by kind of page, beside the peers
	@$(BIN)/python -m bench.accuracy

bench-papers: setup-bench ## Types and fields, with a confusion matrix
	@$(BIN)/python -m bench.papers

bench-speed: setup-bench ## Pages a minute and memory, beside OCRmyPDF
	@$(BIN)/python -m bench.speed

bench-flood: setup-bench ## What other users wait while 48 hostile files come in at once
	@$(BIN)/python -m bench.flood

bench-signing: setup-bench ## Signatures a second, milliseconds and bytes of each level
	@$(BIN)/python -m bench.signing

fuzz: setup-bench ## Broken files by the thousand through the isolated path (FUZZ="--seconds 300 --seed 1")
	@$(BIN)/python -m bench.fuzzing $(FUZZ)

cluster: setup-test ## PostgreSQL, RabbitMQ, S3, API and two workers as processes of this machine, until stopped
	@$(BIN)/python -m bench.cluster

chaos: setup-test ## Kill every part of that set at random while dossiers come in; nothing may be lost or doubled
	@$(BIN)/python -m bench.chaos

lock: ## Lock the dependencies again, with hashes (needs uv)
	@for n in runtime dev bench; do uv pip compile --quiet --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links requirements/$$n.in -o requirements/$$n.txt || exit 1; done

docs: setup ## Make the pages of docs/ that are tables of the code
	@$(BIN)/python -m setup.make_docs
	@$(BIN)/python -m api.openapi

clean: ## Remove what was made here, the data folder included
	rm -rf $(VENV) var out build .mypy_cache .ruff_cache
