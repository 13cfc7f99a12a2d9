"""Asks the engine for the findings of open files, in a lane's thread."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from codeassist.base.cancellation import CancellationToken
from codeassist.engine.engine import Engine
from codeassist.engine.requests import Look, StandingRequest, silent
from codeassist.lsp.convert import Converter
from codeassist.lsp.findings.making import shown
from codeassist.lsp.findings.shown import Kind, Shown
from codeassist.lsp.folders import Folder
from codeassist.lsp.uris import same


@dataclass(frozen=True, slots=True)
class Scene:
    """The state that is looked at: all open texts of a folder by path, and which are files."""

    folder: Folder
    texts: Mapping[str, bytes]
    files: tuple[str, ...]
    converter: Callable[[Engine], Converter]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found, the texts that it stands in, and the checks that broke."""

    own: tuple[Shown, ...] = ()
    left: tuple[Shown, ...] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


def look(
    engine: Engine,
    token: CancellationToken,
    scene: Scene,
    paths: tuple[str, ...],
    kind: Look,
    closed: Mapping[str, str],
) -> Seen:
    """Look at some open files as they are, and at what all of them leave undone.

    `closed` are the paths of documents that nobody has open, by key: their texts are read again. A
    file that is gone has the empty one, as no code is left in it.
    """
    scene.folder.catch_up(engine)
    engine.show(scene.texts)
    request = StandingRequest(paths, scene.files, kind)
    standing = engine.findings(request, silent, token)
    converter = scene.converter(engine)
    own = shown(Kind.OWN if kind is Look.QUICK else Kind.SLOW, standing.own, converter)
    left = shown(Kind.LEFT, standing.left, converter)
    texts = texts_of((*own, *left), converter)
    for key, path in closed.items():
        lines = engine.lines(path)
        texts[key] = lines.data if lines is not None else b""
    return Seen(tuple(own), tuple(left), texts, standing.failures)


def texts_of(items: Iterable[Shown], converter: Converter) -> dict[str, bytes]:
    """The texts that findings stand in, by key, as they were when these were found."""
    return {same(each.uri): _text(each, converter) for each in items}


def _text(shown: Shown, converter: Converter) -> bytes:
    lines, module = converter.lines(shown.path), converter.target(shown.path).module
    if lines is None:
        return b""
    if module is None:
        return lines.data
    cell = next((each for each in module.segments if each.uri == shown.uri), None)
    if cell is None:
        return b""
    first = lines.line_start(cell.first_line)
    return lines.data[first : lines.line_start(cell.first_line + cell.line_count)]
