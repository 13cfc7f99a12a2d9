"""Where a location is, as the formats say it: 1-based lines, columns in a unit, web addresses.

A location's own columns are UTF-8 bytes; another unit needs the line's text, which the excerpt
carries. Nothing here reads a file.
"""

import re
from urllib.parse import quote, urlsplit

from codeassist.base.findings import Location, Report
from codeassist.base.text import ColumnUnit, LineIndex, Span
from codeassist.render.escape import visible

COMMIT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")  # SHA-1 and SHA-256 object names, in full


def line_text(location: Location, line: int) -> str | None:
    """The text of a 0-based line, None where the excerpt does not hold it."""
    excerpt = location.excerpt
    if excerpt is None:
        return None
    index = line - excerpt.first_line
    return excerpt.lines[index] if 0 <= index < len(excerpt.lines) else None


def column(location: Location, line: int, utf8_column: int, unit: ColumnUnit) -> int | None:
    """A 0-based column in another unit, None where the line's text is not known."""
    if unit is ColumnUnit.UTF8 or utf8_column == 0:
        return utf8_column
    text = line_text(location, line)
    if text is None:
        return None
    return LineIndex(text.encode("utf-8", "replace")).column(0, utf8_column, unit)


def last_line(span: Span) -> int:
    """The last 0-based line that has any of the span's text: an end at column 0 is before it."""
    if span.end_column == 0 and span.end_line > span.start_line:
        return span.end_line - 1
    return span.end_line


def label(location: Location) -> str:
    """`path:line:column` for people: 1-based, the column in characters as editors count them.

    A file as a whole is its path alone.
    """
    if location.whole_file:
        return short_label(location)
    span = location.span
    start = column(location, span.start_line, span.start_column, ColumnUnit.CODE_POINT)
    return f"{short_label(location)}:{(span.start_column if start is None else start) + 1}"


def short_label(location: Location) -> str:
    """`path:line` for people, 1-based; the path alone for a file as a whole."""
    if location.whole_file:
        return visible(location.path)
    return f"{visible(location.path)}:{location.span.start_line + 1}"


def side(location: Location) -> str:
    """Which state of the file a place is in, in a word for people."""
    return "before" if location.old else "now"


def uri_path(path: str) -> str:
    """A path as a relative URI reference: forward slashes, everything else percent-encoded."""
    return quote(path.removeprefix("./").encode("utf-8", "surrogateescape"), safe="/")


def commit_id(report: Report) -> str | None:
    """The head as a full commit id, None where it is a working tree, a branch name, ….."""
    return report.head if COMMIT_ID.fullmatch(report.head) else None


def web_address(report: Report, location: Location, repository_url: str | None) -> str | None:
    """Where a place of the new state can be read on the web; None where that is not known."""
    commit, base = commit_id(report), safe_url(repository_url or "")
    if base is None or commit is None or location.old:
        return None
    line = "" if location.whole_file else f"#L{location.span.start_line + 1}"
    return f"{base.rstrip('/')}/blob/{commit}/{uri_path(location.path)}{line}"


def safe_url(url: str) -> str | None:
    """An address that may become a link: http or https, with nothing that could close one."""
    if re.search(r"[\s<>\"'`\\()\[\]|\x00-\x20\x7f-\U0010ffff]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
