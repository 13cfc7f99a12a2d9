"""The first look: one request for each batch of changed lines, with the facts and a context.

A question can be asked again with fewer tokens: the context is made smaller, then left out, then
the last passages, which `left` tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from codeassist.base.changes import FileChange
from codeassist.base.errors import UsageError
from codeassist.base.messages import AnswerSchema, Message, ModelRequest, Role
from codeassist.context.pieces import Focus, Pack
from codeassist.context.source import visible_text
from codeassist.context.tokens import Counter
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.facts import Facts
from codeassist.tasks.bugs.material import known
from codeassist.tasks.review.areas import areas_of, touched
from codeassist.tasks.review.categories import CATEGORIES
from codeassist.tasks.review.claims import claims_schema
from codeassist.tasks.review.guidelines import about, guidelines_text
from codeassist.tasks.review.legible import legible
from codeassist.tasks.review.options import ReviewOptions
from codeassist.tasks.review.parts import Part, listing, overview
from codeassist.tasks.review.passages import Passage, halves
from codeassist.tasks.size import tokens_of
from codeassist.tasks.task import Ask, Scene

TASK = "review"
MOST_AN_ANSWER = 6  # findings of one answer; more than these are guesses
OUTPUT_TOKENS = 6_000  # six findings with fixes
OUTPUT_LEAST, OUTPUT_SHARE = 900, 0.2  # a model that takes little has little room for answers
SMALL, MOST_OF_SMALL = 16_000, 3  # such a model repeats itself after a few findings
CODE_SHARE = 0.35  # of the input; the rest is for the prompt, the facts and the context
# More in one request is looked at less closely: models find what is in the middle least. About 700
# lines with their numbers.
MOST_CODE = 9_000
PACK_MOST = 24_000  # of context; bench/README.md: more than 32k in all adds few edited lines
PACK_LEAST = 300  # tokens; a smaller context shows nothing
EXAMPLES_FROM = 16_000  # tokens of input; a smaller model copies examples instead of learning
TOLD_MOST, TOLD_SHARE = 2_000, 0.1  # of what the author says; its beginning is shown
OVERVIEW_SHARE, KNOWN_SHARE = 0.05, 0.15

Shown = list[tuple[FileChange, list[Passage]]]


@dataclass
class Question:
    """A request about some parts of a diff, and what was shown with it."""

    scene: Scene
    counter: Counter
    options: ReviewOptions
    parts: tuple[Part, ...]
    shown: Pack | None = None
    left: dict[str, None] = field(default_factory=dict)

    def ask(self) -> Ask:
        """The request, as large as the model takes it."""
        assert self.scene.model is not None
        return Ask(self.request(self.scene.model.input_tokens), self.request)

    def request(self, limit: int) -> ModelRequest:
        """The request in at most so many tokens, as far as what cannot be left out allows."""
        self.shown, self.left = None, {}
        many = most(limit)
        schema = AnswerSchema(
            "review_findings", claims_schema(many, self.options.categories), "findings"
        )
        passages = [passage for part in self.parts for passage in part.passages]
        while True:
            messages = self._messages(limit, many, passages, "")
            room = limit - tokens_of(self.counter, messages, schema)
            if room >= 0 or not passages:
                break
            self._shorten(passages)
        self.shown = self._pack(areas_of(self.options.review, passages), min(room, PACK_MOST))
        if self.shown is not None:
            messages = self._messages(limit, many, passages, self.shown.text)
        return ModelRequest(
            TASK,
            messages,
            schema,
            min(OUTPUT_TOKENS, max(OUTPUT_LEAST, int(limit * OUTPUT_SHARE))),
            cache_key=TASK,
        )

    def _shorten(self, passages: list[Passage]) -> None:
        """Leave out the last passage, or the second half of the only one."""
        last = passages.pop()
        self.left[last.path] = None
        if not passages and len(last.rows) > 1:
            passages.append(halves(last)[0])

    def _pack(self, areas: Sequence[Area], room: int) -> Pack | None:
        if room < PACK_LEAST or not areas:
            return None
        view, first = self.scene.view, areas[0]
        focus = Focus(first.path, first.first, first.last, first.symbol)
        if first.path not in view:
            return None
        try:
            return self.scene.pack(focus, "", room, tuple(touched(view, areas)))
        except UsageError:
            return None  # not one line of the focus fits: the lines are in the listing anyway

    def _messages(
        self, limit: int, many: int, passages: Sequence[Passage], pack: str
    ) -> tuple[Message, ...]:
        prompts, options = self.scene.prompts, self.options
        categories = [(name, CATEGORIES[name]) for name in options.categories]
        system = prompts.fill(
            "review/system",
            categories=categories,
            most=many,
            examples=limit >= EXAMPLES_FROM,
        )
        areas = areas_of(options.review, passages)
        rules = about(options.guidelines, {passage.path for passage in passages})
        user = prompts.fill(
            "review/look",
            overview=self._beginning(overview(options.review.diff), limit, OVERVIEW_SHARE),
            told=self._told(limit),
            guidelines=guidelines_text(rules, self.counter, limit),
            pack=pack.strip(),
            known=self._beginning(
                known(self.scene.view, areas, Facts(options.findings)), limit, KNOWN_SHARE
            ),
            listing=listing(list(self._by_file(passages))),
            most=many,
        )
        return Message(Role.SYSTEM, system), Message(Role.USER, legible(user))

    def _told(self, limit: int) -> str:
        """What the author says, in some tokens."""
        text = visible_text(self.options.told).strip()
        return self._beginning(text, min(limit, int(TOLD_MOST / TOLD_SHARE)), TOLD_SHARE)

    def _beginning(self, text: str, limit: int, share: float) -> str:
        """A text, or as much of it as a share of a limit holds."""
        room = int(limit * share)
        if self.counter.count(text) <= room:
            return text
        return f"{self.counter.beginning(text, room)}\n[…]"

    def _by_file(
        self, passages: Sequence[Passage]
    ) -> Iterator[tuple[FileChange, Sequence[Passage]]]:
        changes = {change.path: change for change in self.options.review.diff.files}
        for path in dict.fromkeys(passage.path for passage in passages):
            yield changes[path], [each for each in passages if each.path == path]


def most(limit: int) -> int:
    """How many findings are asked for in one request."""
    return MOST_OF_SMALL if limit < SMALL else MOST_AN_ANSWER


def code_limit(input_tokens: int) -> int:
    """The tokens of changed lines in one request."""
    return min(MOST_CODE, int(input_tokens * CODE_SHARE))
