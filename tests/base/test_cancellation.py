"""A token: raised once, and whoever waits for it is called once."""

import pytest

from codeassist.base.cancellation import CancellationToken, Cancelled


def test_check_raises_what_no_broad_except_swallows() -> None:
    token = CancellationToken()
    token.check()
    token.cancel()
    with pytest.raises(Cancelled):
        token.check()
    assert not issubclass(Cancelled, Exception)


def test_who_waits_is_called_once() -> None:
    token, called = CancellationToken(), []
    token.on_cancel(lambda: called.append("waiting"))
    token.cancel()
    token.cancel()
    assert called == ["waiting"]


def test_who_comes_late_is_called_at_once() -> None:
    token, called = CancellationToken(), []
    token.cancel()
    token.on_cancel(lambda: called.append("late"))
    assert called == ["late"]


def test_a_wish_that_is_taken_back() -> None:
    token, called = CancellationToken(), []
    forget = token.on_cancel(lambda: called.append("never"))
    forget()
    token.cancel()
    forget()  # afterwards it does nothing
    assert called == []
