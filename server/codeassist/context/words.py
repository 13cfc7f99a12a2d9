"""The words that a request is about: rare names on and around its lines, what its text names.

An elided body keeps the lines in which one of them stands, and their neighbours.
"""

from codeassist.context.gather import Scene
from codeassist.context.mentions import is_code
from codeassist.context.terms import terms_of

MAX_WORDS = 24  # each is searched for in every candidate
MIN_LENGTH = 4
# A word in more of the units than this is the repository's vocabulary. In bodies of twelve lines
# and more that a commit edits, lines with a rarer one of the focus's neighbourhood, and those next
# to them, are 21 % of all and hold 37 % of the edited ones (229 bodies of six repositories).
RARE_SHARE = 0.02


def words_of(scene: Scene) -> tuple[str, ...]:
    """At most MAX_WORDS words as they are written, the rarest first."""
    query = scene.query
    limit = RARE_SHARE * len(scene.units)
    named = (word for word in query.text if is_code(word))
    having = {
        word: scene.having(terms_of(word)[0])
        for word in (*query.near, query.name, *named)
        if len(word) >= MIN_LENGTH
    }
    rare = [word for word, times in having.items() if 0 < times <= max(1.0, limit)]
    return tuple(sorted(rare, key=lambda word: (having[word], word))[:MAX_WORDS])
