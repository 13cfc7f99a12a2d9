"""How documentation looks where a repository has none: each language's own convention."""

from codeassist.tasks.docs.content import PARTS
from codeassist.tasks.docs.layout import Frame, Layout, Mood, Types
from codeassist.tasks.docs.styles import STYLE_OF

PYTHON_WIDTH = 88
OTHER_WIDTH = 100
_FRAMES: dict[str, Frame] = {
    "python": Frame.DOCSTRING,
    "go": Frame.GO,
    "rust": Frame.SLASHES,
    "csharp": Frame.SLASHES,
    "swift": Frame.SLASHES,
    "ruby": Frame.HASHES,
    "bash": Frame.HASHES,
    "lua": Frame.DASHES,
}
# Languages whose own guides want a blank line before the first tag.
_GAPS = frozenset({"javadoc", "kdoc", "scaladoc", "phpdoc", "doxygen", "yard", "sphinx"})
_THIRD: frozenset[str] = frozenset(
    {"java", "kotlin", "scala", "csharp", "rust", "swift", "go", "cpp", "c", "php"}
)
_RETURNS = frozenset({"python", "javascript", "typescript", "tsx"})
_RAISE: dict[str, str] = {"python": "raises", "ruby": "raise", "lua": "raise"}


def default_layout(language: str, style: str = "") -> Layout:
    """A language's layout. `style` is one of Python's; others have one."""
    style = style or STYLE_OF.get(language, "plain")
    mood: Mood = "third" if language in _THIRD else "imperative"
    typed = style in ("numpy", "jsdoc", "phpdoc", "yard")
    return Layout(
        style,
        _FRAMES.get(language, Frame.BLOCK),
        width=PYTHON_WIDTH if language == "python" else OTHER_WIDTH,
        unit="\t" if language == "go" else "    ",
        mood=mood,
        types=Types.ALWAYS if typed else Types.UNDECLARED,
        # Rust's guides have sections only where there is something to warn of, and no entries.
        parts=() if style in ("rustdoc", "plain") else PARTS,
        second_line=style == "xmldoc",
        gap=style in _GAPS,
        code="``" if language == "python" else "`",
        return_tag="returns" if language in _RETURNS else "return",
        raise_tag=_RAISE.get(language, "throws"),
    )
