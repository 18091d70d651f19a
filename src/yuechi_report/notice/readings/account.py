"""What became of every atom: in exactly one place, or the account cannot be made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from yuechi_report.notice.document import Document
from yuechi_report.notice.readings.item import Reading, Use

OUTSIDE, BEHIND = "清单以外的文字", "清单之后的文字"
LEFT = frozenset({OUTSIDE, BEHIND})


@dataclass(frozen=True, slots=True)
class Account:
    """Every atom that is not blank, by what became of it; ValueError where one is missing or unknown."""

    atoms: frozenset[int]
    uses: Mapping[int, tuple[Use, str]]

    def __post_init__(self) -> None:
        missing, unknown = self.atoms - self.uses.keys(), self.uses.keys() - self.atoms
        if missing or unknown:
            raise ValueError(
                f"atoms without a place: {sorted(missing)[:5]}; places without an atom: {sorted(unknown)[:5]}"
            )

    def counts(self) -> dict[str, int]:
        """How many atoms became what, in a fixed order."""
        counted = Counter(use for use, _ in self.uses.values())
        return {use.value: counted[use] for use in Use}


def account_of(document: Document, reading: Reading) -> Account:
    """The account of a reading: what it did not use is front before the list and ignored behind its beginning.

    ValueError where two tasks claim one paragraph that is not theirs to share (a merged cell is).
    """
    solid = {atom.id for atom in document.atoms if not atom.blank}
    uses = {atom: use for atom, use in reading.uses.items() if atom in solid}
    taken = {atom for item in reading.items for atom in item.atoms if atom in solid}
    both = {atom for atom in taken & uses.keys() if uses[atom][0] is not Use.HEADING}
    if both:
        raise ValueError(f"atoms in two places: {sorted(both)[:5]}")
    uses |= dict.fromkeys(taken, (Use.TASK, ""))
    first = reading.first_atom()
    for atom in solid - uses.keys():
        uses[atom] = (Use.FRONT, "清单之前") if atom < first else (Use.IGNORED, OUTSIDE)
    return Account(frozenset(solid), uses)
