"""Units: both names find them, collectives have no form."""

from datetime import date

import pytest

from yuechi_report.domain.unit import DocumentKind, FormerName, Unit, UnitKind, Units

OFFICE = Unit(
    slug="education",
    name="县教育科技和体育局",
    kind=UnitKind.DEPARTMENT,
    document=DocumentKind.SUPERVISION,
    short_names=("县教科体局", "教科体"),
)
OPERATORS = Unit(
    slug="telecom-operators", name="各电信运营商", kind=UnitKind.COLLECTIVE, document=DocumentKind.FORWARDED
)
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


def test_short_name_falls_back_to_the_official_one() -> None:
    """Narrow tables show the first short name where there is one."""
    assert [unit.short for unit in UNITS] == ["县教科体局", "各电信运营商"]


@pytest.mark.parametrize("kind", list(UnitKind), ids=lambda kind: kind.value)
def test_only_collectives_have_no_form(kind: UnitKind) -> None:
    """A collective has no form and no duty."""
    unit = Unit(slug="u", name="单位", kind=kind, document=DocumentKind.SUPERVISION)
    assert unit.has_form is (kind is not UnitKind.COLLECTIVE)


RENAMED = Unit(
    slug="economy-it",
    name="县经济信息化和科技局",
    kind=UnitKind.DEPARTMENT,
    document=DocumentKind.SUPERVISION,
    short_names=("县经科局",),
    former_names=(
        FormerName(name="县经济贸易局", until=date(2019, 2, 28)),
        FormerName(name="县经济和信息化局", until=date(2025, 1, 14), short_names=("县经信局",)),
    ),
)


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        ("2019-02-28", "县经济贸易局", "县经济贸易局"),
        ("2019-03-01", "县经济和信息化局", "县经信局"),
        ("2025-01-14", "县经济和信息化局", "县经信局"),
        ("2025-01-15", "县经济信息化和科技局", "县经科局"),
    ],
)
def test_renamed_unit_is_called_as_it_was_on_the_day(day: str, name: str, short: str) -> None:
    """Up to and including the last day of a name the unit bears it; its slug never changes."""
    called = RENAMED.called_on(date.fromisoformat(day))
    assert (called.slug, called.name, called.short) == ("economy-it", name, short)


@pytest.mark.parametrize("day", ["2024-12-31", "2025-03-31"])
@pytest.mark.parametrize("name", RENAMED.names)
def test_every_name_finds_a_renamed_unit_on_every_day(day: str, name: str) -> None:
    """Old and new, official and short: each finds the unit, whichever it bears."""
    units = Units((OFFICE, RENAMED)).called_on(date.fromisoformat(day))
    assert units.named(name).slug == "economy-it"


def test_other_names_lead_to_the_one_borne() -> None:
    """Every other full name of a renamed unit is known with the name it bears; others are not named."""
    before = Units((OFFICE, RENAMED)).called_on(date(2024, 12, 31)).renamed
    after = Units((OFFICE, RENAMED)).called_on(date(2025, 3, 31)).renamed
    assert before["县经济信息化和科技局"] == before["县经济贸易局"] == "县经济和信息化局"
    assert after == dict.fromkeys(("县经济贸易局", "县经济和信息化局"), "县经济信息化和科技局")
