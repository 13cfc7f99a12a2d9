"""How good is `codeassist docs` from facts alone, on functions whose documentation is taken away?

Takes the documentation from up to --count documented functions with parameters, spread over a
repository, and has the task write it again: is it in the style that the taken one was in, does it
name every parameter, did only comments change? For Python the answers come from its own `ast` and
from patterns of this file. For other languages the parameters, and whether only comments changed,
are as the product's index and its own verification say; only the form is judged by this file.

With --model NAME and --base-url, the same through a model behind an OpenAI-compatible address. Its
sentences are not judged; a line for each note says what was written from facts after all.
"""

import argparse
import ast
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from asked import add_model, asking, scene
from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.context.pieces import Focus
from codeassist.engine.asking import converse
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.store import Store
from codeassist.index.view import View
from codeassist.languages import for_path
from codeassist.tasks.docs.existing import existing
from codeassist.tasks.docs.facts import items_of
from codeassist.tasks.docs.options import DocsOptions
from codeassist.tasks.docs.run import run
from codeassist.tasks.docs.syntax import source_of
from codeassist.tasks.task import (
    Conversation,
    Reach,
    Scene,
    Subject,
    TaskReport,
)
from codeassist.vfs.generated import is_generated
from measure import table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fixtures"))
from trees import DictTree

MAX_BYTES = 400_000
KEPT = 3  # one of so many functions loses its documentation at most
_PYTHON_STYLE = {
    "google": re.compile(r"^\s*(?:Args|Arguments|Returns|Yields|Raises):\s*$", re.MULTILINE),
    "numpy": re.compile(r"^\s*(?:Parameters|Returns|Yields|Raises)\s*\n\s*-{3,}", re.MULTILINE),
    "sphinx": re.compile(r"^\s*(?:r?\"{3})?:(?:param|returns?|rtype|raises)\b", re.MULTILINE),
}
_ENTRY: Mapping[str, Callable[[str], str]] = {
    "google": lambda name: rf"(?m)^\s+\*{{0,2}}{name}(?: \(.*\))?:",
    "numpy": lambda name: rf"(?m)^\s*\*{{0,2}}{name}(?: : .*)?$",
    "sphinx": lambda name: rf":param (?:\\\*){{0,2}}{name}:",
}
_OPENING = re.compile(r"\s*(/\*\*|/\*!|///|//|---|--|#)")

Runner = Callable[[Scene, Subject], TaskReport]


@dataclass(frozen=True)
class Taken:
    """A function whose documentation was taken away."""

    path: str
    name: str
    doc: str
    parameters: tuple[str, ...]


@dataclass
class Score:
    """What is right of what was written. `wrong` are examples."""

    written: int = 0
    style: int = 0
    complete: int = 0
    comments_only: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, language: str, total: int, usual: str) -> tuple[str, ...]:
        shares = (self.written, self.style, self.complete, self.comments_only)
        return (name, language, usual, str(total), *(f"{share}/{total}" for share in shares))


def main() -> None:
    options = _options()
    runner = _runner(options)
    rows: list[tuple[str, ...]] = []
    wrong: list[str] = []
    for given in options.repository:
        files = _files(Path(given), options.language, options.under)
        with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as folder:
            store = Store.open(folder)
            rows.append(_measure(given, files, options, store, runner, wrong))
            store.close()
    head = ("repository", "language", "style", "functions", "written", "style right",
            "parameters complete", "only comments")  # fmt: skip
    print(table(head, rows))
    for line in wrong[: options.show]:
        print(line)


