"""Details as bytes and back, so that the next run need not work them out again.

Marshal keeps one copy of a string object that comes several times, so equal strings are made one
object first: a detail takes about a third of the space then.
"""

import marshal
from collections.abc import Callable
from typing import Any

from codeassist.base.symbols import (
    Binding,
    CallShape,
    Detail,
    Parameter,
    ParameterKind,
    Rows,
    Use,
)


def encode_detail(detail: Detail) -> bytes:
    """A detail as bytes."""
    one: dict[object, object] = {}

    def same(value: object) -> object:
        return one.setdefault(value, value)

    uses = [
        (same(u.name), u.start, u.end, u.scope, same(u.receiver), _shape(u.call, same))
        for u in detail.uses
    ]
    bindings = [
        (same(b.name), b.scope, b.start, same(b.value), same(b.type), same(b.how), same(b.receiver))
        for b in detail.bindings
    ]
    parameters = {
        owner: [
            (p.name, same(p.kind.value), same(p.type), same(p.default), p.optional, p.start)
            for p in every
        ]
        for owner, every in detail.parameters.items()
    }
    rest = (detail.bases, detail.returns, detail.decorators, detail.results, detail.docs)
    return marshal.dumps((uses, bindings, parameters, rest, detail.exports))


def decode_detail(blob: bytes) -> Detail:
    """The detail in a blob that `encode_detail` made. Raises ValueError for a corrupt one."""
    uses, bindings, parameters, rest, exports = marshal.loads(blob)
    bases, returns, decorators, results, docs = rest
    return Detail(
        {
            owner: tuple(Parameter(p[0], ParameterKind(p[1]), *p[2:]) for p in every)
            for owner, every in parameters.items()
        },
        bases,
        returns,
        decorators,
        results,
        docs,
        Rows(uses, _use),
        Rows(bindings, Binding._make),
        exports,
    )


def _use(row: tuple[Any, ...]) -> Use:
    if row[5] is None:
        return Use._make(row)
    name, start, end, scope, receiver, call = row
    return Use(name, start, end, scope, receiver, CallShape._make(call))


def _shape(call: CallShape | None, same: Callable[[object], object]) -> tuple[object, ...] | None:
    if call is None:
        return None
    keywords = same(call.keywords)
    return call.positional, keywords, call.spread, call.keyword_spread, call.start, call.end
