"""Number formats: what a cell shows beside its number, by the section that shows it."""

import pytest

from yuechi_report.intake.door.number_format import shown_as


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.8, "80%"),
        ("0.0%", 0.804, "80.4%"),
        ('0"%"', 1, "1%"),
        ('0.0"%"', 0.5, "0.5%"),
        ("0\\%", 80, "80%"),
        ("0!%", 80, "80%"),
        ("[$%-804]0", 80, "%80"),
        ("0_%", 80, None),
        ("0*%", 80, None),
        ("0;0%", 80, None),
        ("0;-0%", -0.8, "-80%"),
        ("0;0;0%", 0, "0%"),
        ("0;@%", 80, None),
        ("[>=1]0;0%", 80, None),
        ("[>=1]0;0%", 0.8, "80%"),
        ("[>1]0;[<0]0;0%", 0.5, "50%"),
        ('[<1]0%;0"%"', 80, "80%"),
        ("[Red]0.0%;[Blue]-0.0%", 0.5, "50%"),
        ("0%%", 0.8, "8000%%"),
        ('General"%"', 80, "80%"),
        ('0"/5"', 4, "4/5"),
        ('0"‰"', 5, "5‰"),
        ("# ?/?", 0.8, None),
        ('"80%"', 1, "80%"),
        ('0"户"', 3, None),
        ('#,##0.00_ ;[Red]\\-#,##0.00\\ "元"', 5, None),
        ("@", 3, None),
    ],
)
def test_number_is_taken_as_shown(code: str, value: float, shown: str | None) -> None:
    """A bare % multiplies by a hundred where its section applies; quoted, escaped or elsewhere it does not."""
    assert shown_as(code, value) == shown
