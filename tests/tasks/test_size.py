"""Groups of what goes into one request together."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from codeassist.tasks.size import grouped


@given(st.lists(st.integers(0, 50)), st.integers(1, 100), st.integers(1, 8))
def test_groups_keep_the_order_and_both_limits(costs: list[int], limit: int, most: int) -> None:
    groups = grouped(costs, lambda cost: cost, limit, most)
    assert [cost for group in groups for cost in group] == costs
    for group in groups:
        assert 0 < len(group) <= most
        assert sum(group) <= limit or len(group) == 1
    # No group could have taken the first one of the next.
    for group, following in pairwise(groups):
        assert len(group) == most or sum(group) + following[0] > limit
