"""The facts: checks of a diff against the index of the new state and of the base.

One file a check, each with a `CHECK`; `CHECKS` is the ordered table. A check knows views, names and
the diff. It does not know settings, models, git or formats. Precision first: a check that cannot
resolve a name says nothing.
"""

from functools import cache
from importlib import import_module
from importlib.resources import files

from codeassist.base.findings import Rule
from codeassist.checks.check import Check

# Code → module, in the order in which reports and help list them.
CHECKS: dict[str, str] = {
    "CA101": "codeassist.checks.removed",
    "CA102": "codeassist.checks.signatures",
    "CA103": "codeassist.checks.missing_imports",
    "CA104": "codeassist.checks.misfit_calls",
    "CA105": "codeassist.checks.overrides",
    "CA201": "codeassist.checks.docs_drift",
    "CA202": "codeassist.checks.duplicates",
    "CA301": "codeassist.checks.conflict_marker",
    "CA302": "codeassist.checks.debugger_left",
    "CA303": "codeassist.checks.focused_test",
    "CA304": "codeassist.checks.secret",
    "CA401": "codeassist.checks.ruff_rules",
    "CA501": "codeassist.checks.ignores",
    "CA601": "codeassist.checks.hidden_text",
}


@cache
def load(code: str) -> Check:
    """The check of a code. Raises KeyError for an unknown one."""
    check: Check = import_module(CHECKS[code]).CHECK
    return check


@cache
def explanation(code: str) -> str:
    """A check's explanation page in Markdown."""
    return files("codeassist.checks").joinpath(f"pages/{code}.md").read_text("utf-8")


def rule(code: str) -> Rule:
    """A check as formats describe it."""
    check = load(code)
    return Rule(check.code, check.name, check.title, explanation(code), check.severity)
