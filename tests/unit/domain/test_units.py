"""Units: both names find them, collectives have no form."""

import pytest

from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units

OFFICE = Unit(
    "education", "县教育科技和体育局", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION, ("县教科体局", "教科体")
)
OPERATORS = Unit("telecom-operators", "各电信运营商", UnitKind.COLLECTIVE, DocumentKind.FORWARDED)
UNITS = Units((OFFICE, OPERATORS))


@pytest.mark.parametrize("name", ["县教育科技和体育局", "县教科体局", "教科体"])
def test_unit_is_found_by_any_of_its_names(name: str) -> None:
    """Official and short names find the same unit."""
    assert UNITS.named(name) == OFFICE


@pytest.mark.parametrize("name", ["", "县教育局", "education", "县教科体局 "])
def test_unknown_name_is_a_key_error(name: str) -> None:
    """A name is matched whole, never guessed."""
    with pytest.raises(KeyError) as caught:
        UNITS.named(name)
    assert caught.value.args == (name,)


def test_unit_is_found_by_its_slug() -> None:
    """The slug never changes, names may."""
    assert UNITS.of_slug("telecom-operators") == OPERATORS


def test_unknown_slug_is_a_key_error() -> None:
    """A slug that no unit has is an error."""
    with pytest.raises(KeyError) as caught:
        UNITS.of_slug("telecom")
    assert caught.value.args == ("telecom",)


def test_short_name_falls_back_to_the_official_one() -> None:
    """Narrow tables show the first short name where there is one."""
    assert [one.short for one in UNITS] == ["县教科体局", "各电信运营商"]


@pytest.mark.parametrize("kind", list(UnitKind), ids=lambda kind: kind.value)
def test_only_collectives_have_no_form(kind: UnitKind) -> None:
    """A collective has no form and no duty."""
    assert Unit("u", "单位", kind, DocumentKind.SUPERVISION).has_form is (kind is not UnitKind.COLLECTIVE)
