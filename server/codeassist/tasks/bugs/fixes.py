"""The fixes that come with hypotheses: as edits that apply to one place and are verified.

One that does not is sent back once with the exact complaint. A hypothesis never falls with its fix.
"""

import json
from dataclasses import dataclass, replace

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import EditError
from codeassist.base.messages import AnswerSchema, Message, ModelAnswer, ModelRequest, Role
from codeassist.edits.answer import edits_schema, parse_edits, resolve
from codeassist.edits.verify import verify
from codeassist.index.view import View
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.claims import MAX_EDITS
from codeassist.tasks.bugs.judge import Suspect, lines_of
from codeassist.tasks.bugs.listing import listing
from codeassist.tasks.task import Ask, Reply, Scene

TASK = "bugs"
AROUND = 60  # lines on both sides of the place that are shown again
OUTPUT_TOKENS = 3_000
MAX_COMPLAINT = 2_000  # characters
NO_FIX = "the fix does not apply"


@dataclass(frozen=True, slots=True)
class Mended:
    """A fix as far as it is known: the edit, and what is wrong with it in words, "" for nothing."""

    edit: WorkspaceEdit | None
    complaint: str = ""


def mended(view: View, title: str, data: object) -> Mended:
    """What the edits in an answer come to. An edit that only fails to be verified is kept."""
    try:
        edit = verify(view, resolve(view, f"Fix: {title}", parse_edits(data)))
    except EditError as error:
        return Mended(None, error.message[:MAX_COMPLAINT])
    return Mended(edit, "\n".join(edit.problems)[:MAX_COMPLAINT])


def with_fix(view: View, suspect: Suspect) -> Suspect:
    """A suspect with its fix worked out."""
    if suspect.claim.fix is None:
        return suspect
    made = mended(view, suspect.claim.title, suspect.claim.fix)
    return replace(suspect, fix=made.edit, complaint=made.complaint)


def repair(scene: Scene, suspect: Suspect) -> Ask:
    """The request for a better fix."""
    view, found = scene.view, suspect.place
    first, last = lines_of(view, found)
    document = view.document(found.path)
    end = document.lines.line_count - 1 if document is not None else last
    around = Area(found.path, max(0, first - AROUND), min(end, last + AROUND))
    user = scene.prompts.fill(
        "bugs/fix",
        title=suspect.claim.title,
        wrong=suspect.claim.wrong,
        code=listing(view, (around,)).strip(),
        edits=_as_text(suspect.claim.fix),
        complaint=suspect.complaint,
    )
    messages = (
        Message(Role.SYSTEM, scene.prompts.fill("bugs/fix_system")),
        Message(Role.USER, user),
    )
    properties = {"edits": edits_schema() | {"maxItems": MAX_EDITS}}
    schema = {
        "type": "object",
        "properties": properties,
        "required": ["edits"],
        "additionalProperties": False,
    }
    return Ask(ModelRequest(TASK, messages, AnswerSchema("fix", schema), OUTPUT_TOKENS, "bugs.fix"))


def repaired(view: View, suspect: Suspect, reply: Reply) -> Suspect:
    """The suspect with the better fix, or with the old one where that is no better."""
    if not isinstance(reply, ModelAnswer):
        return suspect
    made = mended(view, suspect.claim.title, reply.data)
    if made.edit is None or (made.complaint and suspect.fix is not None):
        return suspect
    return replace(suspect, fix=made.edit, complaint=made.complaint)


def _as_text(data: object) -> str:
    """Edits as the JSON that the model wrote, cut if they are very long."""
    return json.dumps(data, ensure_ascii=False, indent=1)[: 4 * MAX_COMPLAINT]
