"""A finding with all that is behind it, for people: as Markdown, or as plain text.

Everything that comes from a repository or from a model is escaped, so that it cannot become markup,
a link or a picture. Where an editor shows a diagnostic at the same place, only what that does not
say already.
"""

from collections.abc import Iterable, Iterator, Sequence

from codeassist.lsp.findings.shown import Cited, Shown
from codeassist.render.escape import code_span, markdown, visible
from codeassist.render.places import safe_url

WRONG_FOR, TO_CONFIRM = "Goes wrong for", "To confirm"
_IN_DIAGNOSTIC = frozenset({WRONG_FOR, TO_CONFIRM})
_RULE = "\n\n---\n\n"


def marked(found: Sequence[Shown]) -> str:
    """Findings as Markdown, with links to the evidence."""
    return _RULE.join("\n\n".join(_marked(each)) for each in found)


def beside(found: Sequence[Shown]) -> str:
    """What diagnostics do not say of findings, as Markdown."""
    return _RULE.join("\n\n".join(_beside(each)) for each in found)


def plain(found: Sequence[Shown]) -> str:
    """Findings as text."""
    return "\n\n".join("\n".join(_plain(each)) for each in found)


def _beside(shown: Shown) -> Iterator[str]:
    listed = _listed(each for each in shown.evidence if not each.uri)  # places that no editor has
    if listed:
        yield listed
    for name, text in _doubts(shown):
        if name not in _IN_DIAGNOSTIC:
            yield f"**{name}:** {markdown(text)}"
    yield f"codeassist {_page(shown)}"


def _marked(shown: Shown) -> Iterator[str]:
    finding = shown.finding
    yield f"**{finding.severity.label}:** {markdown(finding.message)}"
    listed = _listed(shown.evidence)
    if listed:
        yield listed
    if finding.remedy:
        yield f"**What to do:** {markdown(finding.remedy)}"
    for name, text in _doubts(shown):
        yield f"**{name}:** {markdown(text)}"
    yield f"codeassist {_page(shown)}"


def _listed(evidence: Iterable[Cited]) -> str:
    return "\n".join(f"- {_link(each)}: {markdown(each.message)}" for each in evidence)


def _plain(shown: Shown) -> Iterator[str]:
    finding = shown.finding
    yield f"{finding.severity.label}: {visible(finding.message)}"
    for each in shown.evidence:
        yield f"- {_label(each)}: {visible(each.message)}"
    if finding.remedy:
        yield f"What to do: {visible(finding.remedy)}"
    for name, text in _doubts(shown):
        yield f"{name}: {visible(text)}"
    where = f" {finding.url}" if finding.url else ""
    yield f"codeassist {visible(finding.code)} ({finding.name}){where}"


def _doubts(shown: Shown) -> Iterable[tuple[str, str]]:
    """What a hypothesis says of itself."""
    hypothesis = shown.hypothesis
    if hypothesis is None:
        return
    yield "Confidence", f"{hypothesis.confidence} %: a model supposes this, nothing proves it"
    if hypothesis.input:
        yield WRONG_FOR, hypothesis.input
    if hypothesis.confirm:
        yield TO_CONFIRM, hypothesis.confirm
    if hypothesis.fix is not None:
        problems = "; ".join(hypothesis.fix.problems)
        yield "Fix", f"not verified: {problems}" if problems else "there is one, as a quick fix"
    if shown.spent:
        yield "Cost", shown.spent


def _page(shown: Shown) -> str:
    """The code, as a link to where it is explained, or with the command that explains it."""
    finding = shown.finding
    url = safe_url(finding.url) if finding.url else None
    if url is not None:
        return f"[{markdown(finding.code)}]({url})"
    return f"{code_span(finding.code)} ({markdown(finding.name)})"


def _label(cited: Cited) -> str:
    when = "" if cited.uri else ", before this change"
    return f"{visible(cited.path)}:{cited.line + 1}{when}"


def _link(cited: Cited) -> str:
    if not cited.uri:
        return code_span(_label(cited))
    # An address in pointed brackets ends at nothing but these and a line's end.
    address = "".join(f"%{ord(c):02X}" if c in "<>\r\n" else c for c in cited.uri)
    return f"[{markdown(_label(cited))}](<{address}#L{cited.line + 1}>)"
