"""Finds and fills the templates: the user's own folder first, then those that codeassist brings.

A template is Markdown with Jinja's `{{ name }}` and `{% … %}`. A name that is not given is an
error, never an empty text. What comes from a repository is put in by the filter `fenced`, whose
fence is longer than any in the text, so that the text cannot end it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from codeassist.base.errors import ConfigurationError

if TYPE_CHECKING:
    from jinja2 import Environment

_FENCE = re.compile(r"`{3,}")
_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Template:
    """A template as people see it. `name` is "docs/system"; `path` is "" for a built-in one."""

    name: str
    text: str
    path: str = ""


@dataclass(frozen=True)
class Prompts:
    """The templates in force. `folder` is the user's own, "" if there is none."""

    folder: str = ""

    def names(self) -> tuple[str, ...]:
        """The names of all templates that codeassist brings, sorted."""
        return tuple(sorted(_built_in()))

    def template(self, name: str) -> Template:
        """One template. Raises ConfigurationError for a file of the user's that cannot be read."""
        path = os.path.join(self.folder, *f"{name}{_SUFFIX}".split("/")) if self.folder else ""
        if path and os.path.isfile(path):
            try:
                with open(path, encoding="utf-8-sig") as file:
                    return Template(name, file.read(), path)
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigurationError(
                    f"the prompt {path} cannot be read: {error}", "correct or remove the file"
                ) from error
        return Template(name, _read(name))

    def fill(self, name: str, **values: object) -> str:
        """A template's text with its names filled in.

        Raises ConfigurationError for a template of the user's that does not work; a built-in one
        that does not is a bug and raises what Jinja raises.
        """
        template = self.template(name)
        try:
            return self._environment.from_string(template.text).render(values).strip() + "\n"
        except Exception as error:  # a template is code, which can fail in every way that code can
            if not template.path:
                raise
            line = _line(error)
            place = f"{template.path}:{line}" if line else template.path
            raise ConfigurationError(
                f"the prompt {place} does not work: {error}",
                f"compare it with `codeassist prompts {name}`",
            ) from error

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        # A sandbox, since templates get passed around among people.
        environment = SandboxedEnvironment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        environment.filters["fenced"] = fenced
        return environment


def fenced(text: str, language: str = "") -> str:
    """A text between fences that it cannot close, as Markdown."""
    text = str(text)  # of a name that is not given, this raises Jinja's error, which names it
    longest = max((len(run) for run in _FENCE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    end = "" if text.endswith("\n") or not text else "\n"
    return f"{fence}{language}\n{text}{end}{fence}"


def _line(error: Exception) -> int:
    """The line of a template that an error comes from; 0 if that is not known."""
    line: int = getattr(error, "lineno", None) or 0  # a syntax error knows it
    trace = error.__traceback__
    while trace is not None:
        # Jinja puts the template's own lines into the traceback, under this name.
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _built_in() -> Iterator[str]:
    root = files("codeassist.prompts")
    for folder in root.iterdir():
        if folder.is_dir():
            for file in folder.iterdir():
                if file.name.endswith(_SUFFIX):
                    yield f"{folder.name}/{file.name.removesuffix(_SUFFIX)}"


def _read(name: str) -> str:
    return files("codeassist.prompts").joinpath(f"{name}{_SUFFIX}").read_text("utf-8")
