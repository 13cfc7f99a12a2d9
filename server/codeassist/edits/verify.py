"""Whether an edit leaves the code whole: proofs and problems, found by parsing before and after.

Knows the view that the edit was made against. Runs nothing of the repository's; formatters and the
user's own checks are `commands`' matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from codeassist.base.edits import WorkspaceEdit
from codeassist.edits.comments import comment_problems
from codeassist.edits.imported import import_problems
from codeassist.edits.lost import lost_problems
from codeassist.edits.parsed import syntax_problems
from codeassist.edits.undefined import undefined_problems
from codeassist.edits.verdict import Verdict
from codeassist.index.view import View


@dataclass(frozen=True, slots=True)
class Intent:
    """What an edit is meant to do, beyond keeping the code whole.

    `removes` are qualified names of definitions that it takes away or renames, with their members.
    `comments_only` says that nothing but comments and docstrings may change.
    """

    removes: frozenset[str] = frozenset()
    comments_only: bool = False


_PLAIN = Intent()


def reparsed(view: View, edit: WorkspaceEdit) -> WorkspaceEdit:
    """A verified edit whose files were formatted since, parsed once more."""
    after = view.overlaid({file.path: file.after for file in edit.files})
    found = syntax_problems(view, after, edit)
    return replace(edit, problems=tuple(dict.fromkeys((*edit.problems, *found.problems))))


def verify(view: View, edit: WorkspaceEdit, intent: Intent = _PLAIN) -> WorkspaceEdit:
    """The edit with what is proved of it, and with what speaks against it, added.

    `view` is the state that the edit was made against. Nothing raises: what cannot be checked is
    neither a proof nor a problem, except with `comments_only`, where it is a problem.
    """
    after = view.overlaid({file.path: file.after for file in edit.files})
    verdicts: Iterable[Verdict]
    if intent.comments_only:
        # Where only comments change, names and imports are the same.
        verdicts = (syntax_problems(view, after, edit), comment_problems(view, after, edit))
    else:
        verdicts = (
            syntax_problems(view, after, edit),
            lost_problems(view, after, edit, intent.removes),
            import_problems(view, after, edit),
            undefined_problems(view, after, edit),
        )
    problems, proofs = list(edit.problems), list(edit.proofs)
    for verdict in verdicts:
        problems += verdict.problems
        proofs += verdict.proofs
    return replace(
        edit, problems=tuple(dict.fromkeys(problems)), proofs=tuple(dict.fromkeys(proofs))
    )
