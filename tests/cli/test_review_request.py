"""Tests of reading a review's arguments."""

from pathlib import Path

import pytest

from codeassist.base.errors import UsageError
from codeassist.cli.review_request import Given, to_request
from codeassist.engine.requests import ReviewRequest, Source, Use

NOTHING = Given(
    revisions="",
    staged=False,
    worktree=False,
    watch=False,
    diff=None,
    github=False,
    gitlab=False,
    repo=".",
    select=(),
    ignore=(),
    fail_on=None,
    format="text",
    output=None,
    explain=False,
    color=None,
    with_model=False,
    facts=False,
    model="",
    show_prompt=False,
    no_keep=False,
    about=None,
    since="",
    baseline=None,
)


def given(**some: object) -> Given:
    return {**NOTHING, **some}  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("arguments", "request_"),
    [
        ({}, ReviewRequest()),
        ({"revisions": "main...x"}, ReviewRequest(revisions="main...x")),
        ({"staged": True}, ReviewRequest(Source.STAGED)),
        ({"worktree": True}, ReviewRequest(Source.WORKTREE)),
        ({"worktree": True, "revisions": "main"}, ReviewRequest(Source.WORKTREE, "main")),
        (
            {"select": ("CA1,CA2", "CA3"), "ignore": (" CA101 ,",)},
            ReviewRequest(select=("CA1", "CA2", "CA3"), ignore=("CA101",)),
        ),
    ],
)
def test_arguments_become_a_request(arguments: dict[str, object], request_: ReviewRequest) -> None:
    assert to_request(given(**arguments)) == request_


@pytest.mark.parametrize(
    "arguments",
    [
        {"staged": True, "worktree": True},
        {"staged": True, "revisions": "main"},
        {"diff": "-", "revisions": "main"},
        {"diff": "-", "staged": True},
        {"revisions": "main", "worktree": True, "staged": True},
    ],
)
def test_sources_exclude_each_other(arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        to_request(given(**arguments))


def test_a_patch_is_read_as_bytes(tmp_path: Path) -> None:
    patch = tmp_path / "p.diff"
    patch.write_bytes(b"--- a\r\n\xff")
    assert to_request(given(diff=str(patch))) == ReviewRequest(Source.PATCH, patch=b"--- a\r\n\xff")
    with pytest.raises(UsageError, match="cannot read"):
        to_request(given(diff=str(tmp_path / "none")))


@pytest.mark.parametrize(
    ("arguments", "use"),
    [
        ({}, Use.FACTS),  # nothing is sent without the user's word
        ({"facts": True}, Use.FACTS),
        ({"with_model": True}, Use.AUTO),
        ({"model": "local"}, Use.AUTO),
        ({"show_prompt": True}, Use.AUTO),
    ],
)
def test_who_may_be_asked(arguments: dict[str, object], use: Use) -> None:
    assert to_request(given(**arguments)).use is use


@pytest.mark.parametrize("other", [{"with_model": True}, {"model": "x"}, {"show_prompt": True}])
def test_facts_alone_exclude_a_model(other: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="--facts and --"):
        to_request(given(facts=True, **other))


def test_what_the_author_says(tmp_path: Path) -> None:
    file = tmp_path / "body.txt"
    file.write_text("It is faster.", "utf-8")
    assert to_request(given(about=str(file))).told == "It is faster."
    with pytest.raises(UsageError, match="both read the input"):
        to_request(given(about="-", diff="-"))
