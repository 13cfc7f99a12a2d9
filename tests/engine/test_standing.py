"""The facts about open files: as they are, and what their changes leave undone elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command import APPLICATION, LIBRARY, LIBRARY_WITHOUT, Files, Place

from codeassist.base.cancellation import CancellationToken, Cancelled
from codeassist.base.findings import Finding
from codeassist.engine.engine import Engine
from codeassist.engine.requests import (
    Look,
    ReviewRequest,
    Source,
    Standing,
    StandingRequest,
    silent,
)
from codeassist.settings.schema import CacheConfig, ReviewConfig, Settings

BODY = """    total = 0
    for each in items:
        if each.price > 10 and each.count > 2:
            total += each.price * each.count
        else:
            total += each.price + each.tax
    return total
"""


@dataclass
class Desk:
    """A place and an engine on it, as a language server has one."""

    place: Place
    review: ReviewConfig = field(default_factory=ReviewConfig)

    def __post_init__(self) -> None:
        cache = CacheConfig(dir=str(self.place.cache))
        self.engine = Engine.open(str(self.place.root), Settings(cache=cache, review=self.review))
        self.engine.watch()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *error: object) -> None:
        self.engine.close()

    def look(
        self,
        buffers: Mapping[str, str | bytes],
        paths: tuple[str, ...] | None = None,
        look: Look = Look.QUICK,
    ) -> Standing:
        """Look at open texts; all of them are asked about if none are named."""
        raw = {p: t.encode() if isinstance(t, str) else t for p, t in buffers.items()}
        self.engine.show(raw)
        asked = tuple(raw) if paths is None else paths
        request = StandingRequest(asked, tuple(raw), look)
        return self.engine.findings(request, silent, CancellationToken())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    """(code, path, 1-based line) of findings."""
    return [(e.code, e.location.path, e.location.span.start_line + 1) for e in findings]


def check(
    place: Place,
    buffers: Mapping[str, str | bytes],
    *,
    own: list[tuple[str, str, int]] | None = None,
    left: list[tuple[str, str, int]] | None = None,
    review: ReviewConfig | None = None,
) -> None:
    """What is found of open texts."""
    with Desk(place, review or ReviewConfig()) as desk:
        standing = desk.look(buffers)
    assert (told(standing.own), told(standing.left)) == (own or [], left or [])
    assert standing.failures == ()


def test_a_clean_file_has_nothing(place: Place) -> None:
    check(place, {"lib.py": LIBRARY, "app.py": APPLICATION})


def test_what_an_open_file_takes_away_is_missed_where_nobody_looks(place: Place) -> None:
    check(place, {"lib.py": LIBRARY_WITHOUT}, left=[("CA101", "app.py", 1)])


def test_it_is_said_once_where_both_files_are_open(place: Place) -> None:
    # The import alone is one of a name that does not exist (CA103); the change says why.
    buffers = {"lib.py": LIBRARY_WITHOUT, "app.py": APPLICATION}
    check(place, buffers, left=[("CA101", "app.py", 1)])


def test_what_was_wrong_before_is_found_without_a_change(place: Place) -> None:
    place.commit({"lib.py": LIBRARY_WITHOUT})
    check(place, {"app.py": APPLICATION}, own=[("CA103", "app.py", 1)])


def test_a_changed_signature_is_one_finding_for_a_call_that_is_open(place: Place) -> None:
    place.commit({"app.py": "from lib import kept\n\nprint(kept())\nprint(kept())\n"})
    changed = LIBRARY.replace("def kept():", "def kept(n):")
    opened = (place.root / "app.py").read_text()
    check(place, {"lib.py": changed}, left=[("CA102", "app.py", 3)])
    # Both calls do not fit (CA104), and the second one is evidence of the first finding.
    check(place, {"lib.py": changed, "app.py": opened}, left=[("CA102", "app.py", 3)])


def test_a_file_that_was_saved_but_not_committed_counts_while_it_is_open(place: Place) -> None:
    place.write({"lib.py": LIBRARY_WITHOUT})
    check(place, {"lib.py": LIBRARY_WITHOUT}, left=[("CA101", "app.py", 1)])
    check(place, {"other.py": "x = 1\n"})


def test_a_commit_settles_it(place: Place) -> None:
    with Desk(place) as desk:
        assert told(desk.look({"lib.py": LIBRARY_WITHOUT}).left) == [("CA101", "app.py", 1)]
        place.commit({"lib.py": LIBRARY_WITHOUT})
        desk.engine.files_changed()
        standing = desk.look({"lib.py": LIBRARY_WITHOUT})
    assert (told(standing.own), told(standing.left)) == ([], [])


def test_line_ends_are_no_change(place: Place) -> None:
    check(place, {"lib.py": LIBRARY.replace("\n", "\r\n")})
    without = LIBRARY_WITHOUT.replace("\n", "\r\n")
    check(place, {"lib.py": without}, left=[("CA101", "app.py", 1)])


def test_a_folder_without_a_repository_has_the_facts_of_its_files(tmp_path: Path) -> None:
    place = Place(tmp_path).write({"lib.py": LIBRARY_WITHOUT, "app.py": APPLICATION})
    check(place, {"app.py": APPLICATION}, own=[("CA103", "app.py", 1)])


def test_so_has_a_repository_without_a_commit(tmp_path: Path) -> None:
    place = Place(tmp_path).init().write({"lib.py": LIBRARY_WITHOUT, "app.py": APPLICATION})
    check(place, {"app.py": APPLICATION}, own=[("CA103", "app.py", 1)])


def test_texts_that_are_in_no_folder(tmp_path: Path) -> None:
    request = StandingRequest(("untitled/one.py",), ("untitled/one.py",))
    with Engine.nowhere(Settings(cache=CacheConfig(dir=str(tmp_path)))) as engine:
        engine.show({"untitled/one.py": b"breakpoint()\n"})
        standing = engine.findings(request, silent, CancellationToken())
    assert told(standing.own) == [("CA302", "untitled/one.py", 1)]


def test_select_and_ignore_count(place: Place) -> None:
    buffers = {"lib.py": LIBRARY_WITHOUT + "\nbreakpoint()\n"}
    both = [("CA302", "lib.py", 4)]
    check(place, buffers, left=[("CA101", "app.py", 1), *both])
    check(place, buffers, left=both, review=ReviewConfig(select=("CA3",)))
    check(place, buffers, left=both, review=ReviewConfig(ignore=("CA1",)))


def test_excluded_files_are_left_out(place: Place) -> None:
    buffers = {"lib.py": LIBRARY_WITHOUT + "\nbreakpoint()\n"}
    check(place, buffers, review=ReviewConfig(exclude=("lib.py",)))


def test_a_file_that_git_ignores_is_nobodys_change(place: Place) -> None:
    place.commit({".gitignore": "build/\n"}).write({"build/made.py": "breakpoint()\n"})
    check(place, {"build/made.py": "breakpoint()\nbreakpoint()\n"})
    # A file that is not on disk yet is one that somebody is about to write.
    made = [("CA302", "new.py", 1)]
    check(place, {"new.py": "breakpoint()\n"}, left=made)


def test_a_comment_that_silences_a_fact_of_old_code_is_no_finding_itself(place: Place) -> None:
    wrong = "from lib import nothing_such\n"
    place.commit({"app.py": wrong})
    check(place, {"app.py": wrong}, own=[("CA103", "app.py", 1)])
    check(place, {"app.py": f"# codeassist: ignore[CA103]\n{wrong}"})


def test_what_takes_long_is_looked_for_apart(place: Place) -> None:
    both = f"def one(items):\n{BODY}\n\ndef two(items):\n{BODY}"
    with Desk(place.commit({"twice.py": both})) as desk:
        quick = desk.look({"twice.py": both})
        slow = desk.look({"twice.py": both}, look=Look.SLOW)
    assert (told(quick.own), told(slow.own)) == ([], [("CA202", "twice.py", 11)])


def test_only_the_files_that_were_asked_about_are_looked_at_as_wholes(place: Place) -> None:
    wrong = "from lib import nothing_such\n"
    with Desk(place.commit({"a.py": wrong, "b.py": wrong})) as desk:
        standing = desk.look({"a.py": wrong, "b.py": wrong}, ("b.py",))
    assert told(standing.own) == [("CA103", "b.py", 1)]


def test_a_cancelled_look_ends(place: Place) -> None:
    token, request = CancellationToken(), StandingRequest(("lib.py",), ("lib.py",))
    with Desk(place) as desk:
        desk.look({"lib.py": LIBRARY})
        token.cancel()
        with pytest.raises(Cancelled):
            desk.engine.findings(request, silent, token)


def test_it_ends_the_process_that_reads_head(place: Place) -> None:
    with Desk(place) as desk:
        desk.look({"lib.py": LIBRARY_WITHOUT})
        assert _readers(place)
    assert not _readers(place)


def _readers(place: Place) -> list[Path]:
    """Git's processes that read objects there."""
    running = Path("/proc").glob("[0-9]*/cmdline")
    return [each for each in running if _is_reader(each.parent, place.root)]


