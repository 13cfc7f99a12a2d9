"""The options that all tasks have in common, and what they become."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from codeassist.base.errors import UsageError
from codeassist.cli.choices import color_option, json_option, repo_option

if TYPE_CHECKING:
    from codeassist.engine.requests import TaskRequest, Use

F = TypeVar("F", bound=Callable[..., Any])

HEADINGS = {
    "apply": "What to do with the result",
    "diff": "What to do with the result",
    "pick": "What to do with the result",
    "as_json": "What to do with the result",
    "facts": "The model",
    "model": "The model",
    "show_prompt": "The model",
    "no_keep": "The model",
}


class Given(TypedDict):
    """The common options, as click hands them over."""

    diff: bool
    apply: bool
    pick: int | None
    as_json: bool
    facts: bool
    model: str
    show_prompt: bool
    no_keep: bool
    repo: str
    color: bool | None


@dataclass(frozen=True, slots=True)
class Common:
    """What the common options say."""

    repo: str
    apply: bool
    pick: int | None
    as_json: bool
    color: bool | None
    facts: bool
    model: str
    show_prompt: bool
    no_keep: bool


def task_options(command: F) -> F:
    """The options of every task; the command gets them by the names of `Common`, and `diff`."""
    for option in reversed(
        (
            click.option("--diff", is_flag=True, help="Print edits as a diff.  [default]"),
            click.option("--apply", is_flag=True, help="Write verified edits to the files."),
            click.option(
                "--pick",
                type=click.IntRange(min=1),
                default=None,
                metavar="N",
                help="Which of several suggestions or fixes --apply writes.",
            ),
            json_option,
            click.option("--facts", is_flag=True, help="Ask no model; nothing is sent."),
            click.option(
                "--model",
                default="",
                metavar="NAME",
                help="Ask this model.  [default: by your settings]",
            ),
            click.option(
                "--show-prompt",
                is_flag=True,
                help="Print the exact request, and send nothing.",
            ),
            click.option("--no-keep", is_flag=True, help="Neither use nor keep stored answers."),
            repo_option,
            color_option,
        )
    ):
        command = option(command)
    return command


def split(given: Given) -> Common:
    """The common options of a command's. Raises UsageError for those that exclude each other."""
    if given["pick"] and not given["apply"]:
        raise UsageError("--pick says what --apply writes", "add --apply")
    _exclude({"--diff": given["diff"], "--apply": given["apply"]})
    _exclude({"--diff": given["diff"], "--json": given["as_json"]})
    _exclude({"--facts": given["facts"], "--model": bool(given["model"])})
    _exclude({"--facts": given["facts"], "--show-prompt": given["show_prompt"]})
    return Common(
        given["repo"],
        given["apply"],
        given["pick"],
        given["as_json"],
        given["color"],
        given["facts"],
        given["model"],
        given["show_prompt"],
        given["no_keep"],
    )


def to_request(
    common: Common, task: str, target: str, options: object, use: "Use | None" = None
) -> "TaskRequest":
    """The engine's request; `use` goes before what the options say of models."""
    from codeassist.engine.requests import TaskRequest, Use

    use = use or (Use.FACTS if common.facts else Use.AUTO)
    return TaskRequest(task, options, target, os.getcwd(), use, common.model)


def _exclude(wishes: Mapping[str, bool]) -> None:
    named = [name for name, wished in wishes.items() if wished]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} exclude each other", "choose one of them")
