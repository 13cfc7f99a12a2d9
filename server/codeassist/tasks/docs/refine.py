"""What is found out for one language's documentation from samples: its marks and its habits."""

import re
from collections import Counter
from dataclasses import replace

from codeassist.tasks.docs.content import Part
from codeassist.tasks.docs.layout import Frame, Layout
from codeassist.tasks.docs.samples import Sample
from codeassist.tasks.docs.traits import documented_entries, favourite, mostly

_TAGS = r"[@\\](?:param|returns?|throws|raise)\b"
_EDGE = r"[ \t]*(?:\*|//[/!]?|#|--+)?[ \t]*"
_TAGGED = re.compile(rf"\n\s*\W*{_TAGS}")
_GAP = re.compile(rf"\n{_EDGE}\n{_EDGE}{_TAGS}")
_RUST_PARTS: tuple[tuple[str, Part], ...] = (
    (r"# (?:Arguments|Parameters)\b", "parameters"),
    (r"# Returns\b", "returns"),
    (r"# (?:Errors|Panics)\b", "raises"),
)


def python(layout: Layout, near: list[Sample]) -> Layout:
    """Python: quotes, where the summary stands, marks of code, who documents parameters."""
    bodies = [re.sub(r"^[a-zA-Z]*", "", s.text) for s in near]
    many = [body for body in bodies if "\n" in body]
    singles = [body.startswith("'''") for body in bodies]
    inits = sum(
        1 for s in near if s.name == "__init__" and documented_entries(layout.style, s.text)
    )
    classes = sum(1 for s in near if s.kind == "class" and documented_entries(layout.style, s.text))
    joined = "\n".join(bodies)
    double, single = joined.count("``"), len(re.findall(r"(?<!`)`(?!`)", joined))
    return replace(
        layout,
        quote="'''" if mostly(singles, False) else '"""',
        second_line=mostly([not body[3:].split("\n", 1)[0].strip() for body in many], False),
        in_constructor=inits > classes,
        code="`" if single > double else "``",
        return_tag=favourite(joined, (":returns:", ":return:"), ":returns:").strip(":"),
        raise_tag=favourite(joined, (":raises", ":raise"), ":raises").strip(":"),
    )


def of_tags(layout: Layout, near: list[Sample]) -> Layout:
    """JSDoc, Javadoc and all others of tags."""
    texts = [s.text for s in near]
    joined = "\n".join(texts)
    tagged = [text for text in texts if _TAGGED.search(text)]
    gaps = [bool(_GAP.search(text)) for text in tagged]
    if layout.style == "jsdoc":
        dashes = re.findall(r"@param\s+(?:\{[^}\n]*\}\s+)?\S+( - | +)\S", joined)
        layout = replace(layout, dash=" - " if mostly([d == " - " for d in dashes], True) else " ")
    elif layout.style == "tsdoc":
        dashes = re.findall(r"@param\s+\w+( - | +)\S", joined)
        layout = replace(layout, dash=" - " if mostly([d == " - " for d in dashes], True) else " ")
    stars = [len(m[2]) - len(m[1]) for t in near
             if (m := re.match(r"()/\*\*[^\n]*\n([ \t]*)\*", t.text))]  # fmt: skip
    if layout.style == "scaladoc" and stars:
        gutters = [star - len(s.column) for star, s in zip(stars, near, strict=False)]
        layout = replace(layout, gutter=2 if Counter(gutters).most_common(1)[0][0] == 2 else 1)
    return replace(
        layout,
        gap=mostly(gaps, layout.gap),
        return_tag=favourite(joined, ("@returns", "@return"), f"@{layout.return_tag}").strip("@"),
        raise_tag=favourite(
            joined, ("@throws", "@exception", "@raise"), f"@{layout.raise_tag}"
        ).strip("@"),
    )


def doxygen(layout: Layout, near: list[Sample]) -> Layout:
    """C and C++: the comment's form and the sign before a command."""
    texts = [s.text for s in near]
    joined = "\n".join(texts)
    slashes = [t.startswith("///") for t in texts]
    frame = Frame.SLASHES if mostly(slashes, False) else Frame.BLOCK
    if frame is Frame.BLOCK and sum(t.startswith("/*!") for t in texts) * 2 > len(texts):
        frame = Frame.BANG
    signs = re.findall(r"([@\\])(?:param|returns?|brief|throws)\b", joined)
    mark = "\\" if signs.count("\\") * 2 > len(signs) else "@"
    brief = [bool(re.search(r"[@\\]brief\b", t)) for t in texts]
    layout = of_tags(layout, near)
    return replace(
        layout,
        frame=frame,
        mark=mark,
        brief=f"{mark}brief" if mostly(brief, False) else "",
        return_tag=favourite(joined, (f"{mark}returns", f"{mark}return"), "return").lstrip("@\\"),
        raise_tag=favourite(
            joined, (f"{mark}throws", f"{mark}throw", f"{mark}exception"), "throws"
        ).lstrip("@\\"),
    )


def xml(layout: Layout, near: list[Sample]) -> Layout:
    """C#: whether the summary's tags have lines of their own."""
    apart = [bool(re.search(r"<summary>\s*(?:\r?\n)", s.text)) for s in near
             if "<summary>" in s.text]  # fmt: skip
    return replace(layout, second_line=mostly(apart, layout.second_line))


def rust(layout: Layout, near: list[Sample]) -> Layout:
    """Rust: which sections there are at all."""
    joined = "\n".join(s.text for s in near)
    parts = tuple(part for pattern, part in _RUST_PARTS if re.search(pattern, joined))
    return replace(layout, parts=parts)


def lua(layout: Layout, near: list[Sample]) -> Layout:
    """Lua: LDoc's comments or the language server's."""
    joined = "\n".join(s.text for s in near)
    typed = re.search(r"^---\s?@(?:param|return|class|field)\b", joined, re.MULTILINE)
    return replace(layout, frame=Frame.LUALS if typed else Frame.DASHES)


def swift(layout: Layout, near: list[Sample]) -> Layout:
    """Swift: the comment's form, and whether parameters are a nested list."""
    joined = "\n".join(s.text for s in near)
    blocks = [s.text.startswith("/**") for s in near]
    alone, nested = joined.count("- Parameter "), joined.count("- Parameters:")
    return replace(
        layout,
        frame=Frame.BLOCK if mostly(blocks, False) else Frame.SLASHES,
        nested_list=nested >= alone,
    )


def plain(layout: Layout, near: list[Sample]) -> Layout:
    """Go and the shell: nothing besides what is common."""
    return layout
