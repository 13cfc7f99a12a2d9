"""Asks a model for the words of some files' documentation, and keeps what is of use.

A batch without a usable answer is written from the facts, and a note says so.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from codeassist.base.model_errors import ModelError
from codeassist.context.pieces import Pack
from codeassist.tasks.docs.answer import read
from codeassist.tasks.docs.ask import Batch, asked, batches
from codeassist.tasks.docs.content import Content
from codeassist.tasks.docs.plan import FilePlan
from codeassist.tasks.task import Ask, Dropped, Reply, Scene

WAVE = 8  # batches that are asked about at once; the gateway has limits of its own


@dataclass
class Words:
    """What models have said so far: contents by path and symbol index."""

    contents: dict[str, dict[int, Content]] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    shown: Pack | None = None

    def take(self, plan: FilePlan) -> Mapping[int, Content]:
        """The contents of a file, which are not needed again."""
        return self.contents.pop(plan.path, {})


def is_full(pending: Sequence[FilePlan]) -> bool:
    """Whether so many plans are a wave."""
    return sum(len(batches(plan)) for plan in pending) >= WAVE


def worded(
    scene: Scene, pending: Sequence[FilePlan], words: Words
) -> Generator[tuple[Ask, ...], tuple[Reply, ...], None]:
    """Ask about the jobs of some files, a wave at a time, and put the answers into `words`."""
    every = [batch for plan in pending for batch in batches(plan)]
    for start in range(0, len(every), WAVE):
        scene.token.check()
        wave = [asked(scene, batch) for batch in every[start : start + WAVE]]
        replies = yield tuple(each.ask for each in wave)
        for each, reply in zip(wave, replies, strict=True):
            _take(each.batch, reply, words)
            if each.shown:
                words.shown = each.shown[-1]


def _take(batch: Batch, reply: Reply, words: Words) -> None:
    if isinstance(reply, ModelError):
        words.notes.append(
            f"{batch.path}: {batch.names}: written from facts alone, as the model gave no answer: "
            f"{reply.message}"
        )
        return
    words.notes += reply.notes
    found = read(batch, reply.data, words.dropped)
    words.contents.setdefault(batch.path, {}).update(found)
    without = [job.name for job in batch.jobs if job.facts.index not in found]
    if without:
        words.notes.append(
            f"{batch.path}: {', '.join(without)}: written from facts alone, as the answer left "
            f"{'it' if len(without) == 1 else 'them'} out"
        )
