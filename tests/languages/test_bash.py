"""Bash: what the index reads in fixtures/bash/sample.sh; expectations come from that file."""

from language_case import load, of_text

CASE = load("bash")


def test_symbols() -> None:
    assert CASE.symbols == (
        "constant VERSION",
        "variable TARGET",
        "variable COLOURS",
        "variable name",
        "function die",
        "function build",
        "function cleanup",
        "function cleanup.inner",
    )


def test_imports() -> None:
    assert CASE.imports == (
        ("./config.sh", "*", None),
        ('$(dirname "$0")/lib/log.sh', "*", None),
    )


def test_a_dot_may_be_escaped_against_aliases() -> None:
    assert of_text("bash", "\\. ./x.sh\n./run.sh y\n").imports == (("./x.sh", "*", None),)


def test_calls() -> None:
    assert {
        (None, "log", "die"),
        (None, "compile", "build"),
        (None, "die", "build"),
        (None, "build_dev", "build"),
        (None, "build_all", "build"),
        (None, "inner", "cleanup"),
        (None, "build", ""),
        (None, "list_files", ""),
    } <= set(CASE.calls)
    assert (None, "message", "die") not in CASE.calls


def test_a_command_is_a_call_and_a_variable_is_none() -> None:
    (build_all,) = CASE.uses("build_all")
    assert build_all.call is not None
    assert build_all.call.positional == 1
    (log,) = CASE.uses("log")
    assert log.call is not None
    assert log.call.positional == 2
    assert [use.call for use in CASE.uses("message")] == [None]
    assert [CASE.scope(use.scope) for use in CASE.uses("name")] == ["die", "cleanup.inner", ""]
    assert CASE.uses("1") == CASE.uses("0") == ()


def test_bindings() -> None:
    def bound(name: str) -> list[str]:
        return [CASE.scope(row.scope) for row in CASE.bindings(name)]

    assert bound("message") == ["die"]
    assert bound("code") == ["die", "die"]
    assert bound("files") == bound("file") == bound("VERBOSE") == ["build"]
    assert bound("line") == bound("rest") == ["build"]
    assert bound("TARGET") == bound("name") == [""]


def test_docs() -> None:
    assert CASE.doc("die") == "# Prints what goes wrong.\n# Ends the script."
    assert CASE.doc("build") == ""
