# What a person types. `make run` and `make test` do all the set-up themselves.
# GNU make 3.81 (the one that macOS brings) and a POSIX shell are enough.

VENV   := .venv
PYTHON := $(VENV)/bin/python
PIP    := $(PYTHON) -m pip --disable-pip-version-check
BUNDLE_VENV   := .venv-bundle
BUNDLE_PYTHON := $(BUNDLE_VENV)/bin/python
# what is compiled once is not compiled again by each program that a test starts
unexport PYTHONDONTWRITEBYTECODE
PYTEST := QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest

# gpu or cpu; installing for the first takes about 2.8 GB more.
ifndef DEVICE
DEVICE := $(shell nvidia-smi -L >/dev/null 2>&1 && echo gpu || echo cpu)
endif

# window or offscreen: on Linux one of the two variables names the screen, if there is one.
SCREEN := $(shell if [ "$$(uname)" != Linux ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; \
	then echo window; else echo offscreen; fi)

# The Pythons that the pinned versions have wheels for. A name on the PATH may be the shim of a
# version manager that fails when it is called, so each is called.
SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
find_python = for python in $(1) python3.11 python3.12 python3.13 python3 python none; do \
	  if $$python -c '$(SUITS)' >/dev/null 2>&1; then break; fi; \
	done; \
	if [ $$python = none ]; then \
	  echo "CatDog needs Python 3.11, 3.12 or 3.13; none of them answers here."; \
	  echo "Install one (on Debian 12: sudo apt-get install -y python3), then run make again."; \
	  exit 1; \
	fi

comma := ,
empty :=
space := $(empty) $(empty)
extras = $(if $(strip $(1)),[$(subst $(space),$(comma),$(strip $(1)))])

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test slow check faults bench bench-accuracy bundle dist test-bundle hooks clean \
  libraries-window libraries-offscreen libraries-bundle libraries-screenless

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: libraries-$(SCREEN) $(VENV)/has-run-$(DEVICE) ## open the window; without a screen, do the main job here
	@if [ $(SCREEN) = window ]; then $(PYTHON) -m catdog_gui; else $(PYTHON) tools/demo.py; fi

test: libraries-offscreen $(VENV)/has-test-$(DEVICE) ## the fast tests, windows included
	$(PYTEST) -n auto --dist worksteal

slow: libraries-offscreen $(VENV)/has-test-$(DEVICE) ## the slow tests: real training, thousands of pictures
	$(PYTEST) -m slow

check: $(VENV)/has-check-$(DEVICE) ## style, format, types, and the arrows between the modules
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

bench: libraries-offscreen $(VENV)/has-test-$(DEVICE) ## the figures of the README, measured here
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks

bench-accuracy: $(VENV)/has-test-$(DEVICE) ## PRESET=…: train it on the 24,000 pictures and report; EPOCHS=, RUN=, TEST=1
	@$(PYTHON) -m benchmarks accuracy $(or $(PRESET),$(error Say which: make bench-accuracy PRESET=express)) \
	  $(if $(EPOCHS),--epochs $(EPOCHS)) $(if $(RUN),--run "$(RUN)") $(if $(TEST),--test)

bundle: libraries-bundle $(BUNDLE_VENV)/has-bundle ## standalone folders in dist/: CatDog, CatDog Viewer; ONLY=catdog
	$(BUNDLE_PYTHON) tools/bundle.py $(if $(ONLY),--only "$(ONLY)")

dist: bundle ## the bundles packed, with checksums and a list of materials
	$(BUNDLE_PYTHON) tools/packing.py $(if $(ONLY),--only "$(ONLY)")

test-bundle: libraries-screenless $(VENV)/has-test-$(DEVICE) ## what make bundle built, tried out
	$(PYTEST) -m 'bundle and not slow'

faults: libraries-offscreen $(VENV)/has-test-$(DEVICE) ## docs/faults.md: each fault injected, slow ones too
	$(PYTEST) tests -m fault -n auto --dist worksteal --fault-report docs/faults.json
	$(PYTHON) tools/faults.py

hooks: $(VENV)/has-check-$(DEVICE) ## check style and types before each of your commits
	$(PIP) install --quiet --constraint constraints.txt pre-commit
	$(VENV)/bin/pre-commit install

clean: ## remove what make left here, except the environments
	rm -rf build dist demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

libraries-window libraries-offscreen libraries-bundle libraries-screenless:
	@$(call find_python,$(PYTHON)); $$python tools/system_libraries.py $(@:libraries-%=%)

$(PYTHON):
	@$(call find_python); $$python tools/system_libraries.py venv && \
	  echo "Making $(VENV) with $$python" && $$python -m venv --clear --without-pip $(VENV)

# One stamp a set of extras, and each set holds what make run needs. ensurepip stands here so that
# an interrupted set-up goes on.
$(VENV)/has-%-$(DEVICE): pyproject.toml constraints.txt $(PYTHON)
	@echo "Installing what is pinned for make $* ($(DEVICE)); the first time takes some minutes"
	@$(PYTHON) -m ensurepip >/dev/null
	@$(PIP) install --quiet --constraint constraints.txt pip
	@$(PIP) install --constraint constraints.txt --build-constraint constraints.txt \
	  --editable '.$(call extras,$(filter-out run,$*) $(filter gpu,$(DEVICE)))'
	@touch $@ $(VENV)/has-run-$(DEVICE)

# Bundles are built in an environment of their own: with TensorFlow from the smaller wheel, which
# cannot lie beside the other, and without what the tests need.
$(BUNDLE_PYTHON):
	@$(call find_python); echo "Making $(BUNDLE_VENV) with $$python" && \
	  $$python -m venv --clear --without-pip $(BUNDLE_VENV)

$(BUNDLE_VENV)/has-bundle: pyproject.toml constraints.txt tools/bundle_requirements.py $(BUNDLE_PYTHON)
	@echo "Installing what is pinned for make bundle; the first time takes some minutes"
	@$(BUNDLE_PYTHON) -m ensurepip >/dev/null
	@$(BUNDLE_PYTHON) -m pip install --quiet --constraint constraints.txt pip
	@$(BUNDLE_PYTHON) tools/bundle_requirements.py > $(BUNDLE_VENV)/requirements.txt
	@$(BUNDLE_PYTHON) -m pip install --quiet --constraint constraints.txt \
	  --requirement $(BUNDLE_VENV)/requirements.txt
	@$(BUNDLE_PYTHON) -m pip install --quiet --constraint constraints.txt \
	  --build-constraint constraints.txt --no-deps --editable .
	@touch $@
