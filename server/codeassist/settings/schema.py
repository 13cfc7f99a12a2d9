"""Every setting: its name, type, default, who may set it, and what it is for.

A section is a frozen dataclass; a field's metadata says the rest. Files, environment variables,
`codeassist config` and the settings pages are derived from here. Reads nothing and checks nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from codeassist.base.findings import Severity
from codeassist.settings.editor_schema import EditorSettings
from codeassist.settings.layers import Layers
from codeassist.settings.model_schema import (
    EditSettings,
    LimitSettings,
    ModelSettings,
    PromptSettings,
)
from codeassist.settings.option import Form, Scope, about
from codeassist.tasks.review.categories import CATEGORIES, USUAL

FailOn = Literal["never", "info", "warning", "error"]
DocstringStyle = Literal["auto", "google", "numpy", "sphinx"]
# About 100,000 tokens of changed code with the largest models, and some cents.
REVIEW_CALLS = 12


def default_cache_folder() -> str:
    """The user's own cache folder for codeassist, by the system's conventions."""
    from platformdirs import user_cache_path

    return str(user_cache_path("codeassist", appauthor=False))


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """How the repository is indexed."""

    workers: int | None = field(
        default=None,
        metadata=about(
            "Number of processes that parse files.",
            Scope.USER,
            minimum=1,
            default="one a core, at most 4",
        ),
    )
    ignore: tuple[str, ...] = field(
        default=(),
        metadata=about(
            "Files to leave out of the index, as gitignore patterns.", Scope.REPOSITORY, Form.GLOB
        ),
    )


@dataclass(frozen=True, slots=True)
class ReviewConfig:
    """What a review looks at and reports.

    `base` is the user's alone: a change that could choose its own base could review itself
    against itself.
    """

    base: str | None = field(
        default=None,
        metadata=about(
            "Revision to compare with when none is given.",
            Scope.USER,
            Form.REVISION,
            default="the remote's default branch",
        ),
    )
    select: tuple[str, ...] = field(
        default=(),
        metadata=about(
            "Codes, or beginnings of codes, to report; none means all.", Scope.REPOSITORY, Form.CODE
        ),
    )
    ignore: tuple[str, ...] = field(
        default=(),
        metadata=about("Codes, or beginnings of codes, to leave out.", Scope.REPOSITORY, Form.CODE),
    )
    fail_on: FailOn = field(
        default="never",
        metadata=about("Exit with 1 for findings this severe or worse.", Scope.REPOSITORY),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=about(
            "Changed files not to review, as gitignore patterns.", Scope.REPOSITORY, Form.GLOB
        ),
    )
    docstring_style: DocstringStyle = field(
        default="auto",
        metadata=about("Convention of docstrings; auto follows each file.", Scope.REPOSITORY),
    )
    categories: tuple[str, ...] = field(
        default=USUAL,
        metadata=about(
            f"What a model looks for: any of {', '.join(CATEGORIES)}.", Scope.REPOSITORY
        ),
    )
    rules: tuple[str, ...] = field(
        default=(),
        metadata=about(
            "What else a model checks, as `pattern, pattern: rule` or a [[review.rules]] each.",
            Scope.REPOSITORY,
            Form.RULE,
        ),
    )
    calls: int = field(
        default=REVIEW_CALLS,
        metadata=about("Most requests that one review may make.", Scope.USER, minimum=1),
    )

    @property
    def threshold(self) -> Severity | None:
        """The severity from which on findings are a failure, None for "never"."""
        return None if self.fail_on == "never" else Severity[self.fail_on.upper()]


@dataclass(frozen=True, slots=True)
class CacheConfig:
    """Where what can be made again is kept."""

    dir: str = field(
        default_factory=default_cache_folder,
        metadata=about(
            "Folder of the index cache, outside of the repository.",
            Scope.USER,
            Form.FOLDER,
            default="the system's cache folder",
        ),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings in force. `layers` says where each came from, and what was ignored.

    `models` are further models by the user's names for them, `routes` the names of the models that
    a task asks, in order. `key` is one that an editor handed over: it is in memory alone.
    """

    index: IndexConfig = field(default_factory=IndexConfig)
    review: ReviewConfig = field(default_factory=ReviewConfig)
    cache: CacheConfig = field(default_factory=CacheConfig)
    model: ModelSettings = field(default_factory=ModelSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    edits: EditSettings = field(default_factory=EditSettings)
    prompts: PromptSettings = field(default_factory=PromptSettings)
    editor: EditorSettings = field(default_factory=EditorSettings)
    models: Mapping[str, ModelSettings] = field(default_factory=dict)
    routes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    layers: Layers = field(default_factory=Layers, repr=False, compare=False)
    key: str = field(default="", repr=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was ignored or looks wrong in the sources, in words."""
        return self.layers.warnings
