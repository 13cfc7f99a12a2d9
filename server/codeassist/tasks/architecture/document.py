"""The overview as Markdown: the sections in order, from facts and from what a model wrote of them.

Every statement has a link to what it is about. Decides nothing but the words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from codeassist.index.view import View
from codeassist.languages import by_name
from codeassist.tasks.architecture.answers import ModuleWords, Statement, WholeWords
from codeassist.tasks.architecture.facts import LISTED, Facts
from codeassist.tasks.architecture.listing import listed, plural
from codeassist.tasks.architecture.markdown import Links, code, prose, text
from codeassist.tasks.architecture.modules_part import Names, module_lines, quoted
from codeassist.tasks.architecture.picture import picture_lines
from codeassist.tasks.architecture.survey import shares


@dataclass(frozen=True)
class Written:
    """What a model wrote, by module, and of the whole; nothing of what it was not asked for."""

    modules: Mapping[int, ModuleWords] = field(default_factory=dict)
    whole: WholeWords = field(default_factory=WholeWords)
    model: str = ""


def document(view: View, facts: Facts, written: Written, links: Links) -> str:
    """The whole document. Ends with a line feed; the same for the same facts and words."""
    names = Names.of(facts)
    sections = (
        _head(facts, written),
        _about(view, facts, links),
        _said("How it works", written.whole.how, links),
        _said("Where to start reading", written.whole.start, links),
        picture_lines(view, facts, names, links),
        module_lines(facts, names, written.modules, links),
        _entries(facts, links),
        _most_used(facts, links),
        _ties(facts, links),
        _tests(facts, names, links),
        _outside(facts, links),
        _remarks(facts),
    )
    overview = _overview(written.whole.overview, links)
    parts = [sections[0], overview, *sections[1:]]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(facts: Facts, written: Written) -> list[str]:
    by = f"; sentences marked ✎ were written by {code(written.model)}" if written.model else ""
    return [
        f"# Architecture of {code(facts.title)}",
        "",
        f"Made by codeassist from the code{by}.",
    ]


def _overview(statements: Iterable[Statement], links: Links) -> list[str]:
    return [
        line
        for each in statements
        for line in ("", f"✎ {prose(each.text)} ({_places(each, links)})")
    ][1:]


def _said(title: str, statements: Iterable[Statement], links: Links) -> list[str]:
    rows = [f"- ✎ {prose(each.text)} ({_places(each, links)})" for each in statements]
    return [f"## {title}", "", *rows] if rows else []


def _places(statement: Statement, links: Links) -> str:
    return ", ".join(links.place(path, line) for path, line in statement.places)


def _about(view: View, facts: Facts, links: Links) -> list[str]:
    lines = ["## What it is made of", ""]
    if facts.about:
        lines += [f"> {quoted(facts.about, links)}", ""]
    looked = facts.survey
    tests = looked.lines.keys() - set(facts.program)
    rows = [("program", facts.program), ("tests", sorted(tests))]
    lines += ["| | Language | Files | Lines |", "| --- | --- | ---: | ---: |"]
    for what, paths in rows:
        for share in shares(view, looked.lines, paths):
            title = by_name(share.language).title
            lines.append(f"| {what} | {text(title)} | {share.files:,} | {share.lines:,} |")
    return lines


def _entries(facts: Facts, links: Links) -> list[str]:
    if not facts.entries and not facts.tools:
        return []
    rows = []
    for each in facts.entries:
        manifest, line = each.declared
        declared = f", declared in {links.file(manifest, line)}" if manifest else ""
        place = links.file(each.path, each.line)
        rows.append(f"- {each.kind} {code(each.name)}: {place}{declared}")
    lines = ["## Entry points", "", *listed(rows, LISTED)]
    if facts.tools:
        made = ", ".join(links.file(path) for path in facts.tools[:LISTED])
        lines.append(f"- files of tools: {made}")
    return lines


def _most_used(facts: Facts, links: Links) -> list[str]:
    rows = [
        f"- {links.file(path)}: imported by {plural(count, 'file')}"
        for count, path in facts.most_used
        if count > 1
    ]
    if not rows:
        return []
    return ["## Most depended-upon files", "", *rows[:LISTED]]


def _ties(facts: Facts, links: Links) -> list[str]:
    if not facts.folder or not (facts.uses or facts.used_by):
        return []
    lines = ["## Ties to the rest of the repository", ""]
    for title, ties in (("Imports from it", facts.uses), ("Imported by", facts.used_by)):
        if ties:
            rows = [f"{links.file(path)} ({count:,})" for path, count in ties[:LISTED]]
            more = f" and {len(ties) - LISTED:,} more files" if len(ties) > LISTED else ""
            lines.append(f"- {title}: {', '.join(rows)}{more}")
    return lines


def _tests(facts: Facts, names: Names, links: Links) -> list[str]:
    if not facts.tests:
        return ["## Tests", "", "No file is recognised as a test by its name or folder."]
    rows = []
    for each in facts.tests:
        is_single = len(each.files) == 1
        place = links.file(each.files[0]) if is_single else links.directory(each.folder)
        covers = ", ".join(
            f"{names.link(module, links)} ({count:,})" for module, count in each.covers[:LISTED]
        )
        more = len(each.covers) - LISTED
        tail = f" and {more} more" if more > 0 else ""
        size = "" if is_single else f" ({plural(len(each.files), 'file')})"
        verb = "imports" if is_single else "import"
        rows.append(f"- {place}{size} {verb} " + (f"{covers}{tail}" if covers else "no module"))
    lines = [
        "## Tests",
        "",
        "By how many of their files import which module, or are part of it.",
        "",
    ]
    lines += listed(rows, LISTED)
    if facts.untested:
        left = ", ".join(names.link(module, links) for module in facts.untested)
        lines += ["", f"No test imports {left} directly."]
    return lines


def _outside(facts: Facts, links: Links) -> list[str]:
    lines: list[str] = []
    for only_tests, words in ((False, "the program"), (True, "tests only")):
        rows = [
            f"- {code(each.name)}: {plural(each.files, 'file')}, {links.file(each.path, each.line)}"
            for each in facts.outside
            if each.only_tests is only_tests
        ]
        if rows:
            lines += ["", f"Imported by {words}:", "", *listed(rows, LISTED)]
    return ["## External dependencies", *lines] if lines else []


def _remarks(facts: Facts) -> list[str]:
    looked = facts.survey
    left = [
        (len(looked.generated), "generated or vendored"),
        (len(looked.unread), "that could not be read"),
        (0 if facts.folder else facts.skipped, "not indexed (too large, binary, …)"),
    ]
    said = [f"{plural(count, 'file')} {why}" for count, why in left if count]
    remarks = [
        "Imports are counted as written: a statement counts once for each module that it leads to, "
        "and what is loaded at run time by name is not seen.",
        "A definition is used by a file that imports the file or package that defines it and "
        "writes its name.",
    ]
    if said:
        remarks.append(f"Not described: {', '.join(said)}.")
    return ["## How to read this", "", *(f"- {each}" for each in remarks)]
