"""What frames mean in a repository: their files by the longest common end of the path, their
symbols by name and line, even where the code has moved since.

Frames of libraries are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.symbols import CALLABLE_KINDS, TOP, Outline
from codeassist.context.callee import names_of
from codeassist.context.pieces import Reason
from codeassist.context.roles import is_test
from codeassist.context.traces import Frame, Trace
from codeassist.index.view import View

# Weights of frames, by reasoning and not by measurement: the innermost own frame of a trace is
# where it happened, each one further out is half as likely to be the place; the trace of a cause
# tells more than that of what it led to.
OUTWARD = 0.5
WRAPPER = 0.9
IN_TEST = 0.3  # a path that is only named and is a test's: it shows how, and is not where
LEAST = 0.01  # so that a long trace still has an order
# Where installed code lies. What follows is a path in the library, to be matched as a whole.
_LIBRARY = re.compile(
    r"(?<![^/])(?:site-packages|dist-packages|node_modules|vendor/bundle|gems/[^/]+/lib|"
    r"\.cargo/registry/src/[^/]+/[^/]+|go/pkg/mod|rustc/[0-9a-f]+|rustlib/src/rust|"
    r"(?:go|go[-\d.]+|libexec|\.gvm/gos/[^/]+|hostedtoolcache/go/[^/]+/[^/]+)/src|"
    r"lib(?:64)?/python\d(?:\.\d+)?|lib/ruby/[^/]+)/"
)
_MODULE = re.compile(rb"^module[ \t]+([^\s/\"][^\s\"]*)", re.M)
_NO_FILE = re.compile(r"^(?:node:|internal/|<|native code|\[native)")
_SCHEME = re.compile(r"^(?:file|https?|webpack(?:-internal)?|vite|ng|app)://+(?:localhost)?", re.I)
# A name that is not found where the trace says it is may be looked for elsewhere only if it is
# telling: `run` and `main` are in every program.
TELLING = 6  # characters


@dataclass(frozen=True, slots=True)
class Resolved:
    """A frame's place here: a file, and a symbol of it or TOP. `reason` says how it was found."""

    path: str
    symbol: int
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Match:
    """The files that a frame's path may mean. `is_sure`: the path alone is proof enough."""

    paths: tuple[str, ...]
    is_sure: bool = False
    is_library: bool = False


