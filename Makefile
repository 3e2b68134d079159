# make practice   install everything into .venv and leave practice.pdf and practice.html
# make test       install everything into .venv and run linters and tests

PYTHON ?= python3
BIN = .venv/bin
PANGO = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TIDY = --omit-header --no-wrap
SUDO = $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: practice test lint check deep golden bench words docs system clean

practice: .venv/installed
	$(BIN)/dlexam practice -n 10 --seed 7 -o practice.html
	$(BIN)/dlexam practice -n 10 --seed 7 -o practice.pdf

test: lint
	$(BIN)/pytest -n auto

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/mypy

check: .venv/installed
	$(BIN)/dlexam check

# The whole bank over many seeds: before a release.
deep: .venv/tested
	$(BIN)/pytest -n auto -m deep
	$(BIN)/dlexam check --seeds 300

golden: .venv/tested
	$(BIN)/python tests/test_golden.py

bench: .venv/installed
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/grading.py
	$(BIN)/python benchmarks/papers.py

# The catalogue of the fixed words of pages; what is new in it, the languages lack.
words: .venv/tested
	$(BIN)/pybabel -q extract -F pyproject.toml -k say -k count:1,2 $(TIDY) --add-location=file -o templates/locale/dlexam.pot .
	$(BIN)/pybabel -q update -i templates/locale/dlexam.pot -d templates/locale -D dlexam $(TIDY) --no-fuzzy-matching --ignore-obsolete

docs: .venv/installed
	$(BIN)/python docs/make_curriculum.py
	$(BIN)/python docs/make_answers.py
	$(BIN)/python docs/run_examples.py

.venv/installed: pyproject.toml
	$(MAKE) system
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/pip install --quiet --editable ".[test]"
	touch $@

# Pango sets the pages of PDFs; Debian and Ubuntu have it as packages.
system:
	@ldconfig -p 2>/dev/null | grep -q libpangoft2 && $(PYTHON) -c "import ensurepip" || { \
	  command -v apt-get >/dev/null && $(SUDO) apt-get update -qq && \
	  $(SUDO) apt-get install -y -qq $(PANGO) python3-venv; } || \
	  echo "Pango was not installed: HTML works, PDF needs it (see README)."

clean:
	rm -rf .venv build dist *.egg-info practice.pdf practice.html
