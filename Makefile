# Every target sets up what it needs: on a fresh machine `make demo` is enough.

.DEFAULT_GOAL := help
.PHONY: setup peers demo serve durability load test bench campaign schemathesis lint format lock help clean

PY    := .venv/bin/python
BIN   := .venv/bin
CODE  := src tests $(wildcard benchmarks)
STAMP := .venv/.installed
LOCK  := requirements/dev.lock

setup: $(STAMP) ## make .venv with the pinned versions

$(STAMP): $(LOCK) requirements/install.sh
	@./requirements/install.sh $(LOCK)
	@touch $@

peers: $(STAMP) ## add the solvers that `tus bench` compares with
	@./requirements/install.sh requirements/peers.lock

demo: $(STAMP) ## plan a rural day into out/demo
	@$(BIN)/tus plan scenarios/cher_multidepot.json --out out/demo --time-limit 20
	@echo "Résultats : out/demo/map.html (carte), out/demo/sheets/ (feuilles de route), out/demo/plan.json"

serve: export TUS_DATA_DIR ?= out/serve
serve: $(STAMP) ## serve a demo association with a made-up week on this machine
	@test -f $(TUS_DATA_DIR)/secrets.toml || $(BIN)/tus init --demo
	@cat $(TUS_DATA_DIR)/demo.txt 2>/dev/null || true
	@$(BIN)/tus serve

# The ordered list of checks; the closing line of pytest comes last.
test: lint ## run every check
	@echo "— pytest"
	@$(PY) -m pytest --no-header -n 2 --dist worksteal

lint: $(STAMP) ## formatting, lint, types, layers, docstrings, generated pages
	@echo "— ruff format"
	@$(BIN)/ruff format --quiet --check --output-format concise $(CODE) || { echo "run: make format"; exit 1; }
	@echo "— ruff check"
	@$(BIN)/ruff check --quiet $(CODE)
	@echo "— mypy"
	@$(BIN)/mypy --no-error-summary $(CODE)
	@echo "— import contracts"
	@report=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$report"; exit 1; }
	@echo "— numpydoc"
	@find src -name '*.py' -exec $(BIN)/numpydoc lint {} +
	@echo "— generated pages"
	@$(BIN)/tus docs --check

format: $(STAMP) ## format, mend what can be mended, rewrite generated pages
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)
	@$(BIN)/tus docs

bench: $(STAMP) ## measure the hot paths and whole days, write docs/benchmarks.md
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 NUMBA_NUM_THREADS=1 \
		$(PY) -m pytest benchmarks/micro --benchmark-only
	@$(PY) -m benchmarks.plan_days
	@$(PY) -m benchmarks.page
	@$(PY) -m benchmarks.quotes

campaign: $(STAMP) ## the long random campaigns
	@$(PY) -m tests.campaign
	@$(PY) -m tests.durability.power_cuts

schemathesis: $(STAMP) ## draw 100 requests per operation of the API, for every role
	@$(PY) -m tests.api.fuzzing 100

durability: $(STAMP) ## kill the serving process 300 times while people book
	@$(PY) -m tests.durability.kills 300

load: $(STAMP) ## measure a hundred people on the server, write docs/load.md
	@$(PY) -m benchmarks.load

lock: ## resolve the pinned versions again; needs uv
	@uv pip compile pyproject.toml $(RESOLVE) --output-file requirements/runtime.lock
	@uv pip compile pyproject.toml $(RESOLVE) --extra cch --extra postgres --group dev \
		--constraints requirements/runtime.lock --output-file $(LOCK)
	@uv pip compile pyproject.toml $(RESOLVE) --extra peers \
		--constraints requirements/runtime.lock --output-file requirements/peers.lock

RESOLVE := --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

clean: ## remove the environment, caches and results
	@rm -rf .venv out build dist .benchmarks .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	@find src tests $(wildcard benchmarks) -name __pycache__ -type d -prune -exec rm -rf {} +
