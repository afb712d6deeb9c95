# Every habit is one command. `make` alone lists them.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON_HERE := .venv/bin/python
MANAGE := $(PYTHON_HERE) manage.py
COMPILE := .venv/bin/pip-compile -q --generate-hashes --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --allow-unsafe --strip-extras

# Production settings with nothing real behind them, to check that they would start.
AS_IN_PRODUCTION = NEWSROOM_ENV=production DEBUG=off ALLOWED_HOSTS=newsroom.example \
	DATABASE_URL=postgres://nobody@127.0.0.1:1/nothing \
	SECRET_KEY=$$($(PYTHON_HERE) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	NEWSROOM_IDENTITY_KEYS=$$($(PYTHON_HERE) -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())')

.PHONY: help environment setup demo demo-reset test check format bench screenshots lock

help: ## list the commands
	@echo "make COMMAND [PORT=8000] [DATABASE_URL=postgres://…] [ARGS='…']"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
		printf '  %-12s %s\n' "$$name" "$$what"; done

environment:
	@sh .ci/make-environment

setup: environment ## environment, database and migrations; then .venv/bin/python manage.py … just works
	@$(MANAGE) migrate --verbosity 0

demo: environment ## demo content, web server and worker on 127.0.0.1:PORT until Ctrl-C
	@$(MANAGE) demo

demo-reset: environment ## empty the database and load the demo content anew
	@$(MANAGE) demo --reset

test: environment ## the tests; ARGS="-k words" to choose
	@$(PYTHON_HERE) -m pytest -n 2 $(ARGS)

check: environment ## style, imports, migrations, production settings
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@$(MANAGE) makemigrations --check --dry-run
	@$(AS_IN_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

format: environment ## put the source in order
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: environment ## how fast, as ratios within one run (needs wrk)
	@$(PYTHON_HERE) -m tests.bench $(ARGS)

screenshots: environment ## the pictures of docs/screens, anew from the demo (needs Chromium)
	@$(PYTHON_HERE) -m tests.screenshots $(ARGS)

lock: environment ## resolve the dependencies of pyproject.toml anew
	@$(COMPILE) -o requirements.lock pyproject.toml
	@$(COMPILE) --extra dev -o requirements-dev.lock pyproject.toml
