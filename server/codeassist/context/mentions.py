"""What a text for people mentions: words by how much they weigh, names, paths, and phrases.

Reads issues, logs and free words, in Markdown or not. English endings and stop words are known,
and nothing of any repository.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from codeassist.context.terms import words_in

# A longer text is a log: what happened stands at its end, what it is about at its beginning.
HEAD_CHARACTERS = 24_000
TAIL_CHARACTERS = 8_000
LONG_LINE = 500  # characters; what is longer is data, and is cut
PHRASE_WORDS = 3  # two are shared by chance, four lose reworded messages

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)  # templates of issues speak in comments
_LINK = re.compile(r"https?://[^\s)>\]]+")
_FENCE = re.compile(r"^[ \t]*(```+|~~~+).*?(?:^[ \t]*\1|\Z)", re.S | re.M)
_INLINE = re.compile(r"`+([^`\n]+)`+")
_DOTTED = re.compile(r"(?<!\w)[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_PATH = re.compile(r"(?<![\w.@~+/\\-])[/\\]?(?:[\w.@~+-]+[/\\])*[\w.@+-]+\.[A-Za-z]\w{0,9}\b")
# The folders and the ending of a path are no words about the matter; its own name is.
_FOLDERS = re.compile(r"(?<![\w.@~+/\\-])[/\\]?(?:[\w.@~+-]+[/\\])+([\w.@+-]+)\.[A-Za-z]\w{0,9}\b")
# A line of a list of packages or of an environment: a name, then nothing but a version.
_VERSION = re.compile(
    r"^[ \t*>-]*[\w.-]+(?:[ \t]*[:=]+[ \t]*|[ \t]+)v?(?:\d[\w.+-]*|None|N/A|installed)"
    r"(?:[ \t]+\S*)?[ \t]*$",
    re.M,
)
# Lines of stack traces: those that name a place, and the numbered source that IPython shows.
_FRAME = re.compile(r"^.*(?:\bFile \"|, line \d+|:\d+(?::\d+)?\b).*$|^[ \t]*at .*$", re.M)
_SOURCE = re.compile(r"^(?:-+>[ \t]*\d+\b|[ \t]+\d+[ \t]|\d+[ \t]{2}).*$", re.M)
_MADE = re.compile(
    r"\b(?:def|class|as|function|func|fn|fun|let|const|var|val)\s+(\w+)|^[ \t]*(\w+)\s*=[^=]", re.M
)
_PAIR = re.compile(r"(?=\b([^\W\d_]{2,})[ -]([^\W\d_]{2,})\b)")
_HYPHENATED = re.compile(r"\b[^\W\d_]{2,}(?:-[^\W\d_]{2,}){2,}")
_TOKEN = re.compile(r"[^\W\d]\w*|\d+")
_ENDINGS = (
    "ations", "ation", "ings", "ing", "ions", "ion", "ers", "er", "ors", "or", "ies", "es", "ed",
    "ly", "able", "s", "e",
)  # fmt: skip
_MORE = ("", "e", "s", "es", "ed", "d", "ing", "er", "r", "ion", "or", "ly", "able")
_STOP = (
    "a about above after again all also although am an and any are as at be because been "
    "before being below between both but by can cannot could did do does doing done down "
    "during each either else even ever few for from further had has have having he her "
    "here hers him his how however i if in instead into is it its itself just like may me "
    "might more most much must my need no nor not now of off on once only or other our "
    "out over own please same she should since so some still such than thank thanks that "
    "the their them then there therefore these they this those though through to too "
    "under until up upon us very was we were what when where whether which while who whom "
    "whose why will with within without would yet you your"
)
STOP_WORDS = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Mentions:
    """Words in order and with repeats, by where they stand; `title` is the first line.

    `blocks` are words of fenced code without the names that it makes itself. `code` are names: what
    is written as such in prose or in code; `qualified` those that have an owner before the dot.
    `compounds` are names that two words may be written as.
    """

    title: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    title_compounds: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    qualified: frozenset[tuple[str, str]] = frozenset()
    paths: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()


def mentions_of(text: str) -> Mentions:
    """What a text mentions. Of a long one the beginning and the end are read."""
    text = _COMMENT.sub("\n", _bounded(text))
    text = _LINK.sub(" ", text)
    around = _FRAME.sub("", _FENCE.sub("", text))
    paths = frozenset(each.replace("\\", "/").lstrip("./~") for each in _PATH.findall(around))
    text = _VERSION.sub("", _SOURCE.sub("", _FOLDERS.sub(r"\1", text))).strip()
    title, _, rest = text.partition("\n")
    blocks = "\n".join(match.group() for match in _FENCE.finditer(rest))
    prose = _FENCE.sub("\n", rest)
    made = {name for pair in _MADE.findall(blocks) for name in pair}
    spoken = _words(title) + _words(prose)
    inline = [word for part in _INLINE.findall(f"{title}\n{prose}") for word in _words(part)]
    shown = [word for word in _words(blocks) if word not in made]
    chains = [chain.split(".") for chain in _DOTTED.findall(text)]
    dotted = (word for chain in chains for word in chain)
    code = [word for word in spoken + shown if is_code(word)]
    code += [word for word in (*inline, *dotted) if word not in made and word not in STOP_WORDS]
    return Mentions(
        tuple(_words(title)),
        tuple(_words(prose)),
        tuple(inline),
        tuple(shown),
        tuple(code),
        tuple(_compounds(title)),
        tuple(_compounds(prose)),
        frozenset(pair for chain in chains for pair in pairwise(chain)),
        paths,
        frozenset(phrase for line in text.split("\n") for phrase in phrases_in(line)),
    )


def is_code(word: str) -> bool:
    """Whether a word is written as a name in code: with an underscore or a capital within."""
    inner = word[1:]
    return "_" in word.strip("_") or (inner != inner.lower() and not word.isupper())


def phrases_in(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of three words, in lower case, whatever stands between the words."""
    words = _TOKEN.findall(text.lower())
    return zip(*(words[start:] for start in range(PHRASE_WORDS)), strict=False)


def variants_of(word: str) -> set[str]:
    """What else a word of English may be written as: "caching" as cache, cached, caches, …

    Most of them are no words; whoever asks knows which of them exist.
    """
    word = word.lower()
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    stem = word[: len(word) - len(ending)]
    found = {stem + more for more in _MORE}
    if len(stem) > 3 and stem[-1] == stem[-2]:
        found.add(stem[:-1])
    elif stem:
        found.update(stem + stem[-1] + more for more in ("ed", "ing", "er"))
    if ending == "ies":
        found.add(f"{stem}y")
    if stem.endswith("y"):
        found.add(f"{stem[:-1]}ies")
    return found - {word}


def _bounded(text: str) -> str:
    if len(text) > HEAD_CHARACTERS + TAIL_CHARACTERS:
        text = f"{text[:HEAD_CHARACTERS]}\n{text[-TAIL_CHARACTERS:]}"
    return "\n".join(line[:LONG_LINE] for line in text.splitlines())


def _words(text: str) -> list[str]:
    return [word for word in words_in(text) if word.lower() not in STOP_WORDS]


def _compounds(text: str) -> Iterable[str]:
    """What "import mode" or "collect-only" may be called in code."""
    for one, other in _PAIR.findall(text):
        low, high = one.lower(), other.lower()
        if not {low, high} & STOP_WORDS:
            yield from (f"{low}_{high}", low + high, f"{low}_{high}".upper())
            yield from (one.title() + other.title(), low + other.title())
    for name in _HYPHENATED.findall(text):
        yield from (name.replace("-", "_"), name.replace("-", ""))
