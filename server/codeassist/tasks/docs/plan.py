"""What is done to each definition: new documentation, or a repair of what is there.

Facts alone: whoever has words from a model puts them into the jobs before they are written.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.tasks.docs.choose import Target, is_worth_looking, targets
from codeassist.tasks.docs.content import Content
from codeassist.tasks.docs.detect import layout_for
from codeassist.tasks.docs.drift import Drift, drift_of
from codeassist.tasks.docs.facts import Facts, facts_of
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.options import DocsOptions
from codeassist.tasks.docs.place import Place, place_for
from codeassist.tasks.docs.render import documentation, is_faithful, placed
from codeassist.tasks.docs.repair import repaired
from codeassist.tasks.docs.samples import Samples
from codeassist.tasks.docs.syntax import Source, source_of
from codeassist.tasks.task import Dropped, Subject


@dataclass(frozen=True)
class Job:
    """One definition to document (`place`) or to repair (`drift`)."""

    target: Target
    facts: Facts
    layout: Layout
    place: Place | None = None
    drift: Drift | None = None

    @property
    def name(self) -> str:
        """The definition's dotted name."""
        return self.facts.name

    def edits(self, content: Content) -> tuple[TextEdit, ...]:
        """The edits that write this content, or repair with its words."""
        if self.drift is not None:
            return repaired(self.target, self.drift, content, self.layout)
        assert self.place is not None, "a job has a place or a drift"
        text = documentation(content, self.layout, self.place.indent)
        language = self.target.source.language.name
        if content is not self.facts.content and not is_faithful(
            language, text, content, self.layout
        ):
            text = documentation(self.facts.content, self.layout, self.place.indent)
        return (TextEdit(self.place.start, self.place.end, placed(text, self.place)),)


@dataclass(frozen=True)
class FilePlan:
    """The jobs of one file, in source order, and what could not be done."""

    path: str
    source: Source
    jobs: tuple[Job, ...]
    dropped: tuple[Dropped, ...] = ()


def plans(
    samples: Samples, subject: Subject, path: str, options: DocsOptions, setting: str
) -> Iterator[FilePlan]:
    """The plan of one file of the subject, if there is something to do."""
    view = samples.view
    source = source_of(view, path) if is_worth_looking(view, path, subject) else None
    if source is not None:
        plan = _plan(samples, source, subject, options, setting)
        if plan.jobs or plan.dropped:
            yield plan


def _plan(
    samples: Samples, source: Source, subject: Subject, options: DocsOptions, setting: str
) -> FilePlan:
    layout = layout_for(samples, source.path, options.style, setting)
    jobs: list[Job] = []
    dropped: list[Dropped] = []
    taken: set[int] = set()  # several definitions may be on one line, which has one comment
    for target in targets(source, subject, options, layout):
        made = _job(target, options, layout)
        if isinstance(made, Dropped):
            if target.is_named:
                dropped.append(made)
        elif made is not None and (made.place is None or made.place.start not in taken):
            jobs.append(made)
            taken.add(made.place.start if made.place else -1)
    return FilePlan(source.path, source, tuple(jobs), tuple(dropped))


def _job(target: Target, options: DocsOptions, layout: Layout) -> Job | Dropped | None:
    """What is to be done to one definition, None for nothing."""
    source, index, has = target.source, target.index, target.has
    if has.is_doc or (not has.is_missing and not target.is_named):
        if options.only == "missing" or not has.is_doc:
            return None
        facts = facts_of(source, index, layout)
        drift = drift_of(target, facts, layout)
        return Job(target, facts, drift.layout, drift=drift) if drift else None
    if options.only == "drifted":
        return None
    place = place_for(source, index, layout.unit, has.directives)
    name = source.outline.qualified(index)
    if place is None:
        return Dropped(name, "it has no line of its own")
    return Job(target, facts_of(source, index, layout), layout, place)
