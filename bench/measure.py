"""How the scripts measure: each probe in a process of its own, what it took, and tables.

CPU time includes the processes that a probe waits for. Peak memory is the largest single process.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any


class ProbeError(Exception):
    """A probe that failed, with the end of what it wrote."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process. Seconds from its start to its end, and bytes; `said` is its JSON answer."""

    wall: float
    cpu: float
    peak: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """The best of several values, and the worst."""

    best: float
    worst: float

    def text(self, digits: int = 2) -> str:
        """ "1.23 (1.30)": the best, and the worst in brackets."""
        return f"{self.best:.{digits}f} ({self.worst:.{digits}f})"


def run(command: Sequence[str], cwd: str | None = None) -> Run:
    """Run a command that prints one line of JSON last. Raises ProbeError.

    The rusage of `wait4` covers the process and the children that it waited for.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(list(command), stdout=output, stderr=errors, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        lines, complaint = _text(output).strip().splitlines(), _text(errors)
    if process.returncode or not lines:
        raise ProbeError(complaint[-2000:] or f"it ended with {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB
    cpu = usage.ru_utime + usage.ru_stime
    return Run(wall, cpu, usage.ru_maxrss * scale, json.loads(lines[-1]))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def figure(runs: Iterable[Run], value: Callable[[Run], float]) -> Figure:
    """The best and the worst of a value over some runs."""
    values = [value(each) for each in runs]
    return Figure(min(values), max(values))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def data_options(doc: str | None, only: str) -> argparse.ArgumentParser:
    """The options of scripts that measure on rows of the data; `only` is an example."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("--data", default="../shared/bench", help="folder of the data")
    parser.add_argument(
        "--repos", required=True, help="folder with clones: owner+name/repo, owner+name or name"
    )
    parser.add_argument("--only", default="", help=f"some repositories, as {only}")
    parser.add_argument("--cache", default="", help="index cache to keep; a temporary one if not")
    return parser
