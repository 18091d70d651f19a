"""Orders for notebooks that misbehave."""

from pathlib import Path

import pytest
from misbehaving import MakeOrder, order_maker


@pytest.fixture
def order(tmp_path: Path) -> MakeOrder:
    """Makes an order for a notebook of some cells, published under tmp_path/reports."""
    return order_maker(tmp_path)
