# Two commands matter: `make demo` and `make test`. Each sets up all it needs, from Python, make and the package
# registries alone.

UV := $(shell command -v uv 2>/dev/null || echo .cache/tools/bin/uv)
RUN := $(UV) run --frozen --no-sync
SETUP := .venv/.set-up

.PHONY: help demo test check setup chromium notebook-environment docs bench format clean

help:
	@echo "make demo    the whole story on this machine: model, doubt, person, answer"
	@echo "make test    set up and run all tests"
	@echo "make check   format, lint, types, imports, documentation"
	@echo "make bench   measure, each figure against a yardstick in the same run"
	@echo "make docs    write the generated pages of docs/ anew"

demo: setup
	$(RUN) secondlook demo

test: setup chromium notebook-environment elements/node_modules
	$(RUN) python tests/wire/vectors.py
	$(RUN) pytest -n 2 --dist loadfile

check: setup
	$(RUN) ruff format --check src tests bench docs hatch_build.py
	$(RUN) ruff check
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) python docs/generate.py --check

bench: setup
	$(UV) sync --frozen --all-extras --group bench --quiet
	$(RUN) python -m bench

docs: setup
	$(RUN) python docs/generate.py

format: setup
	$(RUN) ruff check --fix --quiet
	$(RUN) ruff format --quiet

setup: $(SETUP)

# uv builds the package, and with it the element bundle, when pyproject.toml's cache keys say that it is stale.
$(SETUP): pyproject.toml uv.lock hatch_build.py $(shell find elements -path '*/node_modules' -prune -o -type f -print) | $(UV)
	$(UV) sync --frozen --all-extras
	@touch $@

.cache/tools/bin/uv:
	python3 -m venv .cache/tools
	.cache/tools/bin/pip install --quiet "uv>=0.9"

# What the tests of the elements need beyond the build: the compiler and axe. Node comes with the development group.
elements/node_modules: elements/package-lock.json $(SETUP)
	cd elements && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-fund --no-audit --silent
	@touch $@

chromium:
	@sh tests/browser/install-chromium

# The notebook's packages are older than ours on purpose (examples/README.md), so they live apart.
notebook-environment: .cache/notebook/.set-up

.cache/notebook/.set-up: examples/requirements.txt | $(UV)
	$(UV) venv --quiet --allow-existing .cache/notebook
	$(UV) pip install --quiet --python .cache/notebook/bin/python -r examples/requirements.txt
	@touch $@

clean:
	rm -rf .venv .cache dist src/secondlook/pages/static/built elements/node_modules
