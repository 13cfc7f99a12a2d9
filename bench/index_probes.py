"""What `index.py` measures, one probe a process: `index_probes.py PROBE ROOT CACHE [WORKERS]`.

Each prints one line of JSON. The clock starts after the imports of this file, so that `seconds` and
`cpu` are the work alone; the caller measures the whole process.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeassist.index.view import View
    from codeassist.settings.schema import Settings


def cold(root: str, cache: str, workers: int) -> dict[str, Any]:
    """Bring an index up to date; the cache decides how much there is to do."""
    from codeassist.base.cancellation import CancellationToken
    from codeassist.engine.engine import Engine
    from codeassist.engine.requests import silent

    with Engine.open(root, _settings(cache, workers)) as engine:
        stats = engine.index(silent, CancellationToken())
    return {
        "files": stats.files,
        "parsed": stats.parsed,
        "symbols": stats.symbols,
        "bytes": stats.cache_bytes,
        "notes": list(stats.notes),
    }


def view(root: str, cache: str, workers: int) -> dict[str, Any]:
    """What a server needs before it can answer: a view, an outline, and a word's files."""
    made = opened(root, cache, workers)
    path = next(iter(made.paths))
    outline = made.outline(path)
    assert outline is not None
    return {"files": len(made.paths), "with_word": len(made.with_word("self"))}


def parse(root: str, cache: str, workers: int) -> dict[str, Any]:
    """Tree-sitter alone on the indexed files, which are in memory before the clock starts."""
    from codeassist.languages.parse import parse as parsed

    made = opened(root, cache, workers)
    texts = []
    for path, (_, language) in made.paths.items():
        document = made.document(path)
        if document is not None:
            texts.append((language, document.data))
    for language in {language for language, _ in texts}:
        parsed(language, b"")  # loads the grammar
    started, cpu = time.perf_counter(), time.process_time()
    for language, data in texts:
        parsed(language, data)
    return {
        "parse_seconds": time.perf_counter() - started,
        "parse_cpu": time.process_time() - cpu,
        "files": len(texts),
        "bytes": sum(len(data) for _, data in texts),
    }


def paths(root: str, cache: str, workers: int) -> dict[str, Any]:
    """The indexed paths."""
    return {"paths": list(opened(root, cache, workers).paths)}


def opening(root: str, cache: str, workers: int) -> dict[str, Any]:
    """What opening the store costs: the fingerprint of grammars and queries, then SQLite."""
    from codeassist.index.fingerprint import format_fingerprint
    from codeassist.index.store import Store

    started = time.perf_counter()
    format_fingerprint()
    printed = time.perf_counter()
    Store.open(cache).close()
    return {"fingerprint": printed - started, "open": time.perf_counter() - printed}


def nothing(root: str, cache: str, workers: int) -> dict[str, Any]:
    """Python itself: what every process pays."""
    return {}


def _settings(cache: str, workers: int) -> "Settings":
    from codeassist.settings.schema import CacheConfig, IndexConfig, Settings

    return Settings(index=IndexConfig(workers=workers), cache=CacheConfig(cache))


def opened(root: str, cache: str, workers: int) -> "View":
    """A view of the files on disk, made as the engine makes it."""
    from codeassist.base.cancellation import CancellationToken
    from codeassist.engine.requests import silent
    from codeassist.git.repository import Repository
    from codeassist.index.build import build
    from codeassist.index.config import IndexConfig
    from codeassist.index.store import Store
    from codeassist.vfs.disk import DiskTree
    from codeassist.vfs.ignore import IgnoringTree, load_rules

    repository = Repository.discover(root)
    disk = DiskTree(str(repository.root), repository.list_files)
    listed = tuple(disk.entries())
    tree = IgnoringTree(disk, load_rules(disk, [entry.path for entry in listed]), listed)
    config = IndexConfig(workers, repository.object_format)
    store = Store.open(cache)
    return build(tree, store, str(repository.root), config, silent, CancellationToken()).view


PROBES: Mapping[str, Callable[[str, str, int], dict[str, Any]]] = {
    "cold": cold,
    "view": view,
    "parse": parse,
    "paths": paths,
    "opening": opening,
    "nothing": nothing,
}


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def main() -> None:
    name, root, cache, workers = sys.argv[1:5]
    before, started = _cpu(), time.perf_counter()
    said = PROBES[name](root, cache, int(workers))
    said |= {"seconds": time.perf_counter() - started, "cpu": _cpu() - before}
    print(json.dumps(said))


if __name__ == "__main__":  # workers import this file again
    main()
