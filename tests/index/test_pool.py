"""Worker processes: killed ones are replaced, and only the bad file is lost."""

import contextlib
import errno
import os
import signal
import threading
from collections.abc import Iterator
from functools import partial
from multiprocessing.context import SpawnProcess

import pytest

from codeassist.base.cancellation import CancellationToken
from codeassist.index.pool import Pool
from codeassist.index.work import Content


def batches(count: int) -> Iterator[list[Content]]:
    for number in range(count):
        raw = "\n".join(f"def f{number}_{n}(): return g(n)" for n in range(300)).encode()
        yield [Content(f"{number}.py", f"key{number}", "python", raw)]


def check_all_done(pool: Pool, count: int) -> None:
    """All batches come back, and no content is skipped."""
    done = pool.run(batches(count), lambda *_: None, CancellationToken())
    rows = [row for batch in done for row in batch]
    assert sorted(row.key for row in rows) == sorted(f"key{number}" for number in range(count))
    assert [row.reason for row in rows if row.reason] == []


def test_a_killed_worker_costs_nothing() -> None:
    done: list[str] = []
    with Pool(2, 10_000_000) as pool:
        for rows in pool.run(batches(30), lambda *_: None, CancellationToken()):
            done += [row.key for row in rows if not row.reason]
            if len(done) == 3:
                assert pool._executor is not None
                os.kill(next(iter(pool._executor._processes)), signal.SIGKILL)
    assert sorted(done) == sorted(f"key{number}" for number in range(30))


def test_workers_that_are_killed_again_and_again_blame_no_file() -> None:
    ended = threading.Event()
    with Pool(2, 10_000_000) as pool:

        def kill() -> None:
            """As where memory is short: whoever works is killed, in the second try as well."""
            for _ in range(6):
                if ended.wait(0.4):
                    return
                for pid in list((pool._executor and pool._executor._processes) or ()):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            check_all_done(pool, 40)
        finally:
            ended.set()
            killer.join()


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), 1_000),
        # As where a worker dies while the next one is started: the pipes are closed already.
        (ValueError("bad value(s) in fds_to_keep"), 1),
    ],
    ids=["never", "once"],
)
def test_where_no_process_can_be_started_the_work_is_done_all_the_same(
    monkeypatch: pytest.MonkeyPatch, error: Exception, times: int
) -> None:
    start, left = SpawnProcess.start, iter(range(times))

    def refused(process: SpawnProcess) -> None:
        if next(left, None) is not None:
            raise error
        start(process)

    monkeypatch.setattr(SpawnProcess, "start", refused)
    with Pool(2, 10_000_000) as pool:
        check_all_done(pool, 12)


def test_where_no_worker_can_start_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As under a script without a `__main__` guard: no file is to blame for it."""
    monkeypatch.setattr("codeassist.index.pool.start_worker", partial(os._exit, 1))
    with Pool(2, 10_000_000) as pool:
        check_all_done(pool, 12)


def test_little_work_starts_no_process() -> None:
    with Pool(2, 1000) as pool:
        rows = [
            row
            for batch in pool.run(batches(2), lambda *_: None, CancellationToken())
            for row in batch
        ]
        assert pool._executor is None
    assert [row.key for row in rows] == ["key0", "key1"]
