PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# What installs: the environment's pip, or the uv that is given, which takes a tenth of the time.
UV ?=
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/pip install --quiet --disable-pip-version-check)

# The many processes of the tests need not compile the library each time.
unexport PYTHONDONTWRITEBYTECODE

# One process more than there are cores, for some tests wait for a broker or for another process. Each has a stretch of
# tests of its own, which share what is dear, and takes half of another's when it has done that.
CORES := $(shell getconf _NPROCESSORS_ONLN)
PROCESSES ?= $(shell expr $(CORES) + 1)
SHARED = -n $(PROCESSES) --dist worksteal
# About what the tests take on one core, and what is exhaustive besides; shown before they begin, bound to nothing.
SECONDS := 430
SECONDS_MORE := 740
say = @echo "$(1), on $(CORES) cores: about $$((($(2)) / $(CORES))) seconds"

.PHONY: demo test test-all lint bench docs screenshots clean

# The main job, on real recordings: what Glance 33 sent through RabbitMQ keeps the contracts of what it emits; its log breaks those
# of its guide.
demo: $(VENV)/installed
	@echo "What Glance 33 sent through RabbitMQ, held against what it is known to send:"
	@$(BIN)/notify-contracts check --catalog glance-emitted --format brief \
	  examples/glance-33-messagingv2.jsonl examples/glance-33-messaging.jsonl
	@echo
	@echo "Its log, held against what its guide promises:"
	@$(BIN)/notify-contracts check --catalog glance-documented --format brief examples/glance-33.log; test $$? -eq 1
	@echo
	@echo "The second ended with status 1, and rightly: the guide is wrong about these contracts, and the log tells of two losses."
	@echo "Next: $(BIN)/notify-contracts check examples/glance-33.log --report html:report.html, or the tutorial, docs/tutorial.md"

test: $(VENV)/installed-dev
	$(call say,The tests,$(SECONDS))
	$(BIN)/python -m pytest $(SHARED) -m "not exhaustive" $(TESTS)

# With what asks every contract of the built-in catalogs about everything; CI does that on one Python.
test-all: $(VENV)/installed-dev
	$(call say,All tests,$(SECONDS) + $(SECONDS_MORE))
	$(BIN)/python -m pytest $(SHARED) $(TESTS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/notify-contracts catalog lint

bench: $(VENV)/installed-dev
	$(BIN)/python benchmarks/check.py
	$(BIN)/python benchmarks/messaging.py
	$(BIN)/python benchmarks/generate.py
	$(BIN)/python benchmarks/plugin.py
	$(BIN)/python benchmarks/watch.py
	$(BIN)/python benchmarks/sharing.py
	$(BIN)/python benchmarks/lives.py
	$(BIN)/python benchmarks/lives_pm4py.py
	$(BIN)/python benchmarks/audit.py 20 1000000
	$(BIN)/python benchmarks/diff.py

# Strict: a broken link or reference is an error. The site is in build/docs.
docs: $(VENV)/installed-docs
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --fresh-env docs build/docs

# What the HTML report looks like, light, dark and on a phone, for people to look at.
screenshots: $(VENV)/installed-dev
	NOTIFY_CONTRACTS_SCREENSHOTS=screenshots $(BIN)/python -m pytest -k screenshots tests/test_report_html_browser.py

clean:
	rm -rf $(VENV) build dist screenshots docs/reference/generated .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/installed: pyproject.toml | $(BIN)/pip
	$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/pip
	@echo "Setting up $(VENV): a minute or two"
	$(INSTALL) --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-docs: pyproject.toml | $(BIN)/pip
	$(INSTALL) --editable '.[docs]'
	@touch $@

# Where the python3-venv package is missing, the pip that is there fills the environment.
$(BIN)/pip:
	$(if $(UV),$(UV) venv --quiet --seed --python $(PYTHON),$(PYTHON) -m venv) $(VENV) 2>/dev/null \
	  || { rm -rf $(VENV) && $(PYTHON) -m venv --without-pip $(VENV) \
	       && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
