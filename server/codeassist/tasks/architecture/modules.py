"""Chooses the modules that an overview speaks of: folders, or files where there are few.

As many as a reader can take in at once. Chains of folders with nothing else in them are one, and
what is too small to be shown by itself is gathered in a rest. Knows paths only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from posixpath import dirname

from codeassist.context.roles import is_aside

MAX_MODULES = 20  # more boxes than that are no picture any more
ENOUGH = 8  # so many are a picture; beyond, only what is large is looked into
FEW = 4  # with fewer, single files are shown
LARGE = 0.15  # the share of all files above which a module is looked into anyway
DOMINANT = 0.4  # the share above which it is, even if a rest must be left together


class Kind(Enum):
    """What a module is made of."""

    FOLDER = "folder"  # everything below a folder
    OWN = "own"  # the files directly in a folder whose folders are modules of their own
    FILE = "file"
    REST = "rest"  # small folders and files of one folder


@dataclass(frozen=True, slots=True, order=True)
class Module:
    """A module. `place` is its folder, or the path of its one file; `files` are sorted."""

    place: str
    kind: Kind
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        """What people call it."""
        if self.kind is Kind.FILE:
            return self.place
        if self.kind is Kind.FOLDER:
            return self.place or "."
        words = "own files" if self.kind is Kind.OWN else "others"
        return f"{self.place}/ ({words})" if self.place else f"({words})"


def modules(paths: Iterable[str]) -> tuple[Module, ...]:
    """The modules of some files, sorted. Every file is in exactly one; none for no files."""
    every = tuple(sorted(paths))
    if not every:
        return ()
    whole = sum(not is_aside(path) for path in every) or len(every)
    found = [Module("", Kind.FOLDER, every)]
    while True:
        step = next(filter(None, (_split(each, found, whole) for each in _by_size(found))), None)
        if step is None:
            return tuple(sorted(found, key=lambda each: (each.place, each.kind.value)))
        found = step


def _by_size(found: list[Module]) -> list[Module]:
    return sorted(found, key=lambda each: (-len(each.files), each.place, each.kind.value))


def _split(module: Module, found: list[Module], whole: int) -> list[Module] | None:
    """The modules with one of them split; None where that is not wanted."""
    if module.kind not in (Kind.FOLDER, Kind.OWN):
        return None
    if _is_beside(module) and not all(map(_is_beside, found)):
        return None  # many examples would hide what they are examples of
    parts = _parts(module)
    others = [each for each in found if each is not module]
    if len(parts) == 1:
        return [*others, parts[0]] if parts[0].place != module.place else None
    share = len(module.files) / whole
    if all(each.kind is Kind.FILE for each in parts):
        if len(found) >= FEW or len(others) + len(parts) > MAX_MODULES:
            return None
        return others + parts
    if len(found) >= ENOUGH and share < LARGE:
        return None
    room = MAX_MODULES - len(others)
    if len(parts) <= room:
        return others + parts
    if (share < DOMINANT and len(found) >= FEW) or room < FEW:
        return None
    largest = _by_size(parts)
    left = (path for each in largest[room - 1 :] for path in each.files)
    rest = Module(module.place, Kind.REST, tuple(sorted(left)))
    return [*others, *largest[: room - 1], rest]


def _is_beside(module: Module) -> bool:
    return is_aside(f"{module.place}/")


def _parts(module: Module) -> list[Module]:
    """What a module falls into: the folders in it and its own files, or only its files."""
    if module.kind is Kind.OWN:
        return [Module(path, Kind.FILE, (path,)) for path in module.files]
    prefix = f"{module.place}/" if module.place else ""
    own: list[str] = []
    folders: dict[str, list[str]] = {}
    for path in module.files:
        head, slash, _ = path[len(prefix) :].partition("/")
        if slash:
            folders.setdefault(prefix + head, []).append(path)
        else:
            own.append(path)
    if not folders:
        return [Module(path, Kind.FILE, (path,)) for path in own]
    parts = [Module(place, Kind.FOLDER, tuple(files)) for place, files in folders.items()]
    return parts + ([Module(module.place, Kind.OWN, tuple(own))] if own else [])


def common_folder(names: Iterable[str]) -> str:
    """The longest folder that all of some folders or files are below; "" for none."""
    parts = [dirname(name).split("/") if dirname(name) else [] for name in names]
    if not parts:
        return ""
    shared: list[str] = []
    for step in zip(*parts, strict=False):
        if len(set(step)) > 1:
            break
        shared.append(step[0])
    return "/".join(shared)
