"""Worker processes: killed ones are replaced, and only the bad file is lost."""

import os
import signal
from collections.abc import Iterator
from functools import partial

import pytest

from codeassist.base.cancellation import CancellationToken
from codeassist.index.pool import Pool
from codeassist.index.work import Content


def batches(count: int) -> Iterator[list[Content]]:
    for number in range(count):
        raw = "\n".join(f"def f{number}_{n}(): return g(n)" for n in range(300)).encode()
        yield [Content(f"{number}.py", f"key{number}", "python", raw)]


def test_a_killed_worker_costs_nothing() -> None:
    done: list[str] = []
    with Pool(2, 10_000_000) as pool:
        for rows in pool.run(batches(30), lambda *_: None, CancellationToken()):
            done += [row.key for row in rows if not row.reason]
            if len(done) == 3:
                assert pool._executor is not None
                os.kill(next(iter(pool._executor._processes)), signal.SIGKILL)
    assert sorted(done) == sorted(f"key{number}" for number in range(30))


def test_where_no_worker_can_start_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As under a script without a `__main__` guard: no file is to blame for it."""
    monkeypatch.setattr("codeassist.index.pool.start_worker", partial(os._exit, 1))
    with Pool(2, 10_000_000) as pool:
        rows = [
            row
            for batch in pool.run(batches(12), lambda *_: None, CancellationToken())
            for row in batch
        ]
    assert sorted(row.key for row in rows) == sorted(f"key{number}" for number in range(12))
    assert [row.reason for row in rows if row.reason] == []


def test_little_work_starts_no_process() -> None:
    with Pool(2, 1000) as pool:
        rows = [
            row
            for batch in pool.run(batches(2), lambda *_: None, CancellationToken())
            for row in batch
        ]
        assert pool._executor is None
    assert [row.key for row in rows] == ["key0", "key1"]
