# Two commands for a fresh machine with Python 3.11+, make and git: `make demo` and `make test`.
# Everything is created inside the checkout (.venv, .fengqiao), from hash-locked lists.

PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test check format browser benchmarks histories pictures clean

demo: .venv/.ready
	$(BIN)/fengqiao demo

test: .venv/.ready browser
	$(BIN)/pytest

check: .venv/.ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.ready
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

benchmarks: .venv/.ready
	$(BIN)/python -m benchmarks

# Histories and golden decisions of all scenarios, for the replay tests.
histories: .venv/.ready
	$(BIN)/python -m tests.workflows.record

# The pictures in the documents, drawn from the shipped procedures.
pictures: .venv/.ready
	$(BIN)/python -m tests.pictures

# The page tests want a real browser. Where it cannot be installed they say so, loudly.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium fonts-noto-cjk >/dev/null; } \
	  || echo "NOTE: no chromium here and it cannot be installed; the page tests will be skipped" >&2

.venv/.ready: pyproject.toml uv.lock requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fengqiao needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv sync --quiet --frozen --inexact --compile-bytecode --python $(BIN)/python
	touch $@

clean:
	rm -rf .venv .fengqiao .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
