"""CA501: comments that silence findings, and those that silence nothing.

    call(x)  # codeassist: ignore[CA101] the plugin passes it
    # codeassist: ignore[CA302]
    breakpoint()
    # codeassist: ignore-file[CA304]     in the first lines: for the whole file

Without brackets every check is meant; a prefix such as CA3 means its whole family. A comment on a
line of its own is about the next line that is no such comment. Only comments count, so a string
that mentions the marker silences nothing. Knows findings by their code and place only.
"""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from codeassist.base.findings import Finding, Severity
from codeassist.checks import CHECKS, load
from codeassist.checks.check import Check, Review, found
from codeassist.checks.ignore_comments import MIN_CODE, Ignore, ignores_in

NEAR = 0.7  # "E501" is another tool's code, not a slip of "CA501"


class Applied(NamedTuple):
    """The findings that stay, how many were silenced, and what is wrong with the comments."""

    kept: list[Finding]
    suppressed: int
    unused: list[Finding]


def apply_ignores(
    review: Review, findings: Iterable[Finding], ran: Collection[str] | None = None
) -> Applied:
    """Silence findings. `ran` are the codes of the checks that ran, None for all.

    A comment is unused only if it stands on an added line and every check that it names ran: what
    silenced a finding when it was written must not be reported in later reviews, in which the line
    is old and the finding does not come back.
    """
    comments: dict[str, list[Ignore]] = {}
    used: set[tuple[str, int]] = set()
    kept: list[Finding] = []
    suppressed = 0
    for finding in findings:
        path = finding.location.path
        if finding.location.old:
            kept.append(finding)
            continue
        if path not in comments:
            comments[path] = list(ignores_in(review.head, path))
        line = finding.location.span.start_line
        silencing = [each for each in comments[path] if each.covers(finding.code, line)]
        used.update((path, each.start) for each in silencing)
        suppressed += bool(silencing)
        if not silencing:
            kept.append(finding)
    wanted = set(CHECKS if ran is None else ran)
    return Applied(kept, suppressed, list(_wrong(review, used, wanted)))


def _wrong(review: Review, used: set[tuple[str, int]], ran: set[str]) -> Iterator[Finding]:
    """Comments on added lines that name no check, or that silenced nothing."""
    for path, lines in review.added.items():
        for each in ignores_in(review.head, path) if lines else ():
            if each.line not in lines:
                continue
            unknown = [code for code in each.codes if not _meant(code)]
            for code in unknown:
                yield _unknown(review, path, each, code)
            meant = {known for code in each.codes for known in _meant(code)} or set(CHECKS)
            if unknown or each.whole_file or (path, each.start) in used:
                continue
            if meant <= ran | {CHECK.code}:
                yield _unused(review, path, each)


def _meant(code: str) -> set[str]:
    """The checks that a code or a prefix of codes names."""
    return {known for known in CHECKS if len(code) >= MIN_CODE and known.startswith(code)}


def _unused(review: Review, path: str, each: Ignore) -> Finding:
    what = ", ".join(f"`{code}`" for code in each.codes) or "any check"
    message = f"this comment ignores {what}, but there is nothing to ignore here"
    subject = ",".join(each.codes)
    remedy = "delete the comment"
    return found(CHECK, review, path, each.start, each.end, message, subject=subject, remedy=remedy)


def _unknown(review: Review, path: str, each: Ignore, code: str) -> Finding:
    names = {load(known).name: known for known in CHECKS}
    near = get_close_matches(code, [*CHECKS, *names], 1, NEAR)
    remedy = f"Did you mean `{names.get(near[0], near[0])}`?" if near else ""
    message = f"`{code}` is not the code of a check"
    return found(CHECK, review, path, each.start, each.end, message, subject=code, remedy=remedy)


def run(_: Review) -> Iterator[Finding]:
    """Nothing: what is unused is known only when all other checks have run (`apply_ignores`)."""
    return iter(())


CHECK = Check(
    "CA501",
    "unused-ignore",
    "Ignore comments that silence nothing",
    Severity.INFO,
    run,
)
