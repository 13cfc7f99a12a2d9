"""The task `bugs`: facts, a first look, what of it holds, a second look, fixes, a report.

Without a model the facts are the report. A request that fails is told, and the rest goes on.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace

from codeassist.base.messages import ModelAnswer
from codeassist.base.words import counted
from codeassist.context.tokens import Counter, encoding_of
from codeassist.tasks.bugs.areas import Area, areas_of, is_single
from codeassist.tasks.bugs.claims import claims_in
from codeassist.tasks.bugs.facts import Facts, facts_of, frames_of
from codeassist.tasks.bugs.fixes import repair, repaired, with_fix
from codeassist.tasks.bugs.judge import Judge, Suspect, distinct
from codeassist.tasks.bugs.listing import batches
from codeassist.tasks.bugs.options import BugsOptions
from codeassist.tasks.bugs.questions import MOST_AN_ANSWER, Question, code_limit
from codeassist.tasks.bugs.ranking import ranked, reported, uncovered, unsaid
from codeassist.tasks.bugs.refute import heard, hearings
from codeassist.tasks.task import Ask, Conversation, Reply, Scene, Subject, TaskReport

Asking = Generator[tuple[Ask, ...], tuple[Reply, ...], list[Suspect]]


def run(scene: Scene, subject: Subject, options: BugsOptions) -> Conversation:
    """Look for bugs in a subject, or for the one that the options tell of."""
    frames = frames_of(scene, options.text)
    areas = areas_of(scene, subject, options.text, frames)
    facts = facts_of(scene, subject, areas, frames, options.text)
    if scene.model is None:
        return TaskReport(findings=facts.findings, notes=facts.notes)
    work = _Work(scene, subject, options, areas, facts)
    suspects = yield from work.first_look()
    suspects = yield from work.second_look(suspects)
    suspects = yield from work.fixes(suspects)
    return work.report(suspects)


class _Work:
    """One run with a model."""

    def __init__(
        self,
        scene: Scene,
        subject: Subject,
        options: BugsOptions,
        areas: Sequence[Area],
        facts: Facts,
    ) -> None:
        assert scene.model is not None
        self.scene, self.options, self.facts = scene, options, facts
        self.counter = Counter(encoding_of(scene.model.name).name)
        self.notes = list(facts.notes)
        self.questions: list[Question] = []
        # A bug that was told of may be anywhere; one that was not is looked for in the subject.
        self.judge = Judge(scene.view, () if options.tells else areas)
        if options.image is not None and not scene.model.sees:
            self.notes.append(f"{scene.model.name} does not see images: the image was left out")
        self._plan(areas, most=1 if options.tells and not is_single(subject) else options.requests)

    def _plan(self, areas: Sequence[Area], most: int) -> None:
        """Cut the code into questions; what is too much is told."""
        assert self.scene.model is not None
        limit = code_limit(self.scene.model.input_tokens)
        made, left = batches(self.scene.view, areas, self.counter, limit, most)
        groups = [batch.areas for batch in made]
        if not groups and self.options.tells:
            groups = [()]
        for group in groups:
            self.questions.append(
                Question(self.scene, self.counter, self.options, group, self.facts)
            )
        if not groups:
            self.notes.append("there is no code here that a model could be asked about")
        self.notes += uncovered(left, len(areas))

    def first_look(self) -> Asking:
        """The hypotheses whose code exists, of all batches."""
        if not self.questions:
            return []
        replies = yield tuple(question.ask() for question in self.questions)
        found: list[Suspect] = []
        for question, reply in zip(self.questions, replies, strict=True):
            if not isinstance(reply, ModelAnswer):
                names = ", ".join(area.label for area in question.areas[:3]) or "the text"
                self.notes.append(f"no answer about {names}: {reply.message}")
                continue
            self.notes += [note for note in reply.notes if note not in self.notes]
            self.notes += uncovered(question.left, len(question.areas))
            found += self.judge.suspects(claims_in(reply.data, MOST_AN_ANSWER))
        return unsaid(self.scene.view, self.judge, distinct(found), self.facts.findings)

    def second_look(self, suspects: list[Suspect]) -> Asking:
        """The hypotheses that are not refuted, the surest first, as many as are shown."""
        stay: list[Suspect] = []
        asked = hearings(self.scene, self.counter, suspects)
        if asked:
            replies = yield tuple(hearing.ask for hearing in asked)
            unseen = 0
            for hearing, reply in zip(asked, replies, strict=True):
                kept, missed = heard(self.judge, hearing, reply)
                stay, unseen = stay + kept, unseen + missed
            if unseen:
                self.notes.append(f"not looked at a second time: {_hypotheses(unseen)}")
            refuted = len(suspects) - len(stay)
            if refuted:
                self.notes.append(f"refuted at a second look: {_hypotheses(refuted)}")
        return ranked(self.judge, stay, self.options.shown)

    def fixes(self, suspects: list[Suspect]) -> Asking:
        """The hypotheses with their fixes; those that are wrong are asked for once more."""
        found = [with_fix(self.scene.view, each) for each in suspects]
        broken = [number for number, each in enumerate(found) if each.complaint]
        if broken:
            replies = yield tuple(repair(self.scene, found[number]) for number in broken)
            for number, reply in zip(broken, replies, strict=True):
                found[number] = repaired(self.scene.view, found[number], reply)
        return found

    def report(self, suspects: Sequence[Suspect]) -> TaskReport:
        """All of it."""
        shown = [question.shown for question in self.questions if question.shown is not None]
        made = reported(self.scene.view, suspects)
        return replace(
            made,
            findings=self.facts.findings,
            dropped=tuple(self.judge.dropped),
            notes=(*self.notes, *made.notes),
            shown=shown[-1] if shown else None,
        )


def _hypotheses(number: int) -> str:
    return counted(number, "hypothesis", "hypotheses")