class Resolver:
    """Resolves frames against one view. `root` is the folder of the view, "" if unknown."""

    def __init__(self, view: View, root: str = "") -> None:
        self._view = view
        self._root = root.replace("\\", "/").rstrip("/")

    def resolve(self, traces: Sequence[Trace]) -> tuple[Resolved, ...]:
        """The frames that are this repository's own, the most telling first, each place once."""
        best: dict[tuple[str, int], Resolved] = {}
        has_causes = any(trace.is_cause for trace in traces)
        for trace in traces:
            weight = WRAPPER if has_causes and not trace.is_cause else 1.0
            for frame in dict.fromkeys(trace.frames):
                found = self._frame(frame, weight)
                if found is None:
                    continue
                weight = max(LEAST, weight * OUTWARD) if trace.language else weight
                key = (found.path, found.symbol)
                if key not in best or best[key].score < found.score:
                    best[key] = found
        return tuple(sorted(best.values(), key=lambda each: -each.score))

    def _frame(self, frame: Frame, score: float) -> Resolved | None:
        found = self._paths(frame)
        names = names_of(frame.function)
        written = f"{frame.path}:{frame.line}" if frame.line else frame.path
        words = f"frame {frame.function} at {written}" if frame.function else f"named: {written}"
        for path in found.paths:  # of files that match alike, the one that defines the function
            symbol = self._named(path, names, frame.line) if names else None
            if symbol is not None:
                words += self._drift(path, symbol, frame.line)
                return Resolved(path, symbol, score, Reason("trace", score, words))
        moved = None if found.is_library else self._elsewhere(names)
        if moved is not None:
            return Resolved(*moved, score, Reason("trace", score, f"{words}; it is here now"))
        if len(found.paths) != 1 or not found.is_sure:
            return None
        symbol = self._at(found.paths[0], frame.line)
        if not frame.function and is_test(found.paths[0]):
            score *= IN_TEST
        return Resolved(found.paths[0], symbol, score, Reason("trace", score, words))

    def _drift(self, path: str, symbol: int, line: int) -> str:
        """A remark for a line that is not in its function any more."""
        outline, document = self._view.outline(path), self._view.document(path)
        if outline is None or document is None or not line:
            return ""
        found = outline.symbols[symbol]
        first = document.lines.line_of(found.start) + 1
        last = document.lines.line_of(max(found.start, found.end - 1)) + 1
        return "" if first <= line <= last else f"; it is in lines {first} to {last} now"

    def _paths(self, frame: Frame) -> "_Match":
        """The repository's files that a frame may mean, all with equally long common ends."""
        path = _plain(frame.path)
        if _NO_FILE.match(frame.path) or not path:
            return _Match((), is_library=True)
        if self._root and path.startswith(self._root + "/"):
            own = path[len(self._root) + 1 :]
            if own in self._view:
                return _Match((own,), is_sure=True)
        path = self._without_module(path)
        installed = list(_LIBRARY.finditer(path))  # the last counts: node_modules are nested
        if installed:
            rest = path[installed[-1].end() :]
            return self._ending(rest, least=len(_parts(rest)), is_library=True)
        if frame.package:
            return self._packaged(path, frame.package)
        return self._ending(path)

    def _without_module(self, path: str) -> str:
        """A path in Go's module cache, if the module is this repository's own, as it is here."""
        _, mark, rest = path.partition(f"/{self._go_module}@") if self._go_module else ("", "", "")
        return rest.partition("/")[2] if mark else path

    @cached_property
    def _go_module(self) -> str:
        """The module that the repository's go.mod names, "" for none."""
        document = self._view.document("go.mod")
        found = _MODULE.search(document.data) if document is not None else None
        return found.group(1).decode("utf-8", "replace") if found else ""

    def _packaged(self, path: str, package: str) -> "_Match":
        """The files of a Java package. Kotlin may leave out the folders that all have in common."""
        found = self._ending(f"{package}/{path}")
        inner = package.rpartition("/")[2]
        paths = tuple(each for each in found.paths if inner in each.split("/")[-2:-1])
        return _Match(paths, bool(paths), is_library=not paths)

    def _ending(self, path: str, least: int = 1, *, is_library: bool = False) -> "_Match":
        """The files with the longest end in common with a path, of at least `least` parts."""
        parts = _parts(path)
        if not parts:
            return _Match(())
        scored = [(common_end(parts, own.split("/")), own) for own in self._by_name[parts[-1]]]
        longest = max((length for length, _ in scored), default=0)
        if longest < least:
            return _Match((), is_library=is_library)
        paths = tuple(own for length, own in scored if length == longest)
        whole = longest in (len(parts), len(_parts(paths[0])))
        return _Match(paths, whole or longest > 1)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._view.paths:
            found[path.rpartition("/")[2]].append(path)
        return found

    def _named(self, path: str, names: Sequence[str], line: int) -> int | None:
        """The definition of a name: of several, the one of the same type, around or near a line."""
        outline, document = self._view.outline(path), self._view.document(path)
        if outline is None or document is None:
            return None
        lines = document.lines

        def distance(symbol: int) -> tuple[bool, int, int]:
            found = outline.symbols[symbol]
            first, last = lines.line_of(found.start), lines.line_of(max(found.start, found.end - 1))
            outside = max(first - (line - 1), (line - 1) - last, 0)
            agreement = common_end(outline.qualified(symbol).split("."), names)
            return found.kind not in CALLABLE_KINDS, -agreement, outside

        wanted = {names[-1], names[-1].removeprefix("get_").removeprefix("set_")}
        named = [index for index, symbol in enumerate(outline.symbols) if symbol.name in wanted]
        return min(named, key=distance) if named else None

    def _elsewhere(self, names: Sequence[str]) -> tuple[str, int] | None:
        """The only function of a telling name, or the one whose type has the same name too."""
        if not names:
            return None
        found = sorted(
            (-common_end(outline.qualified(index).split("."), names), path, index)
            for path in self._view.with_word(names[-1])
            if (outline := self._view.outline(path)) is not None
            for index, symbol in enumerate(outline.symbols)
            if symbol.name == names[-1] and symbol.kind in CALLABLE_KINDS
        )
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return None
        agreement, path, index = found[0]
        if agreement == -1 and len(names[-1]) < TELLING:
            return None
        return path, index

    def _at(self, path: str, line: int) -> int:
        """The innermost definition around a 1-based line, TOP for none."""
        outline, document = self._view.outline(path), self._view.document(path)
        if outline is None or document is None:
            return TOP
        return symbol_at(outline, document.lines.line_start(line - 1), document.data)


def symbol_at(outline: Outline, offset: int, data: bytes) -> int:
    """The innermost function, method or type around the first word of the line at an offset."""
    end = data.find(b"\n", offset)
    line = data[offset : end if end >= 0 else len(data)]
    offset += len(line) - len(line.lstrip())
    around = [
        (symbol.end - symbol.start, index)
        for index, symbol in enumerate(outline.symbols)
        if symbol.start <= offset < symbol.end and symbol.body < symbol.end
    ]
    return min(around)[1] if around else TOP


def common_end(parts: Sequence[str], others: Sequence[str]) -> int:
    """How many last elements two lists share."""
    length = 0
    for one, other in zip(reversed(parts), reversed(others), strict=False):
        if one != other:
            break
        length += 1
    return length


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".", "..")]


def _plain(path: str) -> str:
    """A path with forward slashes, without a scheme, a drive or a query."""
    path = _SCHEME.sub("/", path.replace("\\", "/"))
    path = re.sub(r"^/?[A-Za-z]:", "", path)
    return path.partition("?")[0]


def ordered(resolved: Iterable[Resolved]) -> Iterator[tuple[str, float, tuple[Reason, ...]]]:
    """The files of resolved frames, each with its best score and its reasons, best first."""
    files: dict[str, list[Resolved]] = {}
    for each in resolved:
        files.setdefault(each.path, []).append(each)
    for path, found in sorted(files.items(), key=lambda item: -max(each.score for each in item[1])):
        yield path, max(each.score for each in found), tuple(each.reason for each in found)
