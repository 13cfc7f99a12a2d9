"""The section of an overview with the graph of modules, its layers and its circles in words."""

from codeassist.index.view import View
from codeassist.tasks.architecture.dependencies import Dependency
from codeassist.tasks.architecture.facts import Facts
from codeassist.tasks.architecture.graph import Pair
from codeassist.tasks.architecture.listing import listed, plural
from codeassist.tasks.architecture.markdown import Links, code
from codeassist.tasks.architecture.mermaid import Edge, flowchart
from codeassist.tasks.architecture.modules_part import Names
from codeassist.tasks.architecture.packages import line_of

MAX_EDGES = 40  # more arrows than that cannot be followed
CIRCLE_EDGES = 12  # edges of circles told in words
MAX_CLOSING = 12  # arrows that close cycles; where there are more, the picture shows that there are
PLACES = 3  # imports named for an edge


def picture_lines(view: View, facts: Facts, names: Names, links: Links) -> list[str]:
    """The section; without edges only a sentence."""
    graph = facts.graph
    lines = ["## How the modules depend on each other", ""]
    if len(graph.modules) == 1:
        return [*lines, f"There is one module: {names.link(0, links)}."]
    if not graph.modules or not graph.edges:
        return [*lines, "No module imports another."]
    drawn = _drawn(facts)
    against = set(graph.against)
    shown = sorted({number for pair in drawn for number in pair})
    labels = [names.name(number) for number in shown]
    edges = [
        Edge(shown.index(a), shown.index(b), len(graph.edges[a, b]), (a, b) in against)
        for a, b in drawn
    ]
    lines += ["```mermaid", flowchart(labels, edges).rstrip("\n"), "```", ""]
    lines.append(_legend(facts, names, links, len(drawn)))
    return lines + _layers(facts, names, links) + _circles(view, facts, names, links)


def _drawn(facts: Facts) -> list[Pair]:
    """The edges that are drawn, in order.

    Each module's strongest, so that all that are tied to others are seen; then the strongest that
    close cycles; then those of the most imports.
    """
    edges = facts.graph.edges
    strongest = sorted(edges, key=lambda pair: (-len(edges[pair]), pair))
    closing = [pair for pair in strongest if pair in set(facts.graph.against)][:MAX_CLOSING]
    first = {
        node: pair for pair in reversed(strongest) for node in pair
    }  # the last one set is the strongest
    chosen = dict.fromkeys([*first.values(), *closing, *strongest])
    return sorted(list(chosen)[:MAX_EDGES])


def _legend(facts: Facts, names: Names, links: Links, drawn: int) -> str:
    said = "An arrow leads from a module to one that it imports, with the number of imports."
    if facts.graph.against:
        said += " A dotted arrow closes a cycle."
    if len(facts.graph.edges) > drawn:
        said += f" Drawn are the strongest {drawn} of {len(facts.graph.edges)} arrows."
    tied = {number for pair in facts.graph.edges for number in pair}
    alone = [number for number in range(len(facts.graph.modules)) if number not in tied]
    if alone:
        left = ", ".join(names.link(each, links) for each in alone)
        said += f" Not tied to any other: {left}."
    if names.prefix:
        said += f" Names are relative to {links.directory(names.prefix)}."
    return said


def _layers(facts: Facts, names: Names, links: Links) -> list[str]:
    apart = ", but for the imports that close cycles" if facts.graph.against else ""
    lines = ["", "### Layers", "", f"Each imports only from layers below it{apart}.", ""]
    for number, layer in enumerate(facts.graph.layers, 1):
        lines.append(f"{number}. {', '.join(names.link(each, links) for each in layer)}")
    return lines


def _circles(view: View, facts: Facts, names: Names, links: Links) -> list[str]:
    graph = facts.graph
    if not graph.circles:
        return ["", "### Cycles", "", "There is no cycle among the modules."]
    lines = ["", "### Cycles", ""]
    for circle in graph.circles:
        members = ", ".join(names.link(each, links) for each in circle)
        inner = [pair for pair in graph.against if pair[0] in circle]
        total = sum(len(graph.edges[pair]) for pair in inner)
        lines.append(
            f"{members} import each other in circles. Without {plural(total, 'import')} there "
            "would be none:"
        )
        weakest = sorted(inner, key=lambda pair: (len(graph.edges[pair]), pair))
        rows = [_closing(view, facts, names, pair, links) for pair in weakest]
        lines += ["", *listed(rows, CIRCLE_EDGES), ""]
    return lines[:-1]


def _closing(view: View, facts: Facts, names: Names, pair: Pair, links: Links) -> str:
    edge = facts.graph.edges[pair]
    back = len(facts.graph.edges.get((pair[1], pair[0]), ()))
    shown = ", ".join(_import(view, each, links) for each in edge[:PLACES])
    more = f" and {len(edge) - PLACES} more" if len(edge) > PLACES else ""
    against = f" (against {back} the other way)" if back else ""
    arrow = f"{names.link(pair[0], links)} → {names.link(pair[1], links)}"
    return f"- {arrow}: {plural(len(edge), 'import')}{against}: {shown}{more}"


def _import(view: View, each: Dependency, links: Links) -> str:
    place = links.file(each.importer, line_of(view, each.importer, each.start))
    return f"{place} of {code(each.targets[0])}" + (
        " (in a definition)" if each.is_deferred else ""
    )
