"""Writes the files of the plugin that follow from something else, or checks that they are fresh.

    python editors/neovim/scripts/generate.py write
    python editors/neovim/scripts/generate.py check --nvim path/to/nvim

`lua/codeassist/filetypes.lua` follows from the server's table of languages and Neovim's own rules,
`lua/codeassist/_options.lua` from `options.lua`, `doc/codeassist.txt` from `chapters/`, the
options, the commands, the mappings and the comments of the public functions.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from codeassist.languages import LANGUAGES

SCRIPTS = Path(__file__).parent
PLUGIN = SCRIPTS.parent
_TIMEOUT_SECONDS = 60  # against a hang
# What each script prints, by the file that it is for.
TARGETS = {
    "lua/codeassist/filetypes.lua": "filetypes.lua",
    "lua/codeassist/_options.lua": "options_types.lua",
    "doc/codeassist.txt": "vimdoc.lua",
}


def file_names() -> list[str]:
    """One name of a file for each extension of the table, and the names that count as such."""
    names = [f"a{extension}" for row in LANGUAGES for extension in row.extensions]
    return names + [name for row in LANGUAGES for name in row.filenames]


def generated(nvim: str) -> Iterator[tuple[str, str]]:
    """Each target and its text; a later script may read what an earlier one is for.

    Raises subprocess.CalledProcessError if a script fails.
    """
    for target, script in TARGETS.items():
        done = subprocess.run(
            [nvim, "--clean", "-l", str(SCRIPTS / script), str(PLUGIN)],
            input=json.dumps(file_names()),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_TIMEOUT_SECONDS,
            check=True,
        )
        yield target, done.stdout.rstrip("\n") + "\n"


def stale(nvim: str) -> list[str]:
    """The targets that are not what they should be."""
    return [
        target
        for target, text in generated(nvim)
        if not (PLUGIN / target).is_file() or (PLUGIN / target).read_text("utf-8") != text
    ]


def main() -> int:
    """The command line; 1 if something is stale."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("mode", choices=("write", "check"))
    parser.add_argument("--nvim", default="nvim", help="Neovim 0.11 or later")
    arguments = parser.parse_args()
    if arguments.mode == "write":
        for target, text in generated(arguments.nvim):
            (PLUGIN / target).parent.mkdir(parents=True, exist_ok=True)
            (PLUGIN / target).write_text(text, "utf-8", newline="\n")
        return 0
    found = stale(arguments.nvim)
    for target in found:
        sys.stderr.write(f"{target} is stale: run this with `write`\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
