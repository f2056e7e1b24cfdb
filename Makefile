# Sets up and runs the register. `make run`, `make demo`, `make test`, `make check`; each makes its own environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: run demo test check torture soak benchmark pictures lock clean

run: $(READY)
	$(BIN)/visitor-register

demo: $(READY)
	$(BIN)/visitor-register --demo

test: $(READY)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadgroup tests

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# strace is needed for this only: it kills at every system call, lets each fail, and records what a power cut would leave.
torture: $(READY)
	@sh .ci/system-libraries strace
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -p no:randomly -s tests -m torture

# At night: ten times the frames of the soak in `make torture`, and four times the people.
soak: $(READY)
	SOAK=10 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -p no:randomly -s tests/torture/test_soak.py -m torture

benchmark: $(READY)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -p no:randomly -s tests/benchmarks -m benchmark

pictures: $(READY)
	VISITOR_REGISTER_PICTURES=build/pictures QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -p no:randomly tests/stories/test_pictures.py
	for state in idle known left-the-chart fire-list; do cp build/pictures/today-$$state-1366x698-light.png resources/help/pictures/$$state.png; done

$(READY): pyproject.toml .ci/requirements.txt .ci/system-libraries
	@sh .ci/system-libraries
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)

# Pins every dependency for Linux and Windows, Python 3.11 to 3.13, without naming where they came from.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o .ci/requirements.txt

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
