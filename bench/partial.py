"""What does a diff leave undone? Recall and false alarms of CA101 to CA105 on real commits.

Each row of the data is a commit that removed or re-signed a symbol and updated its uses. The
incomplete change is that commit without one of its files; a review of it must point at one of the
stale lines there. The whole commit is the control: each finding there is listed, to be read by
hand. Everything goes through the engine, from git revisions to the report.
"""

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from codeassist.base.cancellation import CancellationToken
from codeassist.base.findings import Finding, Location
from codeassist.engine.engine import Engine
from codeassist.engine.requests import ReviewRequest, silent
from codeassist.settings.schema import CacheConfig, IndexConfig, Settings
from measure import data_options, table
from noise import Noise
from scratch import GitError, Scratch, find_repository

CODES = ("CA101", "CA102", "CA103", "CA104", "CA105")
KINDS = ("top-level", "method", "signature")


@dataclass(frozen=True)
class Case:
    """A row's outcome. `noise` says why it is no stale use, "" if it is one."""

    id: str
    commit: str
    kind: str
    in_test: bool
    hit: bool
    noise: str
    said: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass
class Result:
    """What a repository's rows gave. Times in seconds a review."""

    cases: list[Case] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    alarmed: int = 0
    commits: int = 0
    seconds: list[float] = field(default_factory=list)
    failures: set[str] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)

    def add(self, other: "Result") -> None:
        """Take in another repository's result."""
        self.cases += other.cases
        self.alarms += other.alarms
        self.alarmed += other.alarmed
        self.commits += other.commits
        self.seconds += other.seconds
        self.failures |= other.failures
        self.skipped += other.skipped


class Measured:
    """One repository's reviews; the same change is reviewed once."""

    def __init__(self, scratch: Scratch, engine: Engine) -> None:
        self._scratch = scratch
        self._engine = engine
        self._noise = Noise(scratch)
        self._known: dict[tuple[str, str], tuple[Finding, ...]] = {}
        self.result = Result()

    def case(self, row: Mapping[str, Any]) -> None:
        """Review a row's incomplete change."""
        head = self._scratch.without(row["base"], row["commit"], row["drop_path"])
        findings = self._review(row["base"], head)
        self.result.cases.append(
            Case(
                id=row["id"],
                commit=row["commit"],
                kind=_kind(row),
                in_test=row["in_test"],
                hit=any(_points_at(finding, row) for finding in findings),
                noise=self._noise.reason(row, head),
                said=tuple(_line(finding) for finding in findings),
                lines=tuple(row["stale_ref_lines"]),
            )
        )

    def control(self, base: str, commit: str) -> None:
        """Review a whole commit: nothing should be said."""
        findings = self._review(base, commit)
        self.result.commits += 1
        self.result.alarmed += bool(findings)
        self.result.alarms += [f"{commit[:10]} {_line(finding)}" for finding in findings]

    def _review(self, base: str, head: str) -> tuple[Finding, ...]:
        if (base, head) not in self._known:
            request = ReviewRequest(revisions=f"{base}..{head}", select=CODES)
            started = time.perf_counter()
            report = self._engine.review(request, silent, CancellationToken())
            self.result.seconds.append(time.perf_counter() - started)
            self.result.failures.update(report.coverage.failures)
            self._known[base, head] = tuple(f for f in report.findings if f.code in CODES)
        return self._known[base, head]


def main() -> None:
    options = _options()
    total = Result()
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-cache-") as temporary:
        settings = Settings(
            index=IndexConfig(workers=1), cache=CacheConfig(options.cache or temporary)
        )
        for path in sorted(Path(options.data, "partial").glob("*.jsonl")):
            if not options.only or path.stem in options.only.split(","):
                total.add(_of_file(path, Path(options.repos), settings))
    if options.json:
        print(json.dumps(asdict(total), indent=1, default=sorted))
    else:
        _show(total, options.verbose)


