# Samvad: the day's commands. `make` alone prints this list.
# Needs Python 3.11 or newer; everything else is brought into .venv and the user's cache folder.

# The system's Python first: it is built with every optimisation, one built by hand often a third slower. And one that
# can make an environment by itself before one that lacks a package for that.
PYTHON ?= $(shell for asked in "import venv, ensurepip" pass; do for p in /usr/bin/python3 python3 python3.13 python3.12 \
	python3.11; do $$p -c "$$asked; import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $$p && \
	exit; done; done)
SCRIPT = $(or $(PYTHON),$(error Python 3.11 or newer is needed: install it or say PYTHON=/path/to/python3)) -m
# What was compiled is kept: some images forbid that, and then each of the many processes here compiles it all again.
unexport PYTHONDONTWRITEBYTECODE
export PORT HOST ROOM ENGINES ARGS PAGES LANGS WIDTHS MODES STATES PICTURES
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup demo run test journeys check fix messages shots looks bench new-channel new-instrument reference clean

help: ## this list
	@echo "make ..."
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | \
		awk -F'|' '{ printf "%-17s %s\n", $$1, $$2 }'

setup: ## all that a developer needs: .venv with every pin, test tools, commit hooks
	@$(SCRIPT) scripts.venv dev
	@$(SCRIPT) scripts.tools
	@if [ -d .git ]; then .venv/bin/pre-commit install >/dev/null && echo "Commit hooks are in place."; fi

demo: ## a small living site at http://localhost:8000 (PORT=...), Ctrl-C ends it
	@$(SCRIPT) scripts.start demo

run: ## the house as .env and the environment say (PORT=..., HOST=...)
	@$(SCRIPT) scripts.start run

test: ## lint, types, floors, all tests on SQLite and on PostgreSQL + Redis, journeys (ROOM=ideas: one room)
	@$(SCRIPT) scripts.test

journeys: ## the journeys alone, in a real browser against real servers (ENGINES=sqlite: one engine)
	@$(SCRIPT) scripts.test journeys

check: ## lint, types, floors and migrations, no tests
	@$(SCRIPT) scripts.test check

fix: ## put right what ruff can put right by itself
	@$(SCRIPT) scripts.venv dev
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

messages: ## the sentences of the site, gathered for translators, and the catalogues compiled
	@$(SCRIPT) scripts.venv dev
	@.venv/bin/python -m scripts.messages

shots: ## pictures of every kind of page of the demo, into shots/ (PAGES="home idea" LANGS=ar WIDTHS=320 MODES=dark)
	@$(SCRIPT) scripts.venv dev
	@.venv/bin/python -m scripts.shots

looks: ## every page and desk screen by axe, keyboard, zoom, spacing, no scripts (PAGES="ideas" LANGS=hi WIDTHS=320 STATES=wrong)
	@$(SCRIPT) scripts.venv dev
	@.venv/bin/python -m scripts.looks

bench: ## what it costs: the programs in bench/ (NAME=votes: one of them)
	@$(SCRIPT) scripts.venv dev
	@.venv/bin/python -m scripts.bench $(NAME)

new-channel: ## a new way to tell people: NAME=pigeon makes outreach/channels/pigeon.py
	@$(SCRIPT) scripts.new channel "$(NAME)"

new-instrument: ## a new way to ask people: NAME=ranking makes consultations/instruments/ranking.py
	@$(SCRIPT) scripts.new instrument "$(NAME)"

reference: ## write the tables of docs/reference anew from the code
	@$(SCRIPT) scripts.venv dev
	@.venv/bin/python -m scripts.reference

clean: ## forget .venv and caches; var/ (your data) stays
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
