"""The action "instruct": a model does what it is told, across files, as verified edits.

It may ask once for definitions that it wants to see, by name. Names that it takes away have to be
declared. What is still wrong after one repair is shown as unverified, or dropped.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import Any

from codeassist.base.messages import AnswerSchema, ModelAnswer
from codeassist.context.pieces import Focus
from codeassist.edits.answer import edits_schema
from codeassist.edits.verify import Intent
from codeassist.prompts.library import fenced
from codeassist.tasks.refactor.action import Action, Refused
from codeassist.tasks.refactor.attempt import (
    TEXT_MOST,
    TITLE_MOST,
    Attempt,
    plain,
    repair,
    repaired,
    tried,
)
from codeassist.tasks.refactor.facts import Local
from codeassist.tasks.refactor.material import code, facts, language, place
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.question import (
    HINT_ITEMS,
    HINT_TEXT,
    HINT_TITLE,
    Question,
    object_schema,
    text,
    texts,
)
from codeassist.tasks.refactor.suggest import NO_MODEL
from codeassist.tasks.task import Ask, Dropped, Reply, Scene, Subject, TaskReport

NEEDS_MOST = 12  # definitions that are shown on request
REMOVES_MOST = 200
Answers = Generator[tuple[Ask, ...], tuple[Reply, ...], ModelAnswer | str]


def applies(scene: Scene, subject: Subject) -> str | None:
    """None where there is a model."""
    return NO_MODEL if scene.model is None else None


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Ask for the change and verify it. Raises Refused without an instruction."""
    instruction = options.instruction.strip()
    if not instruction:
        raise Refused("the instruction is missing")
    reason = applies(scene, subject)
    if reason is not None:
        return TaskReport(notes=(reason,))
    question = _question(scene, subject, instruction)
    answer = yield from _asked(question)
    if isinstance(answer, str):
        return TaskReport(notes=(answer,), shown=question.shown)
    seen = _seen(subject, question)
    needs = _names(answer.data, "needs")[:NEEDS_MOST]
    if needs and not _has_edits(answer.data):
        question = replace(question, also=needs, values={**question.values, "again": True})
        answer = yield from _asked(question)
        if isinstance(answer, str):
            return TaskReport(notes=(answer,), shown=question.shown)
        seen |= _seen(subject, question)
    attempt = tried(scene, _attempt(answer.data, instruction), seen)
    if attempt.complaint and _has_edits(answer.data):
        replies = yield (repair(scene, attempt, _material(scene, subject, question)),)
        attempt = repaired(scene, attempt, replies[0], seen)
    return _report(attempt, answer, question)


def _question(scene: Scene, subject: Subject, instruction: str) -> Question:
    focus = subject.focus
    values: dict[str, object] = {
        "place": place(scene.view, subject),
        "facts": facts(scene, subject),
        "instruction": instruction,
        "again": False,
        "most": NEEDS_MOST,
    }
    return Question(
        scene,
        "refactor/instruct",
        "refactor/instruct_system",
        AnswerSchema("change", _schema()),
        Focus(
            focus.path,
            focus.start_line,
            focus.end_line,
            focus.symbol,
            instruction,
            focus.open_paths,
        ),
        values,
        code(scene.view, subject),
        language(scene.view, subject),
    )


def _asked(question: Question) -> Answers:
    """The answer, or in words why there is none."""
    (reply,) = yield (question.ask(),)
    return reply if isinstance(reply, ModelAnswer) else f"no answer: {reply.message}"


def _seen(subject: Subject, question: Question) -> set[str]:
    shown = question.shown.pieces if question.shown else ()
    own = subject.paths if len(subject.paths) == 1 else ()
    return {*own, *(piece.path for piece in shown)}


def _material(scene: Scene, subject: Subject, question: Question) -> str:
    """The code that is shown again with a complaint."""
    selected = code(scene.view, subject)
    if selected:
        return fenced(selected, question.language)
    return question.shown.text if question.shown else ""


def _attempt(data: object, instruction: str) -> Attempt:
    answer = data if isinstance(data, dict) else {}
    removes = frozenset(_names(answer, "removes")[:REMOVES_MOST])
    title = plain(answer.get("title"), TITLE_MOST) or plain(instruction, TITLE_MOST)
    why = plain(answer.get("explanation"), TEXT_MOST)
    return Attempt(title, why, answer.get("edits"), Intent(removes=removes))


def _has_edits(data: object) -> bool:
    return isinstance(data, dict) and bool(data.get("edits"))


def _names(data: object, key: str) -> tuple[str, ...]:
    rows = data.get(key) if isinstance(data, dict) else None
    texts = [plain(each, TITLE_MOST) for each in (rows if isinstance(rows, list) else [])]
    return tuple(dict.fromkeys(each for each in texts if each))


def _report(attempt: Attempt, answer: ModelAnswer, question: Question) -> TaskReport:
    notes = [each for each in (*answer.notes, attempt.why, question.left_out) if each]
    if attempt.edit is not None:
        return TaskReport(edits=(attempt.edit,), notes=tuple(notes), shown=question.shown)
    if not _has_edits(answer.data):
        return TaskReport(notes=(*notes, "the model changed nothing"), shown=question.shown)
    dropped = (Dropped(attempt.title, attempt.complaint),)
    return TaskReport(dropped=dropped, notes=tuple(notes), shown=question.shown)


def _schema() -> dict[str, Any]:
    return object_schema(
        needs=texts("Names of definitions that have to be seen before. Empty if enough is shown."),
        title=text("The change in the imperative, ten words at most.", HINT_TITLE),
        explanation=text("What was done, and what was left undone and why.", HINT_TEXT),
        removes=texts("Qualified names of definitions that are taken away or renamed."),
        edits=edits_schema() | {"maxItems": HINT_ITEMS},
    )


ACTION = Action(
    "instruct",
    "Change as instructed",
    "refactor.rewrite.codeassist.instruct",
    applies,
    run,
    takes_instruction=True,
    needs_model=True,
)
