"""From a model's proposals to one edit: every proposal finds exactly one place, or nothing is made.

Knows a view and proposals. Does not know whether the result makes sense: `verify` does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.base.files import Document
from codeassist.edits.cleaned import without_fence, without_numbers
from codeassist.edits.locate import located
from codeassist.edits.make import workspace_edit
from codeassist.edits.paths import check_new, normal_path, unknown_path
from codeassist.edits.proposals import (
    Create,
    Proposal,
    Replace,
    ReplaceSymbol,
    edits_schema,
    parse_edits,
)
from codeassist.edits.replaced import replaced_symbol
from codeassist.index.view import View

__all__ = [
    "Create", "Proposal", "Replace", "ReplaceSymbol", "edits_schema", "parse_edits", "resolve",
]  # fmt: skip

CODE_FENCE_FILES = (".md", ".markdown", ".mdx", ".rst", ".txt")


@dataclass
class _Found:
    """What the proposals of one answer have led to so far."""

    edits: dict[str, list[tuple[int, TextEdit]]] = field(default_factory=dict)
    created: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def resolve(view: View, title: str, proposals: Sequence[Proposal]) -> WorkspaceEdit:
    """The edit that some proposals make together, all of them against the files as they are.

    Repeated proposals count once, and those that change nothing are left out. Raises EditError
    with one line or more for each that is wrong, by its number in the answer, so that whoever made
    them can make better ones.
    """
    found = _Found()
    done: set[Proposal] = set()
    for number, proposal in enumerate(proposals, 1):
        if proposal in done or _is_idle(proposal):
            continue
        done.add(proposal)
        try:
            _add(view, found, number, proposal)
        except StaleError:
            raise
        except EditError as error:
            reason = error.message.removeprefix(f"{proposal.path}: ")
            found.complaints.append(f"edit {number} ({proposal.path}): {reason}")
    for path, edits in found.edits.items():
        found.complaints.extend(_overlaps(view, path, edits))
    if found.complaints:
        raise EditError("\n".join(found.complaints))
    if not found.edits and not found.created:
        raise EditError("the answer changes nothing")
    edits_by_path = {path: [edit for _, edit in edits] for path, edits in found.edits.items()}
    return workspace_edit(view, title, edits_by_path, found.created)


def _is_idle(proposal: Proposal) -> bool:
    return isinstance(proposal, Replace) and proposal.search == proposal.replace


def _add(view: View, found: _Found, number: int, proposal: Proposal) -> None:
    path = normal_path(view, proposal.path)
    if isinstance(proposal, Create):
        check_new(view, path)
        if path in found.created:
            raise EditError("it is created twice")
        found.created[path] = _file_text(path, proposal.text)
        return
    document = view.document(path)
    if document is None:
        raise unknown_path(view, path)
    found.edits.setdefault(path, []).append((number, _located(view, document, proposal)))


def _located(view: View, document: Document, proposal: Replace | ReplaceSymbol) -> TextEdit:
    if isinstance(proposal, Replace):
        return located(document, proposal.search, proposal.replace)
    outline = view.outline(document.path)
    if outline is None:
        raise EditError("its definitions are not known: replace text instead")
    return replaced_symbol(document, outline, proposal.symbol, proposal.code)


def _file_text(path: str, text: str) -> str:
    """The text of a new file, with a final newline, and without what models put around code."""
    if not path.lower().endswith(CODE_FENCE_FILES):
        text = without_fence(text) or text
    text = without_numbers(text, least=2) or text
    return text if not text or text.endswith("\n") else text + "\n"


def _overlaps(view: View, path: str, edits: list[tuple[int, TextEdit]]) -> Iterator[str]:
    """A complaint for each pair of neighbouring edits of which the second begins in the first."""
    document = view.document(path)
    ordered = sorted(edits, key=lambda each: (each[1].start, each[1].end))
    for (one, first), (other, second) in pairwise(ordered):
        if second.start < first.end and document is not None:
            line = document.lines.line_of(second.start) + 1
            pair = f"edits {min(one, other)} and {max(one, other)}"
            yield f"{pair} ({path}): they overlap at line {line}; make one edit of them"
