"""What a model is shown of a module or of the whole: facts, outlines and code, up to a budget.

Deterministic: the same state gives the same text, so that an answer can be kept. Names no place
that does not exist. What is shown is data, and fenced by the prompt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codeassist.context.source import Sources, visible
from codeassist.context.summaries import symbol_summary
from codeassist.context.tokens import Counter
from codeassist.index.view import View
from codeassist.tasks.architecture.answers import ModuleWords
from codeassist.tasks.architecture.facts import Facts
from codeassist.tasks.architecture.modules_part import Names
from codeassist.tasks.architecture.surface import public
from codeassist.tasks.architecture.words import Quote, of_file

OUTLINE_SHARE = 0.6  # of a module's tokens; the rest is for code
MAX_OUTLINED = 120  # files of a module that are looked at
MAX_SYMBOLS = 12  # signatures of one file
MAX_CODE_LINES = 60  # of one definition
MOST = 15  # rows of a list of facts


@dataclass(frozen=True)
class Material:
    """Makes what a model is shown, for one view and one encoding."""

    view: View
    facts: Facts
    names: Names
    sources: Sources
    counter: Counter

    def module(self, number: int, budget: int) -> str:
        """A module in at most `budget` tokens: its facts, its files' outlines, its main code."""
        outlines = int(budget * OUTLINE_SHARE)
        text = self._fitting([*self._module_facts(number), *self._outlines(number)], outlines)
        left = budget - self.counter.count(text)
        return text + self._fitting(self._code(number), left)

    def whole(self, written: Mapping[int, ModuleWords], budget: int) -> str:
        """The whole in at most `budget` tokens: what is known of each module, and the facts."""
        rows = [*self._whole_facts()]
        for number in range(len(self.facts.graph.modules)):
            rows += self._module_facts(number)
            said = written.get(number)
            if said and said.purpose:
                rows.append(f"  purpose: {visible(said.purpose)}\n")
            for point in said.points if said else ():
                rows.append(f"  - {visible(point.text)} ({point.places[0][0]})\n")
        return self._fitting(rows, budget)

    def _fitting(self, rows: Iterable[str], budget: int) -> str:
        """The rows in order, as many as fit; one that is too long is passed over."""
        every = list(rows)
        kept: list[str] = []
        for row, price in zip(every, self.counter.count_many(every), strict=True):
            if price <= budget:
                kept.append(row)
                budget -= price
        return "".join(kept)

    def _module_facts(self, number: int) -> Iterable[str]:
        module, graph = self.facts.graph.modules[number], self.facts.graph
        yield f"module {visible(module.name)} ({len(module.files)} files)\n"
        if quote := self.facts.words[number]:
            yield f"  says of itself: {_quoted(quote)}\n"
        for verb, others in (
            ("imports", graph.outgoing(number)),
            ("is imported by", graph.incoming(number)),
        ):
            if others:
                named = ", ".join(visible(graph.modules[other].name) for other in others[:MOST])
                yield f"  {verb}: {named}\n"

    def _outlines(self, number: int) -> Iterable[str]:
        """The files, most used first: their words, then the signatures of what they define."""
        used = {path: count for count, path in self.facts.most_used}
        files = self.facts.graph.modules[number].files
        for path in sorted(files, key=lambda each: (-used.get(each, 0), each))[:MAX_OUTLINED]:
            outline, source = self.view.outline(path), self.sources.get(self.view, path)
            if outline is None or source is None:
                continue
            quote = of_file(self.view, self.sources, path)
            yield f"\nfile {visible(path)}{': ' + visible(quote.text) if quote else ''}\n"
            for index in list(public(outline))[:MAX_SYMBOLS]:
                yield f"  {symbol_summary(outline, index, source)}\n"

    def _code(self, number: int) -> Iterable[str]:
        for main in self.facts.mains[number]:
            outline, source = self.view.outline(main.path), self.sources.get(self.view, main.path)
            if outline is None or source is None:
                continue
            symbol = outline.symbols[main.symbol]
            first = source.index.line_of(symbol.start)
            last = source.index.line_of(max(symbol.start, symbol.end - 1)) + 1
            lines = source.lines[first : min(last, first + MAX_CODE_LINES)]
            cut = "…\n" if last - first > MAX_CODE_LINES else ""
            head = f"\ncode of {visible(main.name)} in {visible(main.path)}\n"
            yield head + "".join(f"{line}\n" for line in lines) + cut

    def _whole_facts(self) -> Iterable[str]:
        facts = self.facts
        if facts.about:
            yield f"the README says: {_quoted(facts.about)}\n"
        for entry in facts.entries[:MOST]:
            yield f"entry point: {entry.kind} {visible(entry.name)} in {visible(entry.path)}\n"
        for count, path in facts.most_used[:MOST]:
            yield f"imported by {count} files: {visible(path)}\n"
        for package in facts.outside[:MOST]:
            yield f"external package: {visible(package.name)} ({package.files} files)\n"
        for level, layer in enumerate(facts.graph.layers, 1):
            named = ", ".join(visible(facts.graph.modules[number].name) for number in layer)
            yield f"layer {level}: {named}\n"


def _quoted(quote: Quote) -> str:
    return f"{visible(quote.text)} ({visible(quote.path)})"
