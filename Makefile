# Works with nothing but make and Python 3.11 or newer: .venv is made on first use from
# requirements.lock (pinned, with hashes), and again only when that file changes.

PYTHON ?= python3
NOTICE ?= data/notices/01-thong-bao-phien-hop-ubnd-tinh-2022.txt
SHARED ?= ../shared
ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := Scripts
else
BIN := bin
endif
VENV := .venv
PY := $(VENV)/$(BIN)/python
PIP_QUIET = install -qq --disable-pip-version-check --no-warn-script-location
PIP_INSTALL = -m pip $(PIP_QUIET)
BENCH_VENV := .venv-bench
UV ?= uv
LOCK_CMD = $(UV) pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-header --no-annotate --no-emit-index-url $(LOCK_ARGS)

.DEFAULT_GOAL := help
.PHONY: help run test lint format train evaluate bench notebook dist lock clean

help:  ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/.installed  ## Read a sample notice and list its tasks (NOTICE=file for another one)
	@$(VENV)/$(BIN)/congvan read "$(NOTICE)"
	@$(VENV)/$(BIN)/congvan tasks "$(NOTICE)"

test: $(VENV)/.installed  ## Run all tests (ARGS="-k name" for some; CONGVAN_THOROUGH=1 for more examples)
	@$(PY) -m pytest $(ARGS)

lint: $(VENV)/.installed  ## Check format, style and types; changes nothing
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

format: $(VENV)/.installed  ## Format the code and mend what ruff can mend
	$(PY) -m ruff check --fix --exit-zero .
	$(PY) -m ruff format .

train: $(VENV)/.installed  ## Make the models again from data/, and their cards (ARGS=--compare: try all ways)
	@$(VENV)/$(BIN)/congvan train --shared "$(SHARED)" $(ARGS)

evaluate: $(VENV)/.installed  ## Print the scores (SHARED=folder with gold/, corpora/, samples/; ARGS="--errors")
	@$(PY) -m congvan.evaluate --shared "$(SHARED)" --golden tests/golden $(ARGS)
	@$(PY) -m congvan.evaluate ner --shared "$(SHARED)"
	@$(PY) -m congvan.evaluate words --shared "$(SHARED)"

bench: $(VENV)/.installed $(BENCH_VENV)/.installed  ## Print speed and memory, beside eyecite on English text
	@$(PY) benchmarks/run.py --peer-python $(BENCH_VENV)/$(BIN)/python $(ARGS)

notebook: $(VENV)/.notebook  ## Open the notebooks in Jupyter
	$(PY) -m jupyter lab notebooks

dist: $(VENV)/.installed  ## Build the wheel and the source archive into dist/
	rm -rf dist build
	$(PY) -m build --no-isolation --outdir dist .

lock:  ## Pin the newest versions that pyproject.toml allows (needs uv; LOCK_ARGS=--upgrade)
	$(LOCK_CMD) pyproject.toml requirements.in --group test --group dev -o requirements.lock
	$(LOCK_CMD) pyproject.toml requirements.in --group test --group dev --extra notebook \
		-c requirements.lock -o requirements-notebook.lock
	$(LOCK_CMD) --group bench -o requirements-bench.lock

clean:  ## Remove what these commands made, .venv included
	rm -rf $(VENV) $(BENCH_VENV) dist build pipeline/congvan.egg-info \
		.pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: requirements.lock pyproject.toml
	$(call make_venv,$(VENV),requirements.lock)
	@$(PY) $(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements.lock
	@$(PY) $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.notebook: requirements-notebook.lock $(VENV)/.installed
	@$(PY) $(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements-notebook.lock
	@touch $@

$(BENCH_VENV)/.installed: requirements-bench.lock
	$(call make_venv,$(BENCH_VENV),requirements.lock)
	@$(BENCH_VENV)/$(BIN)/python $(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements-bench.lock
	@touch $@

# A virtual environment of its own: the system's Python may be externally managed (PEP 668).
# Debian and Ubuntu keep the first way in the package python3-venv; the second way needs only
# the system's pip. Either way the lock brings a pip of its own.
define make_venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "congvan needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(1)/$(BIN)/python && $(1)/$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
		echo "Setting up $(1), once ..." >&2; rm -rf $(1); \
		$(PYTHON) -m venv $(1) >/dev/null 2>&1 || \
		{ rm -rf $(1) && $(PYTHON) -m venv --without-pip $(1) && \
			grep -A99 '^pip==' $(2) | awk 'NR > 1 && /^[a-z]/ {exit} {print}' >$(1)/pip.lock && \
			$(PYTHON) -m pip --python $(1)/$(BIN)/python $(PIP_QUIET) --require-hashes -r $(1)/pip.lock; \
		} || { rm -rf $(1); echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; }
endef