def _is_reader(process: Path, root: Path) -> bool:
    try:
        return b"cat-file" in (process / "cmdline").read_bytes() and (
            (process / "cwd").resolve() == root.resolve()
        )
    except OSError:
        return False


# The review of the working tree, with what an editor has open


def review(place: Place, buffers: Files, revisions: str = "") -> list[tuple[str, str, int]]:
    """What a review of the working tree finds, with open texts."""
    texts = {p: t.encode() if isinstance(t, str) else t for p, t in buffers.items() if t}
    request = ReviewRequest(Source.WORKTREE, revisions)
    with Desk(place) as desk:
        desk.engine.show(texts)
        return told(desk.engine.review(request, silent, CancellationToken()).findings)


def test_a_review_sees_what_is_not_saved(place: Place) -> None:
    assert review(place, {}) == []
    assert review(place, {"lib.py": LIBRARY_WITHOUT}) == [("CA101", "app.py", 1)]


def test_a_review_does_not_see_what_the_buffer_has_put_back(place: Place) -> None:
    place.write({"lib.py": LIBRARY_WITHOUT})
    assert review(place, {}) == [("CA101", "app.py", 1)]
    assert review(place, {"lib.py": LIBRARY}) == []


def test_a_review_sees_a_new_file_that_is_on_no_disk(place: Place) -> None:
    assert review(place, {"new.py": "breakpoint()\n"}) == [("CA302", "new.py", 1)]


def test_a_review_passes_over_a_buffer_of_a_file_that_is_ignored_or_deleted(place: Place) -> None:
    place.commit({".gitignore": "build/\n", "old.py": "x = 1\n"})
    place.write({"build/made.py": "x = 1\n", "old.py": None})
    assert review(place, {"build/made.py": "breakpoint()\n", "old.py": "breakpoint()\n"}) == []


def test_a_review_of_a_renamed_file_that_is_edited_too(place: Place) -> None:
    place.git("mv", "app.py", "main.py")
    assert review(place, {"main.py": APPLICATION + "breakpoint()\n"}) == [("CA302", "main.py", 4)]


def test_a_review_since_the_branch_began(place: Place) -> None:
    place.git("switch", "-q", "-c", "work")
    place.commit({"lib.py": LIBRARY_WITHOUT})
    assert review(place, {}) == []
    assert review(place, {}, "...") == [("CA101", "app.py", 1)]
    assert review(place, {"app.py": "breakpoint()\n"}, "main...") == [("CA302", "app.py", 1)]
