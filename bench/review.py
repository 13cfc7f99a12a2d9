"""Does a review see the bug that a change brings in? Reversed fixes, incomplete commits, controls.

A *reversed* change takes the repaired sources of a bug of BugsInPy back to the buggy ones, as a
pull request would that brings the bug in; the tests stay as they are. It is *found* when something
that is said, or its evidence, is on a line that the reversal changes or that stands beside what it
removes. An *incomplete* change is a real commit without one of the files that it had to update; it
is found at one of the stale lines there. The controls are the fixes themselves and the whole
commits: what is said of those is read by hand, since nothing should be.

With `--with-model` the engine asks the model of the user's own settings, as `codeassist review`
does; without it, the facts alone are measured.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bugs import _changed, _git, _is_test, _value
from codeassist.base.cancellation import CancellationToken
from codeassist.base.findings import Finding
from codeassist.engine.engine import Engine
from codeassist.engine.requests import ReviewRequest, Use, silent
from codeassist.engine.reviewing import Reviewed
from codeassist.settings.load import load
from codeassist.settings.schema import CacheConfig, Settings
from measure import table
from scratch import GitError, Scratch, find_repository

REVERSED, INCOMPLETE = "BugsInPy, reversed", "incomplete commits"
BUGSINPY_CASES = 40
A_COMMIT = 1  # incomplete changes of one commit that are taken; more of them are nearly the same
Lines = frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """A change and its control, each as two commits of a clone; `faulty` has 0-based lines."""

    suite: str
    name: str
    clone: Path
    change: tuple[str, str]
    control: tuple[str, str]
    faulty: Mapping[str, Lines]


@dataclass(frozen=True, slots=True)
class Said:
    """What one review said: (code, touches a faulty line) of each finding, and how it went."""

    findings: tuple[tuple[str, bool], ...]
    shown: tuple[str, ...]
    reviewed: int
    complete: bool
    requests: int
    seconds: float

    @property
    def found(self) -> bool:
        """Whether anything that was said touches a faulty line."""
        return any(hit for _, hit in self.findings)


Row = tuple[Case, Said, Said]


def main() -> None:
    options = _options()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-cache-") as temporary:
        settings = replace(load(), cache=CacheConfig(options.cache or temporary))
        use = Use.MODEL if options.with_model else Use.FACTS
        for row in _reviewed(_cases(options), settings, use, options.first):
            rows.append(row)
            case, change, control = row
            print(f"{len(rows)} {case.suite} {case.name}: {_word(change)}", file=sys.stderr)
            if options.json:  # as they come: a run with a model takes hours, and may be cut off
                print(
                    json.dumps([case.suite, case.name, asdict(change), asdict(control)]), flush=True
                )
    if not options.json:
        for suite in dict.fromkeys(case.suite for case, _, _ in rows):
            _show([row for row in rows if row[0].suite == suite], suite, options.verbose)


def _word(said: Said) -> str:
    return "found" if said.found else f"not found ({len(said.findings)} said)"


# The cases


def _cases(options: argparse.Namespace) -> Iterator[Case]:
    repos = Path(options.repos)
    if options.bugsinpy:
        yield from _reversed(Path(options.bugsinpy), repos)
    if options.partial:
        for path in sorted(Path(options.partial).glob("*.jsonl")):
            yield from _incomplete(path, repos)


def _reversed(folder: Path, repos: Path) -> Iterator[Case]:
    """Bugs of the projects that there is a clone of, in turn."""
    listed = _git(folder, "ls-tree", "-r", "--name-only", "HEAD", "projects/").splitlines()
    streams = []
    for project in sorted({path.split("/")[1] for path in listed}):
        url = _value(_git(folder, "show", f"HEAD:projects/{project}/project.info"), "github_url")
        clone = find_repository(repos, "/".join(url.rstrip("/").split("/")[-2:]))
        infos = [path for path in listed if path.startswith(f"projects/{project}/bugs/")]
        infos = [path for path in infos if path.endswith("/bug.info")]
        if clone is not None:
            infos.sort(key=lambda path: int(path.split("/")[3]))
            streams.append(_of_project(folder, project, infos, clone))
    found = (case for row in zip_longest(*streams) for case in row if case is not None)
    for _, case in zip(range(BUGSINPY_CASES), found, strict=False):
        yield case


def _of_project(folder: Path, project: str, infos: Sequence[str], clone: Path) -> Iterator[Case]:
    for path in infos:
        info = _git(folder, "show", f"HEAD:{path}")
        buggy, fixed = (_value(info, f"{side}_commit_id") for side in ("buggy", "fixed"))
        try:
            names = _git(clone, "diff", "--name-only", "--diff-filter=M", buggy, fixed).splitlines()
            sources = [name for name in names if name.endswith(".py") and not _is_test(name)]
            texts = {
                name: [_git(clone, "show", f"{side}:{name}") for side in (fixed, buggy)]
                for name in sources
            }
        except subprocess.CalledProcessError:
            continue  # a clone may lack a commit
        faulty = {name: _changed(*pair)[1] for name, pair in texts.items()}
        faulty = {name: lines for name, lines in faulty.items() if lines}
        if faulty:
            name = f"{project} {path.split('/')[3]}"
            yield Case(REVERSED, name, clone, (fixed, buggy), (buggy, fixed), faulty)


def _incomplete(path: Path, repos: Path) -> Iterator[Case]:
    """Real commits without one of their files; see `partial`."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    clone = find_repository(repos, rows[0]["repo"])
    if clone is None:
        print(f"{path.stem}: there is no clone of {rows[0]['repo']}", file=sys.stderr)
        return
    taken: Counter[str] = Counter()
    for row in rows:
        taken[row["commit"]] += 1
        if row.get("tier") == "reference" and taken[row["commit"]] <= A_COMMIT:
            yield _of_row(clone, row)


