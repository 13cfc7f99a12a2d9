"""Aider's repository map, run by the Python of aider's own environment: `aider_probe.py ROOT LIST`.

LIST is a file with one path a line. The clock starts after aider's imports. The model is a stub
that counts tokens; nothing is asked of a model.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

MAP_TOKENS = 8192
CHARACTERS_A_TOKEN = 4  # aider's own fallback is a tokenizer that has to be downloaded


class Model:
    """As much of a model as a repository map asks."""

    def token_count(self, text: str) -> int:
        return len(text) // CHARACTERS_A_TOKEN


class Terminal:
    """As much of aider's input and output as a repository map asks."""

    def read_text(self, path: str, **_: object) -> str | None:
        try:
            return Path(path).read_text("utf-8")
        except (OSError, UnicodeError):
            return None

    def tool_output(self, *_: object, **__: object) -> None:
        """Said to the user, so to nobody."""

    tool_warning = tool_error = tool_output


def main() -> None:
    root, listing = sys.argv[1:3]
    from aider.repomap import RepoMap

    files = [os.path.join(root, line) for line in Path(listing).read_text().splitlines()]
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    made = RepoMap(map_tokens=MAP_TOKENS, root=root, main_model=Model(), io=Terminal())
    text = made.get_repo_map([], files) or ""
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print()  # its progress bar leaves the line open
    print(json.dumps({"seconds": seconds, "cpu": cpu, "characters": len(text)}))


if __name__ == "__main__":
    main()
