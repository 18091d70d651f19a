"""Who sent a file: by its label, its stamp, its name; never a guess between two."""

from dataclasses import replace

import pytest

from yuechi_report.domain.unit import Units
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Check, Outcome, ReceiptKind, sender_by_name, sender_of
from yuechi_report.intake.door.workbook import SheetData
from yuechi_report.intake.form.columns import FORM

REFUSED = Check(ReceiptKind.SUBMISSION, "", Outcome.REFUSED, 0, ())


def sheet(label: str = "", stamp: str = "") -> SheetData:
    """What was read of a refused file: the label above its header, the unit on its hidden sheet."""
    return SheetData("f.xlsx", FORM, {"填报单位": label}, {}, (), stamp={"单位": stamp})


@pytest.mark.parametrize(
    ("check", "name", "unit"),
    [
        (replace(REFUSED, kind=ReceiptKind.DECISION), "public-security.xlsx", "office"),
        (replace(REFUSED, unit="human-resources"), "public-security.xlsx", "human-resources"),
        (replace(REFUSED, sheet=sheet("县人社局", "县公安局")), "medical-insurance.xlsx", "human-resources"),
        (replace(REFUSED, sheet=sheet("某局", "县公安局")), "medical-insurance.xlsx", "public-security"),
        (replace(REFUSED, sheet=sheet()), "2024Q4-medical-insurance.et", "medical-insurance"),
        (REFUSED, "岳池县公安局四季度（定稿）.et", "public-security"),
        (REFUSED, "填报表.et", ""),
    ],
    ids=["decision", "already known", "label", "stamp", "slug in the name", "name in the name", "nothing tells"],
)
def test_first_thing_that_tells_decides(against: Against, check: Check, name: str, unit: str) -> None:
    """The label goes before the stamp, the stamp before the file's name."""
    assert sender_of(check, name, against.units) == unit


def test_longer_name_wins_and_two_are_none(against: Against) -> None:
    """A branch is not its bureau; a name with two units in it tells nothing."""
    bureau = against.units.named("县公安局")
    units = Units((*against.units, replace(bureau, slug="branch", name="县公安局城区分局", short_names=())))
    assert sender_by_name("县公安局城区分局.xlsx", units) == "branch"
    assert sender_by_name("县公安局、县医保局.xlsx", replace_names(units)) == ""


def replace_names(units: Units) -> Units:
    """The units with names of equal length, so that length cannot decide."""
    return Units(tuple(replace(one, short_names=()) for one in units))