def _measure(
    given: str,
    files: dict[str, bytes],
    options: argparse.Namespace,
    store: Store,
    runner: Runner,
    wrong: list[str],
) -> tuple[str, ...]:
    view = _view(files, store)
    documented = [each for path in files for each in _documented(view, path, options.language)]
    usual = _usual(files, documented, options.language)
    # Most of the documentation stays: it is what the style is found out from.
    chosen = documented[:: max(KEPT, len(documented) // options.count)][: options.count]
    stripped = _stripped(view, files, chosen)
    after = _view({**files, **stripped}, store)
    score = Score()
    for taken in chosen:
        subject = _subject(after, taken)
        if subject is None:
            wrong.append(f"{taken.path} {taken.name}: not found again")
            continue
        report = runner(scene(after, options), subject)
        score.notes.update(report.notes)
        _judge(score, taken, usual, report, options.language, wrong)
    for note, count in score.notes.items():
        print(f"{count} x {note}")  # with a model: what was written from facts after all
    return score.row(Path(given).parent.name if given.endswith("repo") else Path(given).name,
                     options.language, len(chosen), usual)  # fmt: skip


def _documented(view: View, path: str, language: str) -> Iterator[Taken]:
    """The functions of a file that have documentation and parameters."""
    source = source_of(view, path)
    if source is None:
        return
    for index, symbol in enumerate(source.outline.symbols):
        if symbol.kind not in CALLABLE_KINDS or symbol.name.startswith("_"):
            continue
        has = existing(source, index)
        names = tuple(item.name for item in items_of(source, index))
        name = source.outline.qualified(index)
        twins = [i for i in range(len(source.outline.symbols))
                 if source.outline.qualified(i) == name]  # fmt: skip
        if not has.is_doc or not names or len(twins) > 1:
            continue
        if language == "python" and not _has_more(source.data, symbol.body, symbol.end, has.end):
            continue
        if language == "python":
            names = _ast_parameters(source.data, symbol.name, source.document.lines.line_of(
                symbol.start) + 1)  # fmt: skip
        if names:
            yield Taken(path, name, has.text, names)


def _ast_parameters(data: bytes, name: str, line: int) -> tuple[str, ...]:
    """The parameters of the Python function that begins on a 1-based line, without the receiver."""
    for node in ast.walk(ast.parse(data)):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if (node.name, node.lineno) != (name, line):
            continue
        given = node.args
        every = [*given.posonlyargs, *given.args, *filter(None, (given.vararg,)),
                 *given.kwonlyargs, *filter(None, (given.kwarg,))]  # fmt: skip
        names = [each.arg for each in every]
        return tuple(names[1:] if names[:1] in (["self"], ["cls"]) else names)
    return ()


def _has_more(data: bytes, body: int, end: int, doc_end: int) -> bool:
    """Whether a body has statements after its docstring."""
    return body < doc_end < end and bool(data[doc_end:end].strip())


def _stripped(view: View, files: Mapping[str, bytes], chosen: list[Taken]) -> dict[str, bytes]:
    """The files of the chosen functions without their documentation, whole lines taken out."""
    after: dict[str, bytes] = {}
    for path in {each.path for each in chosen}:
        source = source_of(view, path)
        assert source is not None
        names = {each.name for each in chosen if each.path == path}
        cuts = []
        for index in range(len(source.outline.symbols)):
            if source.outline.qualified(index) in names:
                has = existing(source, index)
                lines = source.document.lines
                first, last = lines.line_of(has.start), lines.line_of(has.end - 1)
                cuts.append((lines.line_start(first), lines.line_start(last + 1)))
        data = source.data
        for start, end in sorted(cuts, reverse=True):
            data = data[:start] + data[end:]
        after[path] = data
    return after


def _usual(files: Mapping[str, bytes], documented: list[Taken], language: str) -> str:
    """What most of the documentation is like: Python's style, or how a comment begins."""
    if language != "python":
        marks = Counter(
            match.group(1) for each in documented if (match := _OPENING.match(each.doc))
        )
        return marks.most_common(1)[0][0] if marks else ""
    votes: Counter[str] = Counter()
    for path, data in files.items():
        for node in ast.walk(ast.parse(data)) if path.endswith(".py") else ():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                votes[_style(ast.get_docstring(node) or "")] += 1
    del votes[""]
    return votes.most_common(1)[0][0] if votes else "google"


def _style(doc: str) -> str:
    found = [name for name, pattern in _PYTHON_STYLE.items() if pattern.search(doc)]
    return found[0] if len(found) == 1 else ""


def _judge(
    score: Score, taken: Taken, usual: str, report: TaskReport, language: str, wrong: list[str]
) -> None:
    place = f"{taken.path} {taken.name}"
    if not report.edits:
        wrong.append(f"{place}: nothing written: {report.notes} {report.dropped}")
        return
    score.written += 1
    (file,) = report.edits[0].files
    assert file.before is not None
    text = "\n".join(edit.text for edit in file.edits)
    if language == "python":
        style = _style(text)
        right = style == (_style(taken.doc) or _file_style(file.before) or usual)
        missing = [
            n
            for n in taken.parameters
            if not re.search(_ENTRY.get(style, _ENTRY["google"])(re.escape(n)), text)
        ]
        same = _same_code(file.before, file.after)
    else:
        opening = _OPENING.match(text.lstrip("\n"))
        own = _OPENING.match(taken.doc)
        right = opening is not None and opening[1] in (usual, own[1] if own else usual)
        missing = []
        if language not in ("go", "bash") and (language != "rust" or "# Arguments" in text):
            missing = [n for n in taken.parameters
                       if not re.search(rf"\W{re.escape(n)}(?!\w)", text)]  # fmt: skip
        if language == "go" and not re.search(rf"// {taken.name.rpartition('.')[2]}\b", text):
            missing = ["the name"]
        same = report.edits[0].is_verified
    score.style += right
    score.complete += not missing
    score.comments_only += same
    if not right or missing or not same:
        wrong.append(f"{place}: style {right} missing {missing} same {same}\n{text}")


def _file_style(data: bytes) -> str:
    """The style of the docstrings that a file has left, "" where they are in none or several."""
    docs = (
        ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(data))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    )
    votes = Counter(style for doc in docs if (style := _style(doc))).most_common(2)
    return votes[0][0] if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]) else ""


