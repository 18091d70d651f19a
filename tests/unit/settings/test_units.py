"""Entries for units that a notice names and the unit register does not have."""

import pytest

from yuechi_report.domain.unit import DocumentKind, UnitKind
from yuechi_report.errors import ParameterError
from yuechi_report.settings.units import add_stubs, load_units, unknown_units
from yuechi_report.settings.workspace import Workspace


def test_entries_are_added_once_and_in_order(empty: Workspace) -> None:
    """New names get entries of their own; known ones stay as they are; numbers go on."""
    add_stubs(empty.units_file, ("县公安局", "各电信运营商", "市住房公积金管理中心岳池管理部"))
    add_stubs(empty.units_file, unknown_units(empty.units_file, ("县公安局", "县残联")))
    found = [(unit.slug, unit.name, unit.kind, unit.document) for unit in load_units(empty.units_file)]
    assert found == [
        ("unit-01", "县公安局", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION),
        ("unit-02", "各电信运营商", UnitKind.COLLECTIVE, DocumentKind.FORWARDED),
        ("unit-03", "市住房公积金管理中心岳池管理部", UnitKind.MUNICIPAL_BRANCH, DocumentKind.INVITATION),
        ("unit-04", "县残联", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION),
    ]


def test_file_is_left_as_it_was_where_entries_do_not_fit(empty: Workspace) -> None:
    """A name twice is no valid register: nothing is written."""
    before = empty.units_file.read_bytes()
    with pytest.raises(ParameterError):
        add_stubs(empty.units_file, ("县公安局", "县公安局"))
    assert empty.units_file.read_bytes() == before


def test_former_name_is_a_known_name(empty: Workspace) -> None:
    """A unit named by a name it bore before gets no second entry."""
    empty.units_file.write_text(
        "units:\n  - {slug: education, name: 县教科体局, kind: department, document: supervision, "
        "former_names: [{name: 县教育局, until: 2019-03-01}]}\n",
        encoding="utf-8",
    )
    assert unknown_units(empty.units_file, ("县教育局", "县教科体局", "县残联")) == ("县残联",)
