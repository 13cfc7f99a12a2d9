"""The task `review`: the diff in batches, what of each answer holds, a final pass, a report.

Without a model it says that no model saw the change: the facts are the engine's report already. A
request that fails is told, and the rest goes on.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace

from codeassist.base.files import Skipped
from codeassist.base.messages import ModelAnswer
from codeassist.base.words import counted
from codeassist.context.tokens import Counter, encoding_of
from codeassist.tasks.review.batches import batches
from codeassist.tasks.review.claims import claims_in
from codeassist.tasks.review.final import hearings
from codeassist.tasks.review.judge import Judge, Suspect
from codeassist.tasks.review.options import ReviewOptions
from codeassist.tasks.review.parts import Part, is_shown, parts_of, withheld
from codeassist.tasks.review.questions import MOST_AN_ANSWER, Question, code_limit
from codeassist.tasks.review.related import Relations
from codeassist.tasks.review.report import ReviewReport, notes_of, ranked, reported
from codeassist.tasks.review.spots import Spots
from codeassist.tasks.review.verdicts import UNSEEN, heard
from codeassist.tasks.task import Ask, Conversation, Reply, Scene, Subject

NO_MODEL = "no model looked at it"
LIMIT = "the change needs more requests than review.calls allows"
TOO_MUCH = f"not shown to the model: {LIMIT}"
IN_PART = f"shown to the model in part: {LIMIT}"
ENDLESS = "the model's answer about it was cut off"
CUT = "shown to the model in part: it takes no more at once"
# Of the calls that are allowed, for the final pass; one at least.
FINAL_SHARE = 0.25
MOST_READ = 100  # findings of an answer; those that were not asked for are dropped, and told

Asking = Generator[tuple[Ask, ...], tuple[Reply, ...], list[Suspect]]


def run(scene: Scene, subject: Subject, options: ReviewOptions) -> Conversation:
    """Review the diff of the options."""
    changes = [each for each in options.review.diff.files if is_shown(each) and not withheld(each)]
    if scene.model is None:
        return ReviewReport(unseen=tuple(Skipped(each.path, NO_MODEL) for each in changes))
    work = _Work(scene, options)
    suspects = yield from work.first_look()
    suspects = yield from work.final_pass(suspects)
    return work.report(suspects)


class _Work:
    """One run with a model."""

    def __init__(self, scene: Scene, options: ReviewOptions) -> None:
        assert scene.model is not None
        self.scene, self.options = scene, options
        self.counter = Counter(encoding_of(scene.model.name).name)
        self.judge = Judge(Spots(options.review), options.categories)
        self.notes: list[str] = []
        self.sent: dict[str, None] = {}
        self.unseen: dict[str, str] = {}
        self.questions = self._planned(code_limit(scene.model.input_tokens))
        self.calls = options.calls - len(self.questions)

    def _planned(self, limit: int) -> list[Question]:
        """The diff in questions; what is too much is told."""
        review, options = self.options.review, self.options
        parts = parts_of(review, self.counter, limit)
        reserved = max(1, round(options.calls * FINAL_SHARE)) if options.calls > 1 else 0
        most = options.calls - reserved
        made, left = batches(parts, Relations(review).between, limit, most)
        seen = {part.path for batch in made for part in batch}
        self._miss([part for part in left if part.path in seen], IN_PART)
        self._miss(left, TOO_MUCH)
        hidden: dict[str, list[str]] = {}
        for change in review.diff.files:
            reason = withheld(change) if is_shown(change) else ""
            if reason:
                hidden.setdefault(reason, []).append(change.path)
        for reason, paths in hidden.items():
            self.notes.append(f"not shown to the model: {', '.join(paths[:5])}, which {reason}")
        return [Question(self.scene, self.counter, options, batch) for batch in made]

    def _miss(self, parts: Sequence[Part], reason: str) -> None:
        for part in parts:
            self.unseen.setdefault(part.path, reason)

    def first_look(self) -> Asking:
        """The findings whose code exists, of all batches."""
        if not self.questions:
            return []
        replies = yield self._sending([question.ask() for question in self.questions])
        found: list[Suspect] = []
        for question, reply in zip(self.questions, replies, strict=True):
            if not isinstance(reply, ModelAnswer):
                self._miss(question.parts, f"not seen by the model: {reply.message}")
                continue
            self.notes += [note for note in reply.notes if note not in self.notes]
            if reply.is_cut:
                self._miss(question.parts, ENDLESS)
            for path in question.left:
                self.unseen.setdefault(path, CUT)
            claims = claims_in(reply.data, MOST_READ)
            found += self.judge.suspects(claims[:MOST_AN_ANSWER])
            for each in claims[MOST_AN_ANSWER:]:
                self.judge.drop(each, f"more than the {MOST_AN_ANSWER} that were asked for")
        return self.judge.unsaid(self.judge.distinct(found), self.options.findings)

    def final_pass(self, suspects: list[Suspect]) -> Asking:
        """The findings that are not refuted, merged, the surest first, as many as are shown."""
        order = sorted(suspects, key=lambda each: -each.confidence)
        asked = hearings(self.scene, self.judge, self.counter, order)
        heard_of, unheard = asked[: self.calls], asked[self.calls :]
        stay: list[Suspect] = []
        missed = 0
        if heard_of:
            replies = yield self._sending([hearing.ask for hearing in heard_of])
            for hearing, reply in zip(heard_of, replies, strict=True):
                kept, unseen = heard(self.judge, hearing.suspects, reply)
                stay, missed = stay + kept, missed + unseen
        for hearing in unheard:
            stay += [
                replace(each, confidence=min(UNSEEN, each.confidence)) for each in hearing.suspects
            ]
            missed += len(hearing.suspects)
        if missed:
            what = counted(missed, "finding of the model", "findings of the model")
            self.notes.append(f"not looked at a second time: {what}")
        return ranked(self.judge, stay, self.options.shown)

    def _sending(self, asks: Sequence[Ask]) -> tuple[Ask, ...]:
        """The requests, noted as sent."""
        texts = (message.text for ask in asks for message in ask.request.messages)
        self.sent.update(dict.fromkeys(texts))
        return tuple(asks)

    def report(self, suspects: Sequence[Suspect]) -> ReviewReport:
        """All of it."""
        shown = [question.shown for question in self.questions if question.shown is not None]
        report = ReviewReport(
            dropped=tuple(self.judge.dropped),
            notes=(*self.notes, *notes_of(self.judge.unplaced)),
            shown=shown[-1] if shown else None,
            unseen=tuple(Skipped(path, reason) for path, reason in self.unseen.items()),
            sent=tuple(self.sent),
        )
        return reported(self.options.review, suspects, report)
