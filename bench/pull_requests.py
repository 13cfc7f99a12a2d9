"""`codeassist review --with-model` on real pull requests: what was seen and said, what it took.

    python bench/pull_requests.py CLONE … [--each 3] [--lines 400] [--facts] [--show]

Takes the last merges of each clone whose diff has code in it and no more lines than that, and runs
the command as a pipeline does, with the model of the user's own settings and a cache of its own.
Nobody says here whether a finding is right: `--show` prints them, to be read.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bugs import _git
from codeassist.languages import for_path
from measure import table

OURS = "CH"  # the codes of what a model says
GOOD_CODES = (0, 1, 3)  # clean, findings, incomplete: the report is there
LOOKED_AT = 200  # merges, newest first


def main() -> None:
    options = _options()
    rows: list[list[str]] = []
    for clone in options.clones:
        for merge in _merges(clone, options.each, options.lines):
            row = _reviewed(clone, merge, options)
            print(f"{' | '.join(row)}", file=sys.stderr, flush=True)
            rows.append(row)
    head = ["pull request", "lines", "files seen", "exit", "requests", "tokens in, out", "seconds"]
    print(table([*head, "facts", "model"], rows))


def _merges(clone: Path, each: int, most: int) -> Iterator[str]:
    """The last merges whose diff is small enough and has code."""
    found = 0
    for merge in _git(clone, "rev-list", "--merges", "-n", str(LOOKED_AT), "HEAD").split():
        if found == each:
            return
        counts = _counts(clone, merge)
        if 0 < sum(counts.values()) <= most and any(for_path(path) for path in counts):
            found += 1
            yield merge


def _counts(clone: Path, merge: str) -> dict[str, int]:
    """How many lines of each file a merge's branch changes; 0 for binary ones."""
    listed = _git(clone, "diff", "--numstat", "--no-renames", f"{merge}^1...{merge}^2").splitlines()
    rows = (line.split("\t") for line in listed)
    return {path: sum(int(n) for n in numbers if n.isdigit()) for *numbers, path in rows}


def _reviewed(clone: Path, merge: str, options: argparse.Namespace) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as cache:
        environment = os.environ | {"CODEASSIST_CACHE_DIR": cache}
        asked = ["--facts"] if options.facts else ["--with-model"]
        revisions, started = f"{merge}^1...{merge}^2", time.perf_counter()
        done = _run("review", revisions, *asked, "--format=json", clone=clone, env=environment)
        seconds = time.perf_counter() - started
        if done.returncode not in GOOD_CODES:
            problem = done.stderr.strip()[-200:]
            code = str(done.returncode)
            return [_name(clone, merge), "", "", code, "", "", f"{seconds:.0f}", problem, ""]
        report = json.loads(done.stdout)
        cost = json.loads(_run("cost", "--json", clone=clone, env=environment).stdout)
    if options.show:
        _show(_name(clone, merge), report)
    coverage = report["coverage"]
    seen = len(coverage["reviewed"])
    every = seen + len(coverage["partial"]) + len(coverage["skipped"])
    mine = sum(each["code"].startswith(OURS) for each in report["findings"])
    return [
        _name(clone, merge),
        str(sum(_counts(clone, merge).values())),
        f"{seen} of {every}",
        str(done.returncode),
        str(_sum(cost, "requests")),
        f"{_sum(cost, 'input_tokens'):,}, {_sum(cost, 'output_tokens'):,}",
        f"{seconds:.0f}",
        str(len(report["findings"]) - mine),
        str(mine),
    ]


def _sum(cost: Mapping[str, Any], key: str) -> int:
    return sum(row[key] for row in cost["rows"])


def _show(name: str, report: Mapping[str, Any]) -> None:
    print(f"\n{name}", *report["notes"], *report["coverage"]["failures"], sep="\n  ")
    for each in report["findings"]:
        place = each["location"]
        print(f"  {each['code']} {place['path']}:{place.get('line', '')} {each['message']}")


def _name(clone: Path, merge: str) -> str:
    subject = _git(clone, "log", "-1", "--format=%s", merge).strip().replace("|", "/")
    return f"{clone.name} {merge[:8]}: {subject[:60]}"


def _run(
    *arguments: str, clone: Path, env: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "codeassist", *arguments, "--repo", str(clone)]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("clones", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=3, help="pull requests of each clone")
    parser.add_argument("--lines", type=int, default=400, help="most changed lines of one")
    parser.add_argument("--facts", action="store_true", help="without a model")
    parser.add_argument("--show", action="store_true", help="print what is found")
    return parser.parse_args()


if __name__ == "__main__":
    main()
