"""The first look: one request for each batch of code, with the facts and a packed context.

A question can be asked again with fewer tokens: the context is made smaller, then left out, then
the last lines of the code, which `left` tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from codeassist.base.errors import UsageError
from codeassist.base.messages import AnswerSchema, Image, Message, ModelRequest, Role
from codeassist.context.pieces import Focus, Pack
from codeassist.context.tokens import Counter
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.claims import hypotheses_schema
from codeassist.tasks.bugs.facts import Facts
from codeassist.tasks.bugs.listing import listing
from codeassist.tasks.bugs.material import known
from codeassist.tasks.bugs.options import BugsOptions
from codeassist.tasks.size import tokens_of
from codeassist.tasks.task import Ask, Scene

TASK = "bugs"
MOST_AN_ANSWER = 6  # hypotheses of one answer; more than these are guesses
OUTPUT_TOKENS = 6_000  # six hypotheses with fixes
OUTPUT_LEAST, OUTPUT_SHARE = 1_000, 0.2  # a model that takes little has little room for answers
SMALL, MOST_OF_SMALL = 16_000, 3  # such a model repeats itself after a few hypotheses
CODE_SHARE = 0.35  # of the input; the rest is for the prompt, the facts and the context
# More code in one request is looked at less closely; models find what is in the middle of a long
# text least. By reasoning: 600 to 800 lines.
MOST_CODE = 8_000
PACK_MOST = 24_000  # of context; bench/README.md: more than 32k in all adds few edited lines
PACK_LEAST = 300  # tokens; a smaller context shows nothing
# Tokens of input. A smaller model copies the examples instead of following them: with 7,000 tokens
# Qwen2.5-Coder 1.5B said of two programs of QuixBugs what the second example says of its own.
EXAMPLES_FROM = 16_000
TOLD_SHARE = 0.25  # of the input for an issue or a log; its beginning and its end are shown


@dataclass
class Question:
    """A request about some areas, and what was shown with it."""

    scene: Scene
    counter: Counter
    options: BugsOptions
    areas: tuple[Area, ...]
    facts: Facts
    shown: Pack | None = None
    left: list[Area] = field(default_factory=list)

    def ask(self) -> Ask:
        """The request, as large as the model takes it."""
        assert self.scene.model is not None
        return Ask(self.request(self.scene.model.input_tokens), self.request)

    def request(self, limit: int) -> ModelRequest:
        """The request in at most so many tokens, as far as what cannot be left out allows."""
        self.shown, self.left = None, []
        areas = list(self.areas)
        told = self._told(limit)
        schema = AnswerSchema("bug_hypotheses", hypotheses_schema(_most(limit)), "hypotheses")
        while True:
            rest = self._messages(limit, areas, told, "")
            room = limit - tokens_of(self.counter, rest, schema)
            if room >= 0 or not areas:
                break
            self.left.insert(0, areas.pop())
            if not areas and self.left[0].last > self.left[0].first:
                cut = self.left[0]
                middle = (cut.first + cut.last) // 2
                areas = [replace(cut, last=middle)]
                self.left[0] = replace(cut, first=middle + 1)
        self.shown = self._pack(areas, min(room, PACK_MOST))
        text = self.shown.text if self.shown is not None else ""
        return ModelRequest(
            TASK,
            self._messages(limit, areas, told, text),
            schema,
            min(OUTPUT_TOKENS, max(OUTPUT_LEAST, int(limit * OUTPUT_SHARE))),
            cache_key=TASK,
        )

    def _pack(self, areas: Sequence[Area], room: int) -> Pack | None:
        if room < PACK_LEAST:
            return None
        text = self.options.text
        focus = Focus(text=text)
        if areas:
            first = areas[0]
            focus = Focus(first.path, first.first, first.last, first.symbol, text)
        if not areas and not text:
            return None
        also = tuple(f"{area.path}:{area.first + 1}-{area.last + 1}" for area in areas[1:])
        try:
            # No task: what is told is data, and would stand in the pack without a fence.
            return self.scene.pack(focus, "", room, also)
        except UsageError:
            return None  # not one line of the focus fits: the code is in the listing anyway

    def _messages(
        self, limit: int, areas: Sequence[Area], told: str, pack: str
    ) -> tuple[Message, ...]:
        prompts = self.scene.prompts
        system = prompts.fill("bugs/system", most=_most(limit), examples=limit >= EXAMPLES_FROM)
        user = prompts.fill(
            "bugs/look",
            pack=pack.strip(),
            told=told,
            known=known(self.scene.view, areas, self.facts),
            code=listing(self.scene.view, areas).strip(),
            has_image=bool(self._images()),
            most=_most(limit),
        )
        return Message(Role.SYSTEM, system), Message(Role.USER, user, self._images())

    def _images(self) -> tuple[Image, ...]:
        model, image = self.scene.model, self.options.image
        return (image,) if image is not None and model is not None and model.sees else ()

    def _told(self, limit: int) -> str:
        """What is told of a bug, its middle left out where it is too long."""
        text = self.options.text
        most = int(limit * TOLD_SHARE)
        if self.counter.count(text) <= most:
            return text
        head = self.counter.beginning(text, most // 2)
        # Reversed, since the count of an end is only known from its beginning.
        tail = self.counter.beginning(text[::-1], most // 3)[::-1]
        return f"{head}\n[…]\n{tail}"


def _most(limit: int) -> int:
    """How many hypotheses are asked for."""
    return MOST_OF_SMALL if limit < SMALL else MOST_AN_ANSWER


def code_limit(input_tokens: int) -> int:
    """The tokens of code in one request."""
    return min(MOST_CODE, int(input_tokens * CODE_SHARE))
