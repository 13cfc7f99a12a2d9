"""Worker processes for outlines, with a watch on those that hang or crash.

Work is done in this process when there is little of it: starting a worker costs about 0.2 s.
A batch whose worker dies or hangs is done again one content at a time, so that exactly the bad
file is skipped, with the reason.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, Self

from codeassist.base.cancellation import CancellationToken
from codeassist.index.signals import held
from codeassist.index.store import Row
from codeassist.index.work import SECONDS_A_FILE, TOO_SLOW, Content, outline_rows, start_worker

INLINE_BYTES = 700_000  # parsed in less time than workers need to start
MAX_DEFAULT_WORKERS = 4  # more gain little: reading and storing are done by one process
BATCHES_AHEAD = 3  # per worker: enough to keep it busy, few enough to bound memory
SECONDS_A_BATCH = 60.0  # no batch of ordinary files takes 2 s; after this its worker hangs
POLL_SECONDS = 0.1
SECONDS_TO_START = 60  # of a worker, on a machine that is very busy
# What handing over a batch raises: the pool knows that a worker has died; or does not know it yet,
# and is closing its pipes under a worker that is just being started; or the system starts no more.
UNABLE = (RuntimeError, ValueError, OSError)
CRASHED = "its grammar crashed the parser"
KILLED = "whoever reads it is killed: it may need more memory than there is"
BY_KILL = -9  # the exit code of a process that got SIGKILL, which Windows has no name for
ATTEMPTS = {CRASHED: 2, TOO_SLOW: 2, KILLED: 6}


class Progress(Protocol):
    """Receives progress of indexing, in bytes."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`stage` is a phrase for people."""
        ...


class Pool:
    """Runs batches in workers, or here. A context manager: leaving it ends the workers."""

    def __init__(self, workers: int | None, total_bytes: int) -> None:
        self._workers = workers or min(os.cpu_count() or 1, MAX_DEFAULT_WORKERS)
        self._total = total_bytes
        self._inline = self._workers <= 1 or total_bytes < INLINE_BYTES
        self._executor: ProcessPoolExecutor | None = None
        self._hopeless = False  # no worker can start here at all
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def run(
        self, batches: Iterator[list[Content]], progress: Progress, token: CancellationToken
    ) -> Iterator[list[Row]]:
        """The rows of each batch, in the order in which they are done."""
        progress("indexing", 0, self._total)
        for batch, rows in (
            self._here(batches, token) if self._inline else self._away(batches, token)
        ):
            self._done += sum(len(content.raw) for content in batch)
            progress("indexing", min(self._done, self._total), self._total)
            yield rows

    def _here(
        self, batches: Iterator[list[Content]], token: CancellationToken
    ) -> Iterator[tuple[list[Content], list[Row]]]:
        for batch in batches:
            token.check()
            yield batch, outline_rows(batch)

    def _away(
        self, batches: Iterator[list[Content]], token: CancellationToken
    ) -> Iterator[tuple[list[Content], list[Row]]]:
        waiting: dict[Future[list[Row]], list[Content]] = {}
        more = True
        while more or waiting:
            token.check()
            if self._hopeless:
                yield from self._here(batches, token)
                return
            while more and len(waiting) < self._workers * BATCHES_AHEAD:
                batch = next(batches, None)
                more = batch is not None
                if batch is not None:
                    waiting[self._submit(batch)] = batch
            yield from self._collect(waiting, token)

    def _collect(
        self, waiting: dict[Future[list[Row]], list[Content]], token: CancellationToken
    ) -> Iterator[tuple[list[Content], list[Row]]]:
        """Wait for some batches; on a crash or a hang, do all that were under way one by one."""
        if not waiting:
            return
        patience = SECONDS_A_BATCH
        done: set[Future[list[Row]]] = set()
        while not done and patience > 0:
            token.check()
            done, _ = wait(waiting, POLL_SECONDS, FIRST_COMPLETED)
            patience -= POLL_SECONDS
        try:
            for future in done:
                rows = future.result()
                yield waiting.pop(future), rows
            if done:
                return
        except BrokenProcessPool:
            pass
        self._stop()
        left = list(waiting.values())
        waiting.clear()
        for batch in left:
            yield batch, [self._alone(content, token) for content in batch]

    def _alone(self, content: Content, token: CancellationToken) -> Row:
        """One content in a worker of its own time limit.

        More than once, since what is kept of a content is kept for good: a worker that is slow may
        have had no processor, and one that was killed says little about what it was reading.
        """
        tries: Counter[str] = Counter()
        reason = ""
        while tries[reason] < ATTEMPTS.get(reason, 1):
            token.check()
            if not self._can_work():
                return outline_rows([content])[0]
            try:
                return self._submit([content]).result(timeout=2 * SECONDS_A_FILE)[0]
            except BrokenProcessPool:
                reason = KILLED if BY_KILL in self._stop() else CRASHED
            except TimeoutError:
                reason = TOO_SLOW
                self._stop()
            tries[reason] += 1
        return Row(content.key, content.language, reason=reason)

    def _can_work(self) -> bool:
        """Whether there are workers, which may start some, and waits for that.

        There are none where a calling script has no `__main__` guard, or where no process may be
        started. No content is to blame for it.
        """
        if self._executor is None and not self._hopeless:
            try:
                with held():
                    future = self._start().submit(os.getpid)
                future.result(timeout=SECONDS_TO_START)
            except (*UNABLE, TimeoutError):
                self._stop()
                self._hopeless = True
        return not self._hopeless

    def _submit(self, batch: list[Content]) -> Future[list[Row]]:
        """Hand a batch to a worker, which may start one. What goes wrong is in the future."""
        try:
            with held():
                return self._start().submit(outline_rows, batch)
        except UNABLE as error:
            broken: Future[list[Row]] = Future()
            broken.set_exception(BrokenProcessPool(str(error)))
            return broken

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(
                self._workers, mp_context=context, initializer=start_worker
            )
        return self._executor

    def _stop(self) -> set[int | None]:
        """End the workers now, whatever they are doing. How they have ended, by exit code."""
        if self._executor is None:
            return set()
        processes = list((self._executor._processes or {}).values())
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        self._executor = None
        return {process.exitcode for process in processes}
