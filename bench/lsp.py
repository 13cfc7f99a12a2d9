"""How quick are language servers to start, to answer, and to see what was typed, and how large?

    python bench/lsp.py REPOSITORY [--only codeassist,ruff] [--starts 5] [--requests 200] [--json]

codeassist beside pyright, `ruff server` and jedi-language-server, one after the other in one run.
Each is a process of its own that is talked to through pipes, with Neovim's capabilities and an
empty cache. The repository is not written to: what is edited is a buffer.
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import table
from peer_servers import PEERS, PeerMissingError

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fixtures"))
from wire import Log, Wire, abilities

SEED = 1
COLD_SECONDS = 10.0  # of a peer, which does not say when it knows everything
BETWEEN_SECONDS = 0.05  # while it is cold: a user who moves about
LINES = 5_000
FILES = 40
KEYS = 30
OPENED = 10
GIVE_UP_SECONDS = 60.0
CODE_ACTION = "textDocument/codeAction"
Probe = tuple[str, Callable[[Any, str], bool]]


@dataclass(frozen=True)
class Server:
    """A server. `fault` is a text whose last line it complains of.

    `probe` is a request, and whether its result knows of a function that was just renamed.
    """

    name: str
    command: Sequence[str]
    fault: str
    probe: Probe


def _lists(result: object, name: str) -> bool:
    return name in json.dumps(result)


# jedi complains of syntax alone, and ruff looks at names that are imported in vain.
FAULTS = {"codeassist": "breakpoint()\n", "pyright": "print(undefined_name)\n",
          "ruff": "import json as unused_name\n", "jedi": "def (:\n"}  # fmt: skip
PROBES: Mapping[str, Probe] = {
    "codeassist": (CODE_ACTION, lambda result, name: f"`{name}`" in json.dumps(result)),
    "pyright": ("textDocument/documentSymbol", _lists),
    "ruff": ("textDocument/diagnostic", _lists),
    "jedi": ("textDocument/documentSymbol", _lists),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository")
    parser.add_argument("--only", default="codeassist,pyright,ruff,jedi")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    root = Path(given.repository).resolve()
    found: dict[str, dict[str, Any]] = {}
    for server in servers(given.only.split(",")):
        starts = sorted(started(server, root) for _ in range(given.starts))
        with session(server, root) as wire:
            found[server.name] = {
                "initialize": starts,
                **measured(server, wire, root, given.requests),
            }
    print(json.dumps(found, indent=1) if given.json else shown(found))


def servers(names: Sequence[str]) -> Iterator[Server]:
    """The servers by name; a peer that cannot be installed is left out, and said so."""
    for name in names:
        try:
            command = PEERS[name]() if name in PEERS else [sys.executable, "-m", name, "serve"]
            yield Server(name, command, FAULTS[name], PROBES[name])
        except PeerMissingError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)


@contextlib.contextmanager
def process(server: Server, root: Path) -> Iterator[Wire]:
    """A server's process, cut off from the settings and caches of whoever measures."""
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {
            "CODEASSIST_CACHE_DIR": cache,
            "CODEASSIST_CONFIG": os.devnull,
            "RUFF_CACHE_DIR": cache,
        }
        pipe = subprocess.PIPE
        started = subprocess.Popen(
            server.command, cwd=root, env=environment, stdin=pipe, stdout=pipe, stderr=pipe
        )
        wire = Wire(started.stdout, started.stdin, started, Log(started))  # type: ignore[arg-type]
        wire.replies = answered
        with wire:
            yield wire


def answered(request: Mapping[str, Any]) -> object:
    """What an editor without settings answers."""
    if request["method"] == "workspace/configuration":
        return [None] * len(request["params"]["items"])
    return None


def initialize(wire: Wire, root: Path) -> None:
    folder = {"uri": root.as_uri(), "name": root.name}
    able = abilities("neovim")
    able["textDocument"].pop("diagnostic", None)  # so that all of them push what they find
    wire.initialize(able, rootUri=root.as_uri(), workspaceFolders=[folder])


