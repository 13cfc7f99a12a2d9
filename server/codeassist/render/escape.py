"""Makes hostile text harmless: terminals, Markdown, HTML, CI logs and JSON.

Paths, code, names and messages come from the repository under review, so anyone who opens a pull
request writes them. Nothing here changes what ordinary text looks like. Every function returns
text that can be encoded as UTF-8.
"""

import html
import json
import re

# Characters that a reader cannot see or that move the cursor: C0 and C1 controls, bidirectional
# overrides (CVE-2021-42574), zero-width and invisible format characters, line and paragraph
# separators, language tags, and lone surrogates (bytes of a path that are not UTF-8).
_CONTROLS = "\x00-\x1f"
_HIDDEN = (
    "\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff"
)
_HIDDEN_CHARACTER = re.compile(f"[{_CONTROLS}{_HIDDEN}]")
_HIDDEN_IN_JSON = re.compile(f"[{_HIDDEN}]")  # json.dumps has escaped the controls itself
# These act anywhere in a line of a CI log: GitHub and Azure commands, TeamCity service messages.
_LOG_COMMAND = re.compile(r"##(?=\[|vso\[|teamcity\[)")
# `::command::` acts at the beginning of a line, after blanks.
_LINE_COMMAND = re.compile(r"^(\s*)::")
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>~|$&]")
# Sites turn these into notifications, cross-references and links when they show Markdown.
_MENTION = re.compile(r"@(?=\w)|#(?=\d)|(?<=[Gg][Hh])-(?=\d)|:(?=//)|(?<=[Ww]{3})\.")
_ZERO_WIDTH_ENTITY = "&#8203;"
_CODE_SPAN = re.compile(r"`([^`]+)`")
_BACKTICKS = re.compile(r"`+")


def visible(text: str) -> str:
    """Text on one line: hidden characters as escapes (`\\u202e`), log commands broken."""
    text = _HIDDEN_CHARACTER.sub(lambda match: _escaped(match.group()), text)
    return _LOG_COMMAND.sub(r"#\\x23", text)


def log_safe(line: str) -> str:
    """A line for a CI log, such that the runner does not take it for a command of ours."""
    return _LOG_COMMAND.sub(r"#\\x23", _LINE_COMMAND.sub(r"\1\\x3a:", line))


def dumps(value: object) -> str:
    """JSON for people and programs: indented, readable, hidden characters as JSON escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    text = _HIDDEN_IN_JSON.sub(_json_escaped, text)
    return _LOG_COMMAND.sub(r"#\\u0023", text) + "\n"


def split_code(message: str) -> list[tuple[str, bool]]:
    """A message as (text, is code) parts, split at its pairs of backticks, which are left out."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in _CODE_SPAN.finditer(message):
        parts.append((message[end : match.start()], False))
        parts.append((match.group(1), True))
        end = match.end()
    parts.append((message[end:], False))
    return [part for part in parts if part[0]]


def markdown(message: str) -> str:
    """A message as one line of Markdown: its backticks stay code, nothing else is markup."""
    return "".join(
        code_span(text) if is_code else markdown_text(text) for text, is_code in split_code(message)
    )


def markdown_text(text: str) -> str:
    """Plain text as one line of Markdown in which nothing is markup, a mention or a link.

    A line must not begin with it, since `#` and `-` are only special there.
    """
    escaped = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", visible(text))
    return _MENTION.sub(_broken, escaped)


def code_span(text: str) -> str:
    """Text as a Markdown code span, also inside a table."""
    text = visible(text)
    fence = "`" * (_longest_backticks(text) + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    # GitHub's tables split at a bar even inside a code span, unless it has a backslash.
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def code_fence(lines: list[str], language: str = "text") -> list[str]:
    """Lines of code, visible already, as a fenced block that they cannot close."""
    longest = max((_longest_backticks(line) for line in lines), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *lines, fence]


def html_text(message: str) -> str:
    """A message as HTML, its backticked names as <code>, for places where Markdown is not read."""
    return "".join(
        f"<code>{_html(text)}</code>" if is_code else _html(text)
        for text, is_code in split_code(message)
    )


def _html(text: str) -> str:
    escaped = html.escape(visible(text)).replace("`", "&#96;").replace("|", "&#124;")
    # The entities above contain `#` and digits, which must not be taken for a reference.
    parts = re.split(r"(&#?\w+;)", escaped)
    return "".join(
        part if index % 2 else _MENTION.sub(_broken, part) for index, part in enumerate(parts)
    )


def _broken(match: re.Match[str]) -> str:
    """A zero-width space after the sign, which ends a mention or an address and is not seen."""
    return match.group() + _ZERO_WIDTH_ENTITY


def _longest_backticks(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _escaped(character: str) -> str:
    short = _SHORT_ESCAPES.get(character)
    if short is not None:
        return short
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was not UTF-8, as `surrogateescape` keeps it
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _json_escaped(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))
