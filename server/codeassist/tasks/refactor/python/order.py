"""The order in which a statement's expressions are evaluated, and whether one may be moved ahead.

What is taken for granted: operators, attribute lookups and formatting have no effects of their own,
and a call does not rebind a module's names unless the file declares them `global`. What a call may
do to objects is not taken for granted.
"""

import ast
from collections.abc import Iterator

from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.liveness import Names
from codeassist.tasks.refactor.python.parsed import COMPREHENSIONS, FUNCTIONS, Parsed
from codeassist.tasks.refactor.python.scope import scope_of

_EFFECTS = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
_PLAIN = (ast.Constant, ast.Name, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.expr_context)


def check_once(parsed: Parsed, node: ast.expr, statement: ast.stmt) -> None:
    """Raise Refused unless an expression is evaluated exactly once when its statement is run."""
    inner: ast.AST = node
    for outer in parsed.around(node):
        reason = _reason(outer, inner)
        if reason:
            raise Refused(reason)
        if outer is statement:
            return
        inner = outer


def _reason(outer: ast.AST, inner: ast.AST) -> str:
    """Why what is within a node is not evaluated exactly once; "" where it is."""
    match outer:
        case ast.BoolOp() if inner is not outer.values[0]:
            return "the selection is evaluated only if what is before `and` or `or` asks for it"
        case ast.IfExp() if inner is not outer.test:
            return "the selection is evaluated on one side of a conditional expression only"
        case ast.Compare() if inner not in (outer.left, outer.comparators[0]):
            return "the selection is evaluated only if the comparison before it holds"
        case ast.Lambda() if inner is outer.body:
            return "the selection is evaluated when the lambda is called"
        case ast.comprehension():
            return "" if inner is outer.iter else "the selection is evaluated for each item"
        case _ if isinstance(outer, COMPREHENSIONS) and inner is not outer.generators[0]:
            return "the selection is evaluated for each item"
        case ast.While() if inner is outer.test:
            return "the selection is evaluated each time round the loop"
        case ast.Assert() if inner is outer.msg:
            return "the selection is evaluated only if the assertion fails"
        case ast.With() | ast.AsyncWith() if inner is not outer.items[0]:
            return "the selection is evaluated after another context has been entered"
        case ast.match_case() | ast.ExceptHandler():
            return "the selection is evaluated only if the branch is tried"
        case ast.Delete():
            return "the selection is part of a deletion"
    return ""


def steps(node: ast.AST | None) -> Iterator[ast.expr]:
    """The expressions below a node, in the order in which their values are there."""
    if node is None or isinstance(node, ast.expr_context | ast.Lambda):
        return
    for child in _parts(node):
        yield from steps(child)
    if isinstance(node, ast.expr):
        yield node


def _parts(node: ast.AST) -> list[ast.AST | None]:
    """A node's parts in the order of evaluation; of compound statements those of their head."""
    match node:
        case ast.Assign():
            return [node.value, *node.targets]
        case ast.AnnAssign():
            return [node.value, node.target]
        case ast.NamedExpr():
            return [node.value]
        case ast.IfExp():
            return [node.test, node.body, node.orelse]
        case ast.Dict():
            pairs = zip(node.keys, node.values, strict=True)
            return [each for pair in pairs for each in pair]
        case ast.If() | ast.While():
            return [node.test]
        case ast.For() | ast.AsyncFor():
            return [node.iter]
        case ast.With() | ast.AsyncWith():
            return [node.items[0].context_expr]
        case ast.Match():
            return [node.subject]
        case ast.ClassDef():
            return [*node.decorator_list, *node.bases, *node.keywords]
        case ast.Try() | ast.TryStar():
            return []
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            return [*node.generators, node.elt]
        case ast.DictComp():
            return [*node.generators, node.key, node.value]
        case ast.comprehension():
            return [node.iter, node.target, *node.ifs]
    if isinstance(node, FUNCTIONS):
        return [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]
    return list(ast.iter_child_nodes(node))


def before(statement: ast.stmt, node: ast.expr) -> list[ast.expr]:
    """What a statement evaluates before it begins with an expression."""
    own = set(ast.walk(node))
    found: list[ast.expr] = []
    for step in steps(statement):
        if step in own:
            return found
        found.append(step)
    return found


def has_effects(node: ast.AST) -> bool:
    """Whether evaluating an expression may do something; what nested functions do is not meant."""
    return any(isinstance(each, _EFFECTS) for each in steps(node))


def is_fixed(node: ast.AST, steady: Names) -> bool:
    """Whether no call can change what an expression gives: constants and steady local names."""
    return all(
        isinstance(each, _PLAIN) and (not isinstance(each, ast.Name) or each.id in steady)
        for each in ast.walk(node)
    )


def is_constant(node: ast.AST) -> bool:
    """Whether an expression is a constant, a negative number, or a tuple of such."""
    plain = (ast.Constant, ast.Tuple, ast.UnaryOp, ast.unaryop, ast.expr_context)
    return all(isinstance(each, plain) for each in ast.walk(node))


def check_ahead(parsed: Parsed, node: ast.expr, earlier: list[ast.expr]) -> None:
    """Raise Refused where an expression must not be evaluated before some that are now earlier."""
    steady = steady_names(parsed, node)
    fixed, effects = is_fixed(node, steady), has_effects(node)
    for step in earlier:
        if isinstance(step, ast.NamedExpr):
            raise Refused("the statement sets a name before it comes to the selection")
        if isinstance(step, _EFFECTS) and not fixed:
            raise Refused(f"`{_short(step)}` is evaluated before the selection")
        if effects and _may_change(parsed, step, steady):
            raise Refused(f"`{_short(step)}` is read before the selection, which may change it")


def _may_change(parsed: Parsed, step: ast.expr, steady: Names) -> bool:
    """Whether a call might change what an expression gives."""
    parent = parsed.parents.get(step)
    if isinstance(parent, ast.Call) and parent.func is step:
        return False  # nobody replaces the functions that others are about to call
    if isinstance(parent, ast.Attribute) or not isinstance(
        step, ast.Name | ast.Attribute | ast.Subscript
    ):
        return False
    # `x += …` reads before it evaluates what it adds.
    if not isinstance(step.ctx, ast.Load) and not isinstance(parent, ast.AugAssign):
        return False
    if isinstance(step, ast.Name):
        return step.id not in steady and is_declared(parsed, step.id)
    return True


def is_declared(parsed: Parsed, name: str) -> bool:
    """Whether a function of the file declares a name global or nonlocal, and so may set it."""
    return name in parsed.words.declared


def steady_names(parsed: Parsed, node: ast.AST) -> Names:
    """The local names at a node that no call can set."""
    function = parsed.function_of(node)
    if function is None:
        return frozenset()
    return scope_of(function).steady


def _short(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 40 else f"{text[:37]}..."
