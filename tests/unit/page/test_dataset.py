"""A dataset is refused where a value does not fit its field; its line for the analyst is escaped."""

from typing import Any

import pytest
from pydantic import ValidationError

from yuechi_report.page.dataset import CALENDAR_KEYS, Dataset, Field


def dataset(*rows: tuple[Any, ...], kind: Any = "text", **more: Any) -> Dataset:
    """A dataset with one field."""
    return Dataset(
        name="d", title="数据", grain="一行", fields=(Field(key="k", title="列", kind=kind),), rows=rows, **more
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", ""),
        ("text", None),
        ("integer", 0),
        ("number", 0.5),
        ("number", 3),
        ("date", "2024-12-31"),
        ("date", None),
    ],
)
def test_takes_values_that_fit(kind: str, value: Any) -> None:
    """Each kind takes its own values, and a missing one."""
    assert dataset((value,), kind=kind).column("k") == (value,)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 1),
        ("integer", "1"),
        ("integer", 1.5),
        ("number", "1"),
        ("date", "2024年12月"),
        ("date", "20241231"),
        ("date", 1),
    ],
)
def test_refuses_values_that_do_not_fit(kind: str, value: Any) -> None:
    """A value of another kind is refused with its row and field."""
    with pytest.raises(ValidationError, match=f"row 1: .* is no {kind} for k"):
        dataset((value,), kind=kind)


def test_refuses_rows_of_another_length_and_unknown_keys() -> None:
    """A row has a value a field; csv_keys name fields; a calendar has its four fields."""
    with pytest.raises(ValidationError, match="row 1 has 2 values for 1 fields"):
        dataset(("a", "b"))
    with pytest.raises(ValidationError, match="fields are missing"):
        dataset(csv_keys=("x",))
    with pytest.raises(ValidationError, match="fields are missing"):
        dataset(use="calendar")
    assert CALENDAR_KEYS == ("on", "summary", "description", "uid")


def test_a_missing_column_is_an_error() -> None:
    """A key that is no field is a KeyError."""
    with pytest.raises(KeyError):
        dataset().column("x")


def test_the_analyst_reads_one_line() -> None:
    """Title, size and grain, escaped."""
    made = dataset(("a",)).model_copy(update={"title": "<b>"})
    assert made.to_html() == "<p>数据：&lt;b&gt;，1行，1列（一行）</p>"
