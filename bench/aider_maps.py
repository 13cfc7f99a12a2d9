"""Aider's repository maps with a file in the chat, run by the Python of aider's own environment.

Reads one JSON object a line: `root`, `focus`, `files` (all relative to the root) and `budgets` in
tokens; answers each with a line of JSON: the maps' texts. The model is a stub that counts tokens.
"""

import json
import os
import sys

from aider_probe import Model, Terminal


def main() -> None:
    from aider.repomap import RepoMap

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # its progress bar goes elsewhere
    for line in sys.stdin:
        asked = json.loads(line)
        root = asked["root"]
        focus = os.path.join(root, asked["focus"])
        others = [os.path.join(root, path) for path in asked["files"] if path != asked["focus"]]
        maps = []
        for budget in asked["budgets"]:
            made = RepoMap(map_tokens=budget, root=root, main_model=Model(), io=Terminal())
            maps.append(made.get_repo_map([focus], others) or "")
        answers.write(json.dumps({"maps": maps}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