def started(server: Server, root: Path) -> float:
    """Milliseconds from the start of a process to the answer of `initialize`."""
    began = time.perf_counter()
    with process(server, root) as wire:
        initialize(wire, root)
        return 1000 * (time.perf_counter() - began)


@contextlib.contextmanager
def session(server: Server, root: Path) -> Iterator[Wire]:
    """A server that has just been initialized."""
    with process(server, root) as wire:
        initialize(wire, root)
        yield wire


def measured(server: Server, wire: Wire, root: Path, requests: int) -> dict[str, Any]:
    """Everything that is measured in one session, milliseconds and MB."""
    texts = sources(root)
    chance = random.Random(SEED)
    first = next(iter(texts))
    wire.open(first, texts[first])
    began = time.perf_counter()
    cold = []
    while is_cold(server, wire, began):
        cold.append(asked(wire, first, place_in(texts[first], chance)))
        time.sleep(BETWEEN_SECONDS)
    indexed = time.perf_counter() - began
    size = memory(wire.process.pid)
    warm = []
    for number, (uri, text) in zip(range(requests), _again(texts), strict=False):
        if 0 < number < len(texts):
            wire.open(uri, text)
        warm.append(asked(wire, uri, place_in(text, chance)))
    quiet(wire)
    still = [asked(wire, first, place_in(texts[first], chance)) for _ in range(requests)]
    large = memory(wire.process.pid)
    return {
        "cold_seconds": indexed,
        "cold": cold,
        "warm": warm,
        "still": still,
        "keystroke": keystrokes(server, wire, root, texts),
        "opened": opened(server, wire, root, texts),
        "memory_indexed": size,
        "memory_used": large,
    }


def sources(root: Path) -> dict[str, str]:
    """Some Python files of a repository by URI, the same ones each time."""
    files = [path for path in sorted(root.rglob("*.py")) if 3_000 < path.stat().st_size < 60_000]
    chosen = sorted(random.Random(SEED).sample(files, min(FILES, len(files))))
    return {path.as_uri(): path.read_text("utf-8", "replace") for path in chosen}


