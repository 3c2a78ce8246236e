# Two commands matter: `make demo` and `make test`. Each sets up all it needs, from Python, make and the package
# registries alone: no tool on the PATH but the system's own is used, so that none can hide a missing step.

UV := .cache/tools/bin/uv
RUN := $(UV) run --frozen --no-sync
SETUP := .venv/.set-up
FORMATTED := src tests bench docs hatch_build.py
# Twice as many as two cores: half of the tests wait, for processes that start and for time to pass.
TESTS := pytest -n 4 --dist worksteal --durations=10
# Tests in the code's own process.
UNITS := tests/unit tests/wire
# With those of units, the tests of `make soak`, which `make test SOAKED=yes` does not run again.
RACES := tests/races tests/journeys/test_bad_input_fuzz.py
SOAK := tests/soak
SCALE := full
ROUNDS := full

.PHONY: help demo test for-units coverage check lint-elements soak smoke bench docs gallery template-pictures format setup chromium notebook-environment formats-environment clean

help:
	@echo "make demo      a review from end to end on this machine: model, doubt, person, answer"
	@echo "make test      set up and run all tests"
	@echo "make coverage  run the tests of units, and say which lines none of them reaches"
	@echo "make check     format, lint, types, imports, documentation"
	@echo "make soak      races, fuzz, kills, outages and crowds at length: an hour (SCALE=test: minutes)"
	@echo "make smoke     build the wheel, install it alone, and try what was installed"
	@echo "make bench     measure, each figure against a yardstick in the same run (ROUNDS=tiny: only prove that it runs)"
	@echo "make docs      write the generated pages of docs/ anew"
	@echo "make gallery   write every element live to dist/gallery, for any web server"
	@echo "make template-pictures  take the pictures of examples/templates anew"
	@echo "make format    let the formatter decide"
	@echo "make clean     remove all that was built or fetched"

demo: setup
	$(RUN) secondlook demo

test: for-units chromium tests/browser/firefox/node_modules notebook-environment formats-environment
	$(if $(SOAKED),,$(RUN) $(TESTS) $(UNITS))
	$(RUN) $(TESTS) $(patsubst %,--ignore=%,$(UNITS) $(if $(SOAKED),$(RACES) $(SOAK)))

# The floor is `fail_under` in pyproject.toml. Being watched takes these tests half as much time again, so `make test` does without.
coverage: for-units
	$(RUN) $(TESTS) --cov --cov-report=term $(UNITS)

for-units: setup elements/node_modules tests/clients/javascript/node_modules
	$(RUN) python -m tests.wire.vectors

check: setup lint-elements
	$(RUN) ruff format --check $(FORMATTED)
	$(RUN) ruff check
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) python docs/generate.py --check

lint-elements: elements/node_modules
	cd elements && PATH="$(CURDIR)/.venv/bin:$$PATH" npm run --silent lint

# At full scale crowds, kills and outages come one at a time, so that their figures mean something.
soak: setup
	$(RUN) $(TESTS) --scale $(SCALE) $(RACES) $(if $(filter-out full,$(SCALE)),$(SOAK))
	$(if $(filter full,$(SCALE)),$(RUN) pytest --scale full --durations=10 $(SOAK))
	$(MAKE) coverage

smoke: setup
	rm -rf dist/smoke
	$(UV) build --quiet --wheel --out-dir dist/smoke
	$(UV) venv --quiet dist/smoke/environment
	$(UV) pip install --quiet --python dist/smoke/environment/bin/python "$$(echo dist/smoke/*.whl)[models]" pytest
	$(RUN) pytest --durations=10 tests/smoke --secondlook dist/smoke/environment/bin/secondlook

# In an environment of its own, so that it changes none that something else runs in.
bench: setup chromium
	UV_PROJECT_ENVIRONMENT=.cache/bench $(UV) sync --frozen --all-extras --no-extra export --group bench --quiet
	.cache/bench/bin/python -m bench --rounds $(ROUNDS)

docs: setup
	$(RUN) python docs/generate.py

template-pictures: setup chromium
	$(RUN) python -m tests.example_templates

gallery: setup
	$(RUN) python docs/gallery.py dist/gallery

format: setup
	$(RUN) ruff check --fix --quiet
	$(RUN) ruff format --quiet $(FORMATTED)

setup: $(SETUP)

# uv builds the package, and with it the element bundle, when pyproject.toml's cache keys say that it is stale.
$(SETUP): pyproject.toml uv.lock hatch_build.py $(shell find elements -path '*/node_modules' -prune -o -type f -print) | $(UV)
	$(UV) sync --frozen --all-extras --no-extra export
	@touch $@

$(UV):
	python3 -m venv .cache/tools
	.cache/tools/bin/pip install --quiet "uv>=0.9"

# What tests and checks need beyond the build: of the elements the compiler, the linter and axe, and JavaScript's own clients. Node comes with the
# development group.
%/node_modules: %/package-lock.json $(SETUP)
	cd $* && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-fund --no-audit --silent
	@touch $@

chromium: setup
	@sh tests/browser/install-chromium

# The notebook's packages are older than ours on purpose (examples/README.md), so they live apart.
notebook-environment: .cache/notebook/.set-up

.cache/notebook/.set-up: examples/requirements.txt | $(UV)
	$(UV) venv --quiet --allow-existing .cache/notebook
	$(UV) pip install --quiet --python .cache/notebook/bin/python -r examples/requirements.txt
	@touch $@

# Libraries of the field that read our exports back: large, and nothing of ours needs them.
formats-environment: setup
	$(RUN) python -m tests.environments formats tests/formats/requirements.txt

clean:
	rm -rf .venv .cache dist src/secondlook/pages/static/built elements/node_modules tests/clients/javascript/node_modules tests/browser/firefox/node_modules
	rm -rf .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
