"""The section of an overview with one part for each module."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname

from codeassist.tasks.architecture.answers import ModuleWords
from codeassist.tasks.architecture.definitions import Main
from codeassist.tasks.architecture.facts import Facts
from codeassist.tasks.architecture.listing import plural
from codeassist.tasks.architecture.markdown import Links, code, prose
from codeassist.tasks.architecture.modules import Kind, common_folder
from codeassist.tasks.architecture.words import Quote

MOST_NAMES = 8  # modules named on a line
REST_FILES = 5  # files named of a rest


@dataclass(frozen=True, slots=True)
class Names:
    """What the modules are called: their names without the folder that all of them are below."""

    facts: Facts
    prefix: str

    @classmethod
    def of(cls, facts: Facts) -> "Names":
        """The names for some facts."""
        places = [
            each.place if each.kind is Kind.FILE else f"{each.place}/x"
            for each in facts.graph.modules
        ]
        prefix = common_folder(places)
        if any(each.kind is Kind.FOLDER and each.place == prefix for each in facts.graph.modules):
            prefix = dirname(prefix)
        return cls(facts, prefix)

    def name(self, module: int) -> str:
        """A module's name."""
        full = self.facts.graph.modules[module].name
        bare = full.removeprefix(f"{self.prefix}/") if self.prefix else full
        return bare.strip() or full

    def link(self, module: int, links: Links) -> str:
        """A link to where a module is, with its name."""
        found = self.facts.graph.modules[module]
        place = found.place if found.kind is Kind.FILE else f"{found.place or '.'}/"
        return links.place(place, 0, self.name(module))


def module_lines(
    facts: Facts, names: Names, written: Mapping[int, ModuleWords], links: Links
) -> list[str]:
    """The section, one part for each module in their order."""
    lines = ["## Modules"]
    for number in range(len(facts.graph.modules)):
        lines += ["", f"### {names.link(number, links)}", ""]
        lines += _said(written.get(number), links)
        lines += _part(facts, names, number, links)
    return lines


def _said(words: ModuleWords | None, links: Links) -> list[str]:
    if words is None:
        return []
    lines = [f"✎ {prose(words.purpose)}", ""] if words.purpose else []
    for each in words.points:
        places = ", ".join(links.place(path, line) for path, line in each.places)
        lines.append(f"- ✎ {prose(each.text)} ({places})")
    return [*lines, ""] if words.points else lines


def _part(facts: Facts, names: Names, number: int, links: Links) -> list[str]:
    module, quote = facts.graph.modules[number], facts.words[number]
    lines = [f"> {quoted(quote, links)}", ""] if quote else []
    total = sum(facts.survey.lines[path] for path in module.files)
    size = f"{plural(len(module.files), 'file')}, {plural(total, 'line')}"
    if module.kind in (Kind.REST, Kind.OWN) and len(module.files) <= REST_FILES:
        size += ": " + ", ".join(links.file(path) for path in module.files)
    lines.append(f"- {size}")
    for verb, others in (
        ("imports", facts.graph.outgoing(number)),
        ("imported by", facts.graph.incoming(number)),
    ):
        if others:
            named = ", ".join(names.link(other, links) for other in others[:MOST_NAMES])
            more = len(others) - MOST_NAMES
            lines.append(f"- {verb} {named}" + (f" and {more} more" if more > 0 else ""))
    return lines + [_defined(each, links) for each in facts.mains[number]]


def _defined(main: Main, links: Links) -> str:
    used = f", used by {plural(main.users, 'file')}" if main.users else ""
    said = f": {prose(main.quote.text)}" if main.quote else ""
    return f"- {main.kind} {links.file(main.path, main.line, main.name)}{used}{said}"


def quoted(quote: Quote, links: Links) -> str:
    """A quote with a link to where it stands."""
    return f"{prose(quote.text)} ({links.at(quote.path, quote.line, code(quote.path))})"
