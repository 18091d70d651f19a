"""Who sent a file, also where it could not be taken: by its label, its stamp, or its name."""

from yuechi_report.domain.unit import Units
from yuechi_report.intake.receipt import ReceiptKind
from yuechi_report.intake.submission import OFFICE, Check


def sender_of(check: Check, file_name: str, units: Units) -> str:
    """The sender's slug; empty where nothing tells it. Only then does a refusal wait to be withdrawn."""
    if check.kind is ReceiptKind.DECISION:
        return OFFICE
    return check.unit or _named_inside(check, units) or sender_by_name(file_name, units)


def sender_by_name(file_name: str, units: Units) -> str:
    """The one unit whose slug or name stands in the file's name; empty when none or several do.

    The longest match decides: 县市场监管局 is not 县市场监管局城区分局.
    """
    text = file_name.casefold()
    found = {unit.slug: _matched(text, unit.slug, unit.name, *unit.short_names) for unit in units}
    longest = max(found.values(), default=0)
    slugs = [slug for slug, length in found.items() if length == longest]
    return slugs[0] if longest and len(slugs) == 1 else ""


def _matched(text: str, *names: str) -> int:
    return max((len(name) for name in names if len(name) > 2 and name.casefold() in text), default=0)


def _named_inside(check: Check, units: Units) -> str:
    """By the label above the header, else by the stamp of the form that was handed out."""
    if check.sheet is None:
        return ""
    for value in (check.sheet.labels.get(check.sheet.spec.labels[0]), check.sheet.stamp.get("单位")):
        try:
            return units.named(str(value or "").strip()).slug
        except KeyError:
            continue
    return ""
