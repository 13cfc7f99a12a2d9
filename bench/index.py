"""How fast is the index? Against tree-sitter, aider's repository map, and its own larger self.

Works on a clone of the repository, never in it. The probes of one round run one after another, each
in its own process; a figure is the best of the rounds, with the worst in brackets. CPU seconds and
ratios say more than wall seconds on a machine that does other things too.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import peer_aider
from measure import Figure, ProbeError, Run, figure, run, table

_PROBES = Path(__file__).with_name("index_probes.py")
RACY_SECONDS = 2.2  # a file younger than 2 s is read again, whatever its time stamp says
MEGABYTE = 1_000_000

Runs = dict[str, list[Run]]


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="codeassist-bench-") as temporary:
        folder = Path(temporary)
        copy = folder / "repository"
        _clone(Path(options.repo), copy)
        time.sleep(RACY_SECONDS)
        runs: Runs = defaultdict(list)
        notes: list[str] = []
        listing = _list_paths(copy, folder)
        executable = _aider(options.skip_aider, notes)
        for number in range(options.rounds):
            _round(copy, folder / f"cache{number}", number, runs)
            if executable is not None:
                peer_aider.forget(copy)
                for name in ("aider cold", "aider warm"):
                    runs[name].append(peer_aider.repository_map(executable, copy, listing))
        if options.scale > 1:
            _scale(copy, listing, folder, options.scale, runs)
    if options.json:
        print(json.dumps({name: [asdict(each) for each in found] for name, found in runs.items()}))
    else:
        _show(runs, options.scale, notes)


def _round(copy: Path, cache: Path, number: int, runs: Runs) -> None:
    """All of our own probes once."""

    def probe(name: str, which: str, folder: Path, workers: int = 1) -> None:
        runs[name].append(_probe(which, copy, folder, workers))

    single, double = cache / "one", cache / "two"
    probe("python", "nothing", double)
    probe("cold, 1 worker", "cold", single)
    probe("cold, 2 workers", "cold", double, 2)
    _edit(copy, number)
    probe("one edit", "cold", double, 2)
    time.sleep(RACY_SECONDS)
    _probe("cold", copy, double, 2)  # now the edited file's time stamp can be trusted
    probe("no change", "cold", double, 2)
    probe("warm open", "view", double, 2)
    probe("opening the store", "opening", double)
    probe("parse only", "parse", double)
    shutil.rmtree(cache)


def _scale(copy: Path, listing: Path, folder: Path, scale: int, runs: Runs) -> None:
    """The indexed files once and `scale` times, both in plain folders of the same shape."""
    paths = listing.read_text().splitlines()
    for count in (1, scale):
        made = folder / f"times{count}"
        _multiply(copy, paths, made, count)
        time.sleep(RACY_SECONDS)
        cache = folder / f"cache-times{count}"
        runs[f"cold x{count}"].append(_probe("cold", made, cache, 1))
        runs[f"warm x{count}"].append(_probe("view", made, cache, 1))
        runs[f"parse x{count}"].append(_probe("parse", made, cache, 1))
        shutil.rmtree(made)


def _multiply(copy: Path, paths: list[str], made: Path, count: int) -> None:
    """Copies that differ by line feeds at their ends, so that no two have one content key."""
    made.mkdir()
    subprocess.run(["git", "init", "--quiet", str(made)], check=True)
    for number in range(count):
        for path in paths:
            target = made / f"copy{number}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((copy / path).read_bytes() + b"\n" * (number + 1))


def _clone(source: Path, target: Path) -> None:
    command = ["git", "clone", "--quiet", "--shared", str(source.resolve()), str(target)]
    subprocess.run(command, check=True)


def _list_paths(copy: Path, folder: Path) -> Path:
    """A file with the indexed paths, so that all parse the same files."""
    said = _probe("paths", copy, folder / "cache-paths", 2).said
    listing = folder / "paths.txt"
    listing.write_text("".join(f"{path}\n" for path in said["paths"]))
    return listing


def _edit(copy: Path, number: int) -> None:
    """Change one file of ordinary size by a line feed, which every language allows."""
    tracked = subprocess.run(
        ["git", "-C", str(copy), "ls-files", "*.py", "*.ts", "*.go", "*.js"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    sizes = sorted(((copy / path).stat().st_size, path) for path in tracked)
    path = copy / sizes[len(sizes) * 3 // 4][1]
    path.write_bytes(path.read_bytes() + b"\n" * (number + 1))


def _probe(name: str, root: Path, cache: Path, workers: int) -> Run:
    return run([sys.executable, str(_PROBES), name, str(root), str(cache), str(workers)])


def _aider(is_skipped: bool, notes: list[str]) -> Path | None:
    try:
        return None if is_skipped else peer_aider.python()
    except peer_aider.AiderMissingError as error:
        notes.append(f"SKIPPED aider: {error}")
        return None


def _show(runs: Runs, scale: int, notes: list[str]) -> None:
    first = runs["cold, 1 worker"][0].said
    parsed = runs["parse only"][0].said
    print(
        f"{first['files']} files, {parsed['bytes'] / MEGABYTE:.1f} MB, "
        f"{first['symbols']} symbols, cache {first['bytes'] / MEGABYTE:.1f} MB; "
        f"best of {len(runs['parse only'])} (worst)\n"
    )
    parse = figure(runs["parse only"], lambda each: each.said["parse_cpu"])
    rows: list[tuple[str, ...]] = [("tree-sitter parse only", "", parse.text(), "1.00", "", "", "")]
    rows += [_row(name, runs[name], parse) for name in runs if _is_ours(name)]
    rows += [_row(name, runs[name], parse) for name in runs if name.startswith("aider")]
    print(table(("", "wall s", "CPU s", "/ parse", "process wall", "process CPU", "MB"), rows))
    _show_opening(runs)
    if "aider cold" in runs:
        _show_ratios(runs)
    if f"cold x{scale}" in runs:
        _show_scaling(runs, scale)
    for note in notes:
        print(f"\n{note}")


def _is_ours(name: str) -> bool:
    return name in ("cold, 1 worker", "cold, 2 workers", "one edit", "no change", "warm open")


def _row(name: str, runs: list[Run], parse: Figure) -> tuple[str, ...]:
    cpu = figure(runs, lambda each: each.said["cpu"])
    return (
        name,
        figure(runs, lambda each: each.said["seconds"]).text(),
        cpu.text(),
        f"{cpu.best / parse.best:.2f}",
        figure(runs, lambda each: each.wall).text(),
        figure(runs, lambda each: each.cpu).text(),
        f"{max(each.peak for each in runs) / MEGABYTE:.0f}",
    )


def _show_opening(runs: Runs) -> None:
    opened = figure(runs["opening the store"], lambda each: each.said["open"] * 1000)
    printed = figure(runs["opening the store"], lambda each: each.said["fingerprint"] * 1000)
    python = figure(runs["python"], lambda each: each.wall * 1000)
    print(
        f"\nOpening the store {opened.text(1)} ms, its fingerprint {printed.text(1)} ms; "
        f"Python alone {python.text(1)} ms."
    )


def _show_ratios(runs: Runs) -> None:
    """Aider's time over ours, for what an editor waits for: a map, or a view."""

    def ratio(theirs: str, ours: str, key: str) -> str:
        values = [figure(runs[name], lambda each: each.said[key]).best for name in (theirs, ours)]
        return f"{values[0] / values[1]:.1f}"

    print(
        f"\nAider / codeassist: cold {ratio('aider cold', 'cold, 2 workers', 'seconds')} (wall), "
        f"{ratio('aider cold', 'cold, 1 worker', 'cpu')} (CPU); "
        f"warm {ratio('aider warm', 'warm open', 'seconds')} (wall), "
        f"{ratio('aider warm', 'warm open', 'cpu')} (CPU)."
    )


def _show_scaling(runs: Runs, scale: int) -> None:
    def times(name: str, key: str) -> float:
        return float(runs[f"{name} x{scale}"][0].said[key] / runs[f"{name} x1"][0].said[key])

    large = runs[f"warm x{scale}"][0]
    print(
        f"\n{scale} times the files take {times('cold', 'cpu'):.1f} times the CPU cold "
        f"(parse only: {times('parse', 'parse_cpu'):.1f}), {times('warm', 'seconds'):.1f} times "
        f"the wall time warm ({large.said['seconds']:.2f} s, {large.peak / MEGABYTE:.0f} MB; cold "
        f"peak {runs[f'cold x{scale}'][0].peak / MEGABYTE:.0f} MB), "
        f"{times('cold', 'bytes'):.1f} times the cache."
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repo", help="a git repository; it is cloned, not touched")
    parser.add_argument("--scale", type=int, default=1, help="also this many times the files")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip-aider", action="store_true")
    parser.add_argument("--json", action="store_true", help="every run as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except ProbeError as error:
        sys.exit(f"a probe failed: {error}")
