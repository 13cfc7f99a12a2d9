"""How long does `codeassist review` take on a large repository whose index is warm?

Makes one commit in a clone that changes N files, and reviews it with a fresh process. Most files
get one statement more; in some a function gets another signature or name, so that the checks across
files have work (`--api-every 1` for the worst: all of them). With --profile, prints where the time
goes instead, first by check, then by function.
"""

import argparse
import ast
import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
from pathlib import Path

from codeassist.base.cancellation import CancellationToken
from codeassist.engine.engine import Engine
from codeassist.engine.requests import ReviewRequest, silent
from codeassist.settings.schema import CacheConfig, Settings
from measure import Run, figure, run, table

_AIM_SECONDS = 2.0
MEGABYTE = 1_000_000
MIN_BYTES = 4_000  # smaller files define little
PROFILE_LINES = 35


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as temporary:
        copy, cache = Path(temporary, "repository"), Path(temporary, "cache")
        _git("clone", "--quiet", "--shared", str(Path(options.repo).resolve()), str(copy))
        changed = _change(copy, options.files, options.api_every)
        _git("-C", str(copy), "commit", "--quiet", "--all", "-m", "change")
        os.environ["CODEASSIST_CACHE_DIR"] = str(cache)
        command = [sys.executable, "-m", "codeassist", "review", "HEAD^..HEAD", "--format", "json"]
        run_once = [*command, "--repo", str(copy)]
        _report(run_once)  # fills the index
        if options.profile:
            _profile(copy, cache)
            return
        runs = [_report(run_once) for _ in range(options.rounds)]
        base = [run([sys.executable, "-c", "print(0)"]) for _ in range(options.rounds)]
        _show(runs, base, changed)


def _report(command: list[str]) -> Run:
    """One review. The report is JSON over many lines, so its numbers are taken out first."""
    shorten = (
        "import json,subprocess,sys;"
        "done=subprocess.run(sys.argv[1:],capture_output=True);"
        "sys.stderr.buffer.write(done.stderr);"
        "report=json.loads(done.stdout);"
        "print(json.dumps({'findings':len(report['findings']),'seconds':report.get('seconds')}))"
    )
    return run([sys.executable, "-c", shorten, *command])


def _change(copy: Path, count: int, api_every: int) -> list[str]:
    """Change `count` Python files of ordinary size, spread over the repository.

    In each `api_every`-th a function gets one more parameter or, in turns, another name; in the
    others a statement more.
    """
    listed = subprocess.run(
        ["git", "-C", str(copy), "ls-files", "*.py"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    sources = [p for p in listed if "test" not in p and (copy / p).stat().st_size > MIN_BYTES]
    done: list[str] = []
    for path in sources[:: max(1, len(sources) // (2 * count))]:
        if len(done) == count:
            break
        turn, rest = divmod(len(done), api_every)
        edit = _add_statement if rest else (_rename if turn % 2 else _add_parameter)
        function = _some_function((copy / path).read_text("utf-8"))
        if function is not None:
            edit(copy / path, function)
            done.append(path)
    return done


def _some_function(text: str) -> ast.FunctionDef | None:
    """The middle one of a file's functions with a plain list of parameters."""
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("__")
        and node.args.args
        and not (node.args.defaults or node.args.vararg or node.args.kwonlyargs)
    ]
    return functions[len(functions) // 2] if functions else None


def _add_statement(path: Path, function: ast.FunctionDef) -> None:
    last = function.body[-1]
    _insert(path, last.lineno, "", " " * last.col_offset + "pass\n")


def _add_parameter(path: Path, function: ast.FunctionDef) -> None:
    last = function.args.args[-1]
    assert last.end_lineno is not None
    line = path.read_text("utf-8").splitlines(keepends=True)[last.end_lineno - 1]
    start = line.encode()[: last.end_col_offset].decode()
    _insert(path, last.end_lineno, start, ", added_parameter")


def _rename(path: Path, function: ast.FunctionDef) -> None:
    line = path.read_text("utf-8").splitlines(keepends=True)[function.lineno - 1]
    start = line.partition(f"def {function.name}")[0] + f"def {function.name}"
    _insert(path, function.lineno, start, "_renamed")


def _insert(path: Path, number: int, start: str, text: str) -> None:
    """Write a text behind the start of a 1-based line."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    line = lines[number - 1]
    lines[number - 1] = start + text + line[len(start) :]
    path.write_text("".join(lines), "utf-8")


def _show(runs: list[Run], python: list[Run], changed: list[str]) -> None:
    wall = figure(runs, lambda each: each.wall)
    floor = figure(python, lambda each: each.wall)
    inside = figure(runs, lambda each: float(each.said["seconds"] or 0))
    rows = [
        ("`codeassist review`, whole process", wall.text()),
        ("of which the engine", inside.text()),
        ("Python alone, once", floor.text()),
        ("CPU", figure(runs, lambda each: each.cpu).text()),
        ("peak memory MB", f"{max(each.peak for each in runs) / MEGABYTE:.0f}"),
        ("findings", str(runs[0].said["findings"])),
    ]
    print(f"{len(changed)} changed files; seconds, best of {len(runs)} (worst)\n")
    print(table(("", ""), rows))
    print(f"\naim: below {_AIM_SECONDS:.0f} s: {'met' if wall.best < _AIM_SECONDS else 'MISSED'}")


def _profile(copy: Path, cache: Path) -> None:
    """Where a warm review spends its time. A detail counts for its first asker."""
    settings = Settings(cache=CacheConfig(str(cache)))
    profiler = cProfile.Profile()
    with Engine.open(str(copy), settings) as engine:
        request = ReviewRequest(revisions="HEAD^..HEAD")
        profiler.runcall(engine.review, request, silent, CancellationToken())
    stats = pstats.Stats(profiler).sort_stats("cumulative")
    stats.print_stats(r"checks.*\(run\)")
    stats.print_stats(PROFILE_LINES)


def _git(*arguments: str) -> None:
    identity = ["-c", "user.name=bench", "-c", "user.email=bench"]
    subprocess.run(["git", *identity, *arguments], check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repo", help="a git repository with Python; it is cloned, not touched")
    parser.add_argument("--files", type=int, default=20, help="how many files the diff changes")
    parser.add_argument("--api-every", type=int, default=5, help="each such file changes its API")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
