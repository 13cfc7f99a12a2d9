"""What documentation a definition has already: none, some, or comments that are not any."""

import re
from dataclasses import dataclass

from codeassist.tasks.docs.place import anchor_of
from codeassist.tasks.docs.syntax import Source, comment_above

# Comments to tools, which say nothing to a reader.
_DIRECTIVE = re.compile(
    r"""^\s*(?:/\*+|//+|\#+|--+)[\s!*]*(?:
        go:\w+ | nolint | lint:\w+ | \+build | eslint | @ts- | tslint | prettier | istanbul | c8\s
      | v8\s | biome | noqa | type:\s*ignore | pylint: | rubocop: | :nocov: | shellcheck
      | noinspection
      | NOLINT | clang-format | ReSharper | swiftlint: | swift-format | scalastyle | luacheck:
      | selene: | stylua: | @phpstan | @psalm | phpcs: | \s*prettier | \#region | region | MARK:
      | ktlint | language= | @formatter | spell-?checker | cspell )""",
    re.VERBOSE,
)
# What documentation looks like where ordinary comments are none.
_FORMS: dict[str, tuple[str, ...]] = {
    "javascript": ("/**",),
    "typescript": ("/**",),
    "tsx": ("/**",),
    "java": ("/**",),
    "kotlin": ("/**",),
    "scala": ("/**",),
    "php": ("/**",),
    "csharp": ("///", "/**"),
    "rust": ("///", "/**"),
    "swift": ("///", "/**"),
    "c": ("/**", "/*!", "///", "//!"),
    "cpp": ("/**", "/*!", "///", "//!"),
}


@dataclass(frozen=True, slots=True)
class Existing:
    """The comment of a definition: its byte range and text. `is_doc` is unset for other comments.

    `directives` begins the run of comments to tools just above the definition, -1 without one.
    """

    start: int = -1
    end: int = -1
    text: str = ""
    is_doc: bool = False
    directives: int = -1

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing at all."""
        return self.start < 0


def existing(source: Source, index: int) -> Existing:
    """What a definition has."""
    if source.language.docs_inside:
        if index not in source.detail.docs:
            return Existing()
        start, end = source.detail.docs[index]
        return Existing(start, end, source.text(start, end), is_doc=True)
    node = source.node(index)
    above = comment_above(source, anchor_of(node)) if node is not None else None
    found = source.detail.docs.get(index) or above
    if found is None:
        return Existing()
    start, end = found
    text = source.text(start, end)
    lines = text.split("\n")
    told = len(lines)
    while told and _DIRECTIVE.match(lines[told - 1]):
        told -= 1
    directives = start + len("\n".join(lines[:told]).encode()) + (told > 0)
    if told == 0:
        return Existing(directives=start)
    if told < len(lines):
        text = "\n".join(lines[:told]).rstrip()
    is_doc = _is_doc(source.language.name, text)
    if is_doc and source.language.name in _FORMS:
        start, text = _last_block(start, text)
    return Existing(start, start + len(text.encode()), text, is_doc,
                    directives if told < len(lines) else -1)  # fmt: skip


def _last_block(start: int, text: str) -> tuple[int, str]:
    """The last block comment that is documentation, without other comments around it."""
    opening = max(text.rfind("/**"), text.rfind("/*!"))
    closing = text.find("*/", opening + 3)
    if opening < 0 or closing < 0:
        return start, text
    return start + len(text[:opening].encode()), text[opening : closing + 2]


def _is_doc(language: str, text: str) -> bool:
    forms = _FORMS.get(language)
    if forms is None:
        return True
    return any(line.lstrip().startswith(forms) for line in text.split("\n"))
