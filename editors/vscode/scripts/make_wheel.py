"""Makes the wheel that the extension carries, the same bytes for the same sources.

    python scripts/make_wheel.py FOLDER

Needs setuptools 77 or later where it runs, and no network. It works on a copy with plain modes, so
that neither a build folder nor a umask leaves a trace.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "server" / "codeassist"
# The first moment that a zip file can tell, and a day, so that no time zone comes before it.
EPOCH = "315619200"
FILE_MODE = 0o644


def sources() -> list[Path]:
    """What goes into the wheel, relative to the repository."""
    files = [path for path in PACKAGE.rglob("*") if path.is_file()]
    own = [path for path in files if "__pycache__" not in path.parts]
    names = ("pyproject.toml", "LICENSE", "README.md")
    return sorted(path.relative_to(ROOT) for path in (*own, *(ROOT / name for name in names)))


def make_wheel(folder: Path) -> Path:
    """Make the wheel in a folder. Raises CalledProcessError where that fails."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        for name in sources():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
            (copy / name).chmod(FILE_MODE)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--no-index", "--no-build-isolation"]
        environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([*command, "--wheel-dir", folder, copy], check=True, env=environment)
    (wheel,) = folder.glob("codeassist-*.whl")
    wheel.chmod(FILE_MODE)
    return wheel


if __name__ == "__main__":
    sys.stdout.write(f"{make_wheel(Path(sys.argv[1]))}\n")
