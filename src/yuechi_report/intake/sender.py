"""Who sent a file that could not be read: told by the file's name, or not at all."""

from yuechi_report.domain.unit import Units


def sender_by_name(file_name: str, units: Units) -> str:
    """The slug of the one unit whose slug or name stands in the file's name; empty when none or several do.

    The longest match decides: 县市场监管局 is not 县市场监管局城区分局.
    """
    text = file_name.casefold()
    found = {
        unit.slug: length
        for unit in units
        if (
            length := max(
                (len(name) for name in _names(unit.slug, unit.name, *unit.short_names) if name in text), default=0
            )
        )
    }
    longest = [slug for slug, length in found.items() if length == max(found.values())]
    return longest[0] if len(longest) == 1 else ""


def _names(*names: str) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names if len(name) > 2)
