"""What a task costs beside the model's own time: a warm engine, a server that answers at once.

    python bench/overhead.py REPOSITORY FILE:LINE [--rounds 12]

The server is the scripted one of the tests, in a process of its own on this machine. Each round is
`Engine.run` of `docs` or `bugs` for the same place, with nothing kept of the answers: bringing the
index up to date, ranking and packing, building the request, the way there and back, reading and
verifying the answer. The engine is told of changes on disk, as in an editor's server. The first
round is given apart.
"""

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from codeassist.base.cancellation import CancellationToken
from codeassist.engine.engine import Engine
from codeassist.engine.options import BugsOptions, DocsOptions
from codeassist.engine.requests import TaskRequest, silent
from codeassist.main import COLLECTED_AT
from codeassist.settings.load import load

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fixtures"))
from scripted_openai import ScriptedServer, answer, matching

DOCUMENTED = json.dumps(
    {
        "symbols": [
            {
                "id": "1",
                "summary": "Do it.",
                "description": None,
                "parameters": [],
                "attributes": [],
                "returns": None,
                "raises": [],
            }
        ]
    }
)
TASKS = {
    "docs": (DocsOptions(), DOCUMENTED),
    "bugs": (BugsOptions(), json.dumps({"hypotheses": []})),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository")
    parser.add_argument("target")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--cache", default="")
    given = parser.parse_args()
    gc.set_threshold(*COLLECTED_AT)  # as the program itself does
    with ScriptedServer() as server, tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {
            "CODEASSIST_CONFIG": os.devnull,
            "CODEASSIST_CACHE_DIR": given.cache or folder,
            "CODEASSIST_MODEL_BASE_URL": server.url,
            "CODEASSIST_MODEL_KEEP_ANSWERS": "false",
        }
        settings = load(given.repository, environ=environ)
        for task, (options, text) in TASKS.items():
            server.reset()
            server.enqueue(matching(answer(text, pieces=1), times=0))
            seconds: list[float] = []
            with Engine.open(given.repository, settings) as engine:
                engine.watch()
                request = TaskRequest(task, options, given.target)
                for _ in range(given.rounds + 1):
                    started = time.perf_counter()
                    engine.run(request, silent, CancellationToken())
                    seconds.append(time.perf_counter() - started)
            warm = [1000 * each for each in seconds[1:]]
            print(
                f"{task}: first {seconds[0]:.2f} s; warm median {statistics.median(warm):.0f} ms, "
                f"worst {max(warm):.0f} ms"
            )


if __name__ == "__main__":
    main()
