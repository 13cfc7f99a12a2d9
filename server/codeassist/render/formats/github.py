"""GitHub pull request review: the JSON body for POST /repos/{owner}/{repo}/pulls/{number}/reviews.

The event is always COMMENT: this never approves and never requests changes. GitHub refuses the
whole review for one comment outside the diff, so only places in `options.commentable` become inline
comments; every other finding is in the body, also what is said of a file as a whole: comments of a
review must have a line (`subject_type` is a field of another endpoint). A fix is a suggestion that
GitHub can apply, where the comment's lines can be those of the fix. The last line of each text is
an HTML comment, by which a poster finds what it posted before: `codeassist:summary`,
`codeassist:fingerprint=…`.
"""

from collections.abc import Collection

from codeassist.base.findings import Finding, Location, Report
from codeassist.base.words import counted
from codeassist.render.escape import dumps, markdown
from codeassist.render.markdown_blocks import coverage, details, fix_block, place, rule_name
from codeassist.render.options import RenderOptions
from codeassist.render.places import commit_id, last_line
from codeassist.render.suggestion import Suggestion, block, suggestion
from codeassist.render.summary import headline, ordered

INLINE_LIMIT = 50  # more comments than that nobody reads, and GitHub may time out on them
TEXT_LIMIT = 60_000  # GitHub refuses texts of more than 65,536 characters
_MESSAGE_LIMIT = 1_000  # characters of one message, so that none can crowd out the others


def render(report: Report, options: RenderOptions) -> str:
    """The review as one JSON object: {event, commit_id?, body, comments}."""
    comments: list[dict[str, object]] = []
    outside: list[Finding] = []
    for finding in ordered(report.findings):
        comment = _inline(report, finding, options)
        if comment is None or len(comments) == INLINE_LIMIT:
            outside.append(finding)
        else:
            comments.append(comment)
    review: dict[str, object] = {"event": "COMMENT"}
    if commit := commit_id(report):
        review["commit_id"] = commit
    review["body"] = _body(report, outside, options)
    review["comments"] = comments
    return dumps(review)


def _inline(report: Report, finding: Finding, options: RenderOptions) -> dict[str, object] | None:
    """The comment on lines of the diff, None where there is no line for it."""
    inside = options.commentable.get(finding.location.path, frozenset())
    lines = _anchor(finding.location, inside)
    if lines is None:
        return None
    suggested = suggestion(finding, inside, lines)
    if suggested is not None:  # it replaces the lines of its comment, so they have to be the same
        lines = suggested.first, suggested.last
    first, last = lines
    place: dict[str, object] = {"path": finding.location.path, "side": "RIGHT", "line": last}
    if first != last:  # GitHub refuses a start that is the line itself
        place |= {"start_line": first, "start_side": "RIGHT"}
    return {**place, "body": _comment(report, finding, options, suggested)}


def _anchor(location: Location, inside: Collection[int]) -> tuple[int, int] | None:
    """Where GitHub accepts a comment: the span's lines if all are in the diff, else the first."""
    if location.old or location.whole_file:
        return None
    lines = range(location.span.start_line + 1, last_line(location.span) + 2)
    if all(line in inside for line in lines):
        return lines[0], lines[-1]
    line = next((line for line in lines if line in inside), None)
    return None if line is None else (line, line)


def _comment(
    report: Report, finding: Finding, options: RenderOptions, suggested: Suggestion | None
) -> str:
    marker = f"<!-- codeassist:fingerprint={finding.fingerprint} -->"
    head = f"**{finding.severity.label}**: {_message(finding)}"
    offered = fix_block(finding) if suggested is None else block(suggested)
    tail = [f"<sub>{rule_name(finding)}</sub>", marker]
    parts = [head, *details(report, finding, options), offered, *tail]
    body = "\n\n".join(part for part in parts if part)
    if len(body) <= TEXT_LIMIT:
        return body
    return "\n\n".join([head, "The evidence is too long to show here.", *tail])


def _body(report: Report, outside: list[Finding], options: RenderOptions) -> str:
    covered = coverage(report)
    if sum(len(line) for line in covered) > TEXT_LIMIT // 2:  # paths may be very long
        covered = [covered[0], "", "The list of files is too long to show here."]
    end = ["", *covered, "", "<!-- codeassist:summary -->"]
    lines = [f"**codeassist**: {headline(report)}"]
    if outside:
        lines += ["", "Findings that could not be placed on a line of the diff:", ""]
    room = TEXT_LIMIT - sum(len(line) + 1 for line in [*lines, *end])
    for index, finding in enumerate(outside):
        item = f"- **{finding.severity.label}** {place(report, finding.location, options)}: "
        item += f"{_message(finding)} ({rule_name(finding)})"
        room -= len(item) + 1
        if room < 0:
            rest = counted(len(outside) - index, "more finding")
            lines.append(f"- and {rest}: too many to show here, the other formats have them all")
            break
        lines.append(item)
    return "\n".join([*lines, *end])


def _message(finding: Finding) -> str:
    message = finding.message
    if len(message) > _MESSAGE_LIMIT:
        message = message[:_MESSAGE_LIMIT] + "…"
    return markdown(message)