def _again(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    while True:
        yield from texts.items()


def is_cold(server: Server, wire: Wire, began: float) -> bool:
    """Whether the server may still be reading the repository."""
    if server.name != "codeassist":
        return time.perf_counter() - began < COLD_SECONDS
    states = [
        each["params"]["state"] for each in list(wire.sent) if each["method"] == "codeassist/status"
    ]
    return not any(state in ("ready", "offline") for state in states)


def quiet(wire: Wire) -> None:
    """Wait until nothing has come for a while."""
    before = -1
    while before != len(wire.sent):
        before = len(wire.sent)
        time.sleep(2)


def place_in(text: str, chance: random.Random) -> dict[str, Any]:
    """A cursor somewhere in a text."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    at = {"line": number, "character": chance.randrange(len(lines[number]) + 1)}
    return {"start": at, "end": at}


def asked(wire: Wire, uri: str, where: Mapping[str, Any]) -> float:
    """Milliseconds that a menu of code actions takes."""
    context = {"diagnostics": [], "triggerKind": 1}
    began = time.perf_counter()
    wire.call(CODE_ACTION, {"textDocument": {"uri": uri}, "range": where, "context": context})
    return 1000 * (time.perf_counter() - began)


def keystrokes(server: Server, wire: Wire, root: Path, texts: Mapping[str, str]) -> list[float]:
    """Milliseconds from a key in a large file to an answer that knows of it.

    Each time a letter is put into a name near its end: of a function, and of an import for ruff.
    """
    head = large(texts)
    line = head.count("\n")
    tail = "import probe\n\n\ndef probe(value):\n    total = value + 1\n    return total\n"
    uri = (root / "codeassist_bench.py").as_uri()
    wire.open(uri, head + tail)
    quiet(wire)
    places = ((line, len("import probe")), (line + 3, len("def probe")))
    name, took = "probe", []
    for number in range(KEYS):
        letter = "abcdefgh"[number % 8]
        changes = [
            {"range": {"start": at, "end": at}, "text": letter}
            for at in ({"line": row, "character": column + number} for row, column in places)
        ]
        name += letter
        began = time.perf_counter()
        identifier = {"uri": uri, "version": number + 2}
        wire.notify(
            "textDocument/didChange", {"textDocument": identifier, "contentChanges": changes}
        )
        took.append(1000 * (until_known(server, wire, uri, line + 4, name) - began))
        time.sleep(BETWEEN_SECONDS)
    wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    return took


def until_known(server: Server, wire: Wire, uri: str, line: int, name: str) -> float:
    """When an answer has a name."""
    method, has = server.probe
    at = {"line": line, "character": 6}
    params: dict[str, Any] = {"textDocument": {"uri": uri}}
    if method == CODE_ACTION:
        params |= {"range": {"start": at, "end": at}, "context": {"diagnostics": []}}
    end = time.perf_counter() + GIVE_UP_SECONDS
    while not has(wire.call(method, params).get("result"), name):
        if time.perf_counter() > end:
            raise SystemExit(f"{server.name} never saw {name}")
    return time.perf_counter()


def large(texts: Mapping[str, str]) -> str:
    """A file of many lines, made of others."""
    lines: list[str] = []
    for text in texts.values():
        lines += (line for line in text.split("\n") if not line.startswith("from __future__"))
        if len(lines) > LINES:
            break
    return "\n".join(lines) + "\n"


def opened(server: Server, wire: Wire, root: Path, texts: Mapping[str, str]) -> list[float]:
    """Milliseconds from opening a file with a fault to the list that has it."""
    took = []
    for number, text in zip(range(OPENED), texts.values(), strict=False):
        uri = (root / f"codeassist_opened_{number}.py").as_uri()
        faulty = f"{text}\n{server.fault}"
        last = faulty.count("\n") - 1
        began = time.perf_counter()
        wire.open(uri, faulty)
        wire.until(lambda uri=uri, last=last: _complains(wire, uri, last), GIVE_UP_SECONDS)  # type: ignore[misc]
        took.append(1000 * (time.perf_counter() - began))
        wire.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    return took


def _complains(wire: Wire, uri: str, line: int) -> bool:
    return any(
        each["range"]["start"]["line"] >= line
        for message in reversed(wire.sent)
        if message["method"] == "textDocument/publishDiagnostics"
        if message["params"]["uri"] == uri
        for each in message["params"]["diagnostics"]
    )


def memory(process: int) -> float:
    """MB in memory of a process and all that it has started."""
    with contextlib.suppress(OSError):
        pages = int(Path(f"/proc/{process}/statm").read_text("utf-8").split()[1])
        mine = pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
        children = Path(f"/proc/{process}/task").glob("*/children")
        pids = " ".join(each.read_text("utf-8") for each in children).split()
        return mine + sum(memory(int(pid)) for pid in pids)
    return 0.0


def shown(found: Mapping[str, Mapping[str, Any]]) -> str:
    """All figures as a table, a column for each server."""
    rows = [
        ["initialize, ms: best (worst)", *(_best(each["initialize"]) for each in found.values())],
        ["cold for, s", *(f"{each['cold_seconds']:.1f}" for each in found.values())],
    ]
    for key, name in (
        ("cold", "code action while cold"),
        ("warm", "code action, files being opened"),
        ("still", "code action when all is still"),
        ("keystroke", f"key in {LINES:,} lines to answer"),
        ("opened", "opened to diagnostics"),
    ):
        rows.append(
            [f"{name}, ms: median, p95, worst", *(_spread(each[key]) for each in found.values())]
        )
    rows.append(["MB indexed", *(f"{each['memory_indexed']:.0f}" for each in found.values())])
    rows.append(
        ["MB after the requests", *(f"{each['memory_used']:.0f}" for each in found.values())]
    )
    return table(["", *found], rows)


def _best(values: Sequence[float]) -> str:
    return f"{min(values):.0f} ({max(values):.0f})"


def _spread(values: Sequence[float]) -> str:
    ordered = sorted(values)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"{statistics.median(ordered):.1f}, {late:.1f}, {ordered[-1]:.1f}"


if __name__ == "__main__":
    main()
