"""The uncertain side of CA101: members of objects whose class cannot be told.

`thing.close_all()` after the only `close_all` of the repository was removed is worth a word even
where nobody can say what `thing` is; not where the name is one that ordinary objects have.
"""

import re
from collections.abc import Iterable
from functools import cache

from codeassist.base.symbols import CLASS_KINDS, TOP
from codeassist.checks.check import Review
from codeassist.checks.surface import Removed
from codeassist.checks.uses import Stale
from codeassist.index.accessors import is_generated_into
from codeassist.index.foreign import is_foreign
from codeassist.index.found import OPAQUE, Definition
from codeassist.languages import Imports, by_name

MAX_APART = 50  # a word in more files that have nothing to do with the class is a common one
# In other languages the compiler finds these, so that only a name which says much is worth a word.
_DYNAMIC = frozenset({"python", "ruby", "php", "javascript", "lua", "bash"})
_SEVERAL_WORDS = re.compile(r"[a-z0-9][A-Z]|[^_]_+[^_]")
# Members of several words that classes everywhere have.
_ORDINARY_NAMES = """
    addAll addEventListener appendChild charAt charCodeAt compareTo compareToIgnoreCase
    containsKey containsValue currentTime endsWith entrySet equalsIgnoreCase errorCode fileName
    filePath findFirst firstName flatMap forEach fromJson fullName getAll getAttribute getBytes
    getCause getClass getContext getCode getData getDate getElement getField getFile getHeader
    getHeaders getHost getId getInstance getItem getKey getLength getLogger getMessage getMethod
    getName getNext getOwner getParent getPath getPort getProperty getRequest getResource
    getResponse getResult getSize getState getStatus getText getTime getTitle getToken getType
    getUrl getUser getValue getValues getVersion hasNext hashCode indexOf innerHTML isDirectory
    isEmpty isEnabled isFile isPresent keySet lastIndexOf lastModified lastName localName
    mapValues nextInt nodeName nodeType nodeValue orElse parentNode putAll querySelector
    readLine removeAll removeEventListener replaceAll requestId setData setId setName setStatus
    setText setType setUp setValue stackTrace startsWith statusCode statusText subList tagName
    tearDown textContent toArray toByteArray toISOString toJson toLowerCase toList toString
    toUpperCase typeName userId userName valueOf writeTo"""
_ORDINARY_TYPES = (str, bytes, list, dict, set, tuple, int, float, object, type, Exception)


class Leftovers:
    """Answers for one review; remembers what it learned of each name."""

    def __init__(self, review: Review, gone: Iterable[Removed]) -> None:
        self._review = review
        self._members: dict[str, list[Removed]] = {}
        self._left: dict[str, bool] = {}
        self._shared: dict[str, bool] = {}
        for each in gone:
            nested = each.symbol != TOP and "." in each.qualified
            if nested and self._is_telling(each) and not self._may_keep_it(each):
                self._members.setdefault(each.name, []).append(each)

    def _is_telling(self, each: Removed) -> bool:
        """Whether a member's name is one that objects of other types hardly have."""
        if _is_ordinary(each.name):
            return False
        if self._review.base.language(each.path) in _DYNAMIC:
            return True
        return bool(_SEVERAL_WORDS.search(each.name)) and each.name not in _ordinary_names()

    def of(self, stale: Stale) -> Removed | None:
        """The removed member that a use of an unknown object must have meant."""
        use = stale.use
        if use is None or use.receiver is None or use.name not in self._members:
            return None
        if self._is_defined(use.name) or self._is_foreign(stale) or self._is_shared(use.name):
            return None
        return self._members[use.name][0]

    def is_supplied_below(self, stale: Stale, each: Removed) -> bool:
        """Whether a subclass defines the member that a class uses of itself."""
        if stale.use is None or stale.use.receiver is None:
            return False
        values = self._review.head_values
        owner = values.enclosing_class(stale.path, stale.use.scope)
        if owner is None:
            return False
        for path in self._review.head.with_word(each.name):
            outline = self._review.head.outline(path)
            for symbol in outline.symbols if outline else ():
                if symbol.name == each.name and symbol.parent != TOP:
                    cls = Definition(path, symbol.parent)
                    if owner in values.members.ancestors(cls):
                        return True
        return False

    def _may_keep_it(self, each: Removed) -> bool:
        """Whether the class of a removed member gets it from where nobody can look.

        That is from a new base, or from annotations.
        """
        head, base = self._review.head_values.members, self._review.base_values.members
        outline = self._review.base.outline(each.path)
        table = self._review.head_values.names.table(each.new_path or "")
        parent = outline.symbols[each.symbol].parent if outline else TOP
        if outline is None or parent == TOP or table is None or each.new_path is None:
            return False
        now = table.top.get(outline.symbols[parent].name)
        after = self._review.head.outline(each.new_path)
        if now is None or after is None or after.symbols[now].kind not in CLASS_KINDS:
            return True
        if is_generated_into(after) or self._is_still_named(each):
            return True
        before = set(base.bases(Definition(each.path, parent))[1])
        return bool(set(head.bases(Definition(each.new_path, now))[1]) - before)

    def _is_defined(self, name: str) -> bool:
        """Whether anything in the new state still defines or binds a name."""
        if name not in self._left:
            self._left[name] = any(
                self._defines(p, name) for p in self._review.head.with_word(name)
            )
        return self._left[name]

    def _defines(self, path: str, name: str) -> bool:
        outline, detail = self._review.head.outline(path), self._review.head.detail(path)
        if outline is None or detail is None:
            return True
        if any(symbol.name == name for symbol in outline.symbols):
            return True
        return any(bound.how != "nonlocal" for bound in detail.bindings.named((name,)))

    def _is_shared(self, name: str) -> bool:
        """Whether objects of other types have a member of this name too.

        So it is where the base uses it of something unknown in a file from which no chain of
        imports leads to the removed definition.
        """
        if name not in self._shared:
            owners = {each.path for each in self._members[name]}
            paths = self._review.base.with_word(name)
            apart = set(paths) - self._review.base_reach.reaching(paths, owners)
            many = len(apart) > MAX_APART
            self._shared[name] = many or any(self._uses_unknown(p, name) for p in sorted(apart))
        return self._shared[name]

    def _uses_unknown(self, path: str, name: str) -> bool:
        detail = self._review.base.detail(path)
        return any(
            use.receiver is not None and self._review.base_values.resolve(path, use) is OPAQUE
            for use in (detail.uses.named((name,)) if detail else ())
        )

    def _is_still_named(self, each: Removed) -> bool:
        """Whether a file of JavaScript may define a member in another way: as a key, by index."""
        path = each.new_path or ""
        language = by_name(self._review.head.language(path) or "python")
        return language.imports is Imports.NODE and self._review.head.has_word(path, each.name)

    def _is_foreign(self, stale: Stale) -> bool:
        """Whether the receiver comes from elsewhere: an import, or an object made by one."""
        if stale.use is None:
            return True
        return is_foreign(
            self._review.head_values.names, stale.path, stale.use.scope, stale.use.receiver or ""
        )


@cache
def _ordinary_names() -> frozenset[str]:
    return frozenset(_ORDINARY_NAMES.split())


def _is_ordinary(name: str) -> bool:
    """Whether objects of the language's own types have a member of this name."""
    return any(hasattr(each, name) for each in _ORDINARY_TYPES) or name.startswith("__")