def _of_row(clone: Path, row: Mapping[str, Any]) -> Case:
    faulty = {row["drop_path"]: frozenset(line - 1 for line in row["stale_ref_lines"])}
    pair = (row["base"], row["commit"])
    return Case(INCOMPLETE, row["id"], clone, pair, pair, faulty)


# Reviewing


def _reviewed(cases: Iterator[Case], settings: Settings, use: Use, first: int) -> Iterator[Row]:
    for number, case in enumerate(cases, 1):
        if first and number > first:
            return
        try:
            with Scratch(case.clone) as scratch:
                yield _row(scratch, case, settings, use)
        except GitError as error:
            print(f"{case.name}: {error}", file=sys.stderr)


def _row(scratch: Scratch, case: Case, settings: Settings, use: Use) -> Row:
    scratch.point_head(case.change[0])
    change, control = case.change, case.control
    if case.suite == INCOMPLETE:
        (path,) = case.faulty
        change = (change[0], scratch.without(change[0], change[1], path))
    else:
        change = (change[0], _only(scratch, change, case.faulty))
        control = (control[0], _only(scratch, control, case.faulty))
    with Engine.open(str(scratch.path), settings) as engine:
        sides = [_said(engine, each, case.faulty, use) for each in (change, control)]
    return case, sides[0], sides[1]


def _only(scratch: Scratch, change: tuple[str, str], paths: Mapping[str, Lines]) -> str:
    """A commit that changes nothing but some files: as `change` begins, these as it ends."""
    head = change[0]
    for path in paths:
        head = scratch.without(change[1], head, path)
    return head


def _said(engine: Engine, change: tuple[str, str], faulty: Mapping[str, Lines], use: Use) -> Said:
    request = ReviewRequest(revisions=f"{change[0]}..{change[1]}", use=use)
    started = time.perf_counter()
    report = engine.review(request, silent, CancellationToken())
    outcome = report.outcome if isinstance(report, Reviewed) else None
    return Said(
        tuple((_code(each), _touches(each, faulty)) for each in report.findings),
        tuple(map(_line, report.findings)),
        len(report.coverage.reviewed),
        report.coverage.complete,
        outcome.requests if outcome is not None else 0,
        time.perf_counter() - started,
    )


def _code(finding: Finding) -> str:
    return finding.subject if finding.code == "CA401" else finding.code


def _touches(finding: Finding, faulty: Mapping[str, Lines]) -> bool:
    """Whether a finding, or its evidence in the new state, is on a faulty line."""
    places = (finding.location, *(each.location for each in finding.evidence))
    return any(
        not place.old
        and not place.whole_file
        and bool(
            faulty.get(place.path, frozenset())
            & set(range(place.span.start_line, place.span.end_line + 1))
        )
        for place in places
    )


def _line(finding: Finding) -> str:
    where = finding.location
    return f"{finding.code} {where.path}:{where.span.start_line + 1} {finding.message[:140]}"


# The figures


def _show(rows: Sequence[Row], suite: str, verbose: bool) -> None:
    count = len(rows)
    changes, controls = [row[1] for row in rows], [row[2] for row in rows]
    both = changes + controls
    found = sum(said.found for said in changes)
    said = sum(len(each.findings) for each in changes)
    true = sum(hit for each in changes for _, hit in each.findings)
    quiet = sum(not each.findings for each in controls)
    figures = [
        ("found: something said touches a faulty line", f"{found} of {count}"),
        ("findings a change", f"{said / count:.2f}"),
        ("of these on a faulty line", f"{true} of {said}"),
        ("findings a control", f"{sum(len(each.findings) for each in controls) / count:.2f}"),
        ("controls of which nothing is said", f"{quiet} of {count}"),
        ("files reviewed a change", f"{sum(each.reviewed for each in changes) / count:.2f}"),
        ("incomplete reviews", f"{sum(not each.complete for each in both)} of {2 * count}"),
        ("requests to the model", str(sum(each.requests for each in both))),
        ("seconds a review", f"{sum(each.seconds for each in both) / (2 * count):.2f}"),
    ]
    print(f"\n## {suite}: {count} changes\n")
    print(table(["figure", "value"], figures))
    for name, side in (("changes", changes), ("controls", controls)):
        codes = Counter(code for each in side for code, _ in each.findings)
        print(f"\n{name}: " + (", ".join(f"{c} {n}" for c, n in codes.most_common()) or "nothing"))
    for case, change, control in rows if verbose else ():
        print(f"\n{case.name}: {_word(change)}")
        for name, each in (("change", change), ("control", control)):
            for text in each.shown:
                print(f"  {name}: {text}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bugsinpy", default="", help="a clone of soarsmu/BugsInPy")
    parser.add_argument("--partial", default="", help="a folder of incomplete commits, as JSONL")
    parser.add_argument("--repos", default=".", help="folder with clones of the projects")
    parser.add_argument("--with-model", action="store_true", help="ask the model, too")
    parser.add_argument("--first", type=int, default=0, help="only so many cases")
    parser.add_argument("--cache", default="", help="index cache to keep; a temporary one if not")
    parser.add_argument("--json", action="store_true", help="a line for each case, when it is done")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was said")
    return parser.parse_args()


if __name__ == "__main__":
    main()