def _same_code(before: bytes, after: bytes) -> bool:
    """Whether two Python files are the same program, docstrings aside."""
    return ast.dump(_bare(before)) == ast.dump(_bare(after))


def _bare(data: bytes) -> ast.Module:
    tree = ast.parse(data)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(
                first.value.value, str
            ):  # fmt: skip
                node.body = node.body[1:]
    return tree


def _subject(view: View, taken: Taken) -> Subject | None:
    outline, document = view.outline(taken.path), view.document(taken.path)
    if outline is None or document is None:
        return None
    for index, symbol in enumerate(outline.symbols):
        if outline.qualified(index) == taken.name:
            line_of = document.lines.line_of
            focus = Focus(taken.path, line_of(symbol.start), line_of(symbol.end - 1), index)
            return Subject(taken.name, Reach.SYMBOL, focus, (taken.path,), symbol.start, symbol.end)
    return None


def _runner(options: argparse.Namespace) -> Runner:
    """How a conversation is carried out: without a model, or through the engine's gateway."""
    if not options.model:
        return lambda scene, subject: _facts_alone(run(scene, subject, DocsOptions()))
    return lambda scene, subject: asking(
        options, lambda asker: converse(run(scene, subject, DocsOptions()), asker)
    )


def _facts_alone(conversation: Conversation) -> TaskReport:
    try:
        next(conversation)
    except StopIteration as done:
        report: TaskReport = done.value
        return report
    raise AssertionError("it asked a model that there is not")


def _view(files: Mapping[str, bytes], store: Store) -> View:
    made = build(DictTree("bench", files), store, "bench", IndexConfig(workers=1),
                 lambda stage, done, total: None, CancellationToken())  # fmt: skip
    return made.view


def _files(path: Path, language: str, under: str) -> dict[str, bytes]:
    """The sources of a language in a folder, or at the newest commit of a bare repository."""
    if (path / "HEAD").exists():
        listed = _git(path, "ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0")
        read: Callable[[str], bytes] = lambda name: _git(path, "cat-file", "blob", f"HEAD:{name}")  # noqa: E731
    else:
        listed = [str(each.relative_to(path)) for each in path.rglob("*") if each.is_file()]
        read = lambda name: (path / name).read_bytes()  # noqa: E731
    found: dict[str, bytes] = {}
    for name in sorted(listed):
        row = for_path(name) if name.startswith(under) else None
        configures = name.rpartition("/")[2] in ("pyproject.toml", "setup.cfg", ".editorconfig")
        if (row is None or row.name != language or "test" in name) and not configures:
            continue
        data = read(name)
        if len(data) < MAX_BYTES and not is_generated(name, data):
            found[name] = data
    return found


def _git(path: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(path), *arguments], check=True, capture_output=True)
    return done.stdout


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", nargs="+", help="a folder, or a bare repository")
    parser.add_argument("--language", default="python")
    parser.add_argument("--under", default="", help="only files whose path begins so")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--show", type=int, default=5, help="how many mistakes to print")
    add_model(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