def _of_file(path: Path, repos: Path, settings: Settings) -> Result:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    source = find_repository(repos, rows[0]["repo"])
    if source is None:
        return Result(skipped=[f"{path.stem}: there is no clone of {rows[0]['repo']}"])
    with Scratch(source) as scratch:
        try:
            scratch.point_head(rows[0]["commit"])
        except GitError as error:
            return Result(skipped=[f"{path.stem}: {error}"])
        with Engine.open(str(scratch.path), settings) as engine:
            measured = Measured(scratch, engine)
            for row in rows:
                measured.case(row)
            for base, commit in dict.fromkeys((row["base"], row["commit"]) for row in rows):
                measured.control(base, commit)
    return measured.result


def _kind(row: Mapping[str, Any]) -> str:
    if not row["kind"].startswith("removed"):
        return "signature"
    return "method" if "." in row["symbol"] else "top-level"


def _points_at(finding: Finding, row: Mapping[str, Any]) -> bool:
    """Whether a finding, or its evidence of the new state, is on one of the stale lines."""
    return any(
        place.path == row["drop_path"]
        and not place.old
        and any(place.span.start_line < line <= place.span.end_line + 1 for line in lines)
        for lines in (row["stale_ref_lines"],)
        for place in _places(finding)
    )


def _places(finding: Finding) -> Iterator[Location]:
    yield finding.location
    for evidence in finding.evidence:
        yield evidence.location


def _line(finding: Finding) -> str:
    where = finding.location
    return f"{finding.code} {where.path}:{where.span.start_line + 1} {finding.message[:140]}"


def _show(total: Result, verbose: bool) -> None:
    real = [case for case in total.cases if not case.noise]
    print(
        table(
            ("kind", "where", "recall", "a commit", "without noise rows", "a commit"),
            [
                row
                for kind in KINDS
                for in_test in (False, True)
                for row in [_row(kind, in_test, total.cases, real)]
            ],
        )
    )
    print(f"\nNoise rows: {len(total.cases) - len(real)} of {len(total.cases)}, by rule:")
    for reason in sorted({case.noise for case in total.cases} - {""}):
        cases = [case for case in total.cases if case.noise == reason]
        print(f"- {reason}: {len(cases)}, of which found anyway {sum(c.hit for c in cases)}")
    print(f"\nWhole commits with findings: {total.alarmed} of {total.commits}")
    for alarm in total.alarms:
        print(f"- {alarm}")
    if total.seconds:
        mean, worst = sum(total.seconds) / len(total.seconds), max(total.seconds)
        print(f"\nSeconds a review: mean {mean:.2f}, max {worst:.2f} ({len(total.seconds)})")
    for text in (*sorted(total.failures), *total.skipped):
        print(f"FAILED OR SKIPPED: {text}")
    if verbose:
        _show_misses(total.cases)


def _row(kind: str, in_test: bool, cases: Iterable[Case], real: Iterable[Case]) -> tuple[str, ...]:
    where = "tests" if in_test else "sources"
    cells = [
        cell
        for group in (cases, real)
        for cell in _recall([c for c in group if c.kind == kind and c.in_test == in_test])
    ]
    return kind, where, *cells


def _recall(cases: list[Case]) -> tuple[str, str]:
    """Recall over all cases, and the mean of the commits' recalls."""
    if not cases:
        return "-", "-"
    by_commit: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        by_commit[case.commit].append(case.hit)
    mean = sum(sum(hits) / len(hits) for hits in by_commit.values()) / len(by_commit)
    hits = sum(case.hit for case in cases)
    return f"{hits} of {len(cases)} ({hits / len(cases):.2f})", f"{mean:.2f}"


def _show_misses(cases: Iterable[Case]) -> None:
    print("\nMisses:")
    for case in cases:
        if not case.hit:
            lines = ",".join(map(str, case.lines[:6]))
            print(
                f"- {case.kind} {case.id} lines {lines}{' NOISE: ' * bool(case.noise)}{case.noise}"
            )
            for said in case.said[:3]:
                print(f"    said: {said}")


def _options() -> argparse.Namespace:
    parser = data_options(__doc__, "flask,httpx")
    parser.add_argument("--json", action="store_true", help="all cases as JSON")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was missed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
