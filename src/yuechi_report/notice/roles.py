"""An item's unit fields → who leads and who cooperates.

责任单位 leads alone and cooperates next to 牵头: by list in tables, by task in labelled lists.
"""

import re
from dataclasses import dataclass

from yuechi_report.notice.deadline_text import is_phrase
from yuechi_report.notice.readings.item import How, Item
from yuechi_report.notice.readings.responsibility import responsibility
from yuechi_report.notice.unit_text import split_units
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole

_LEADS = re.compile("[（(](?:牵头|主办|牵头单位|主责)[）)]$")
_HELPS = re.compile("[（(](?:配合|协办|配合单位|参与)[）)]$")
_NO_NAME = re.compile("[：:。！？?；%％=]|(?:19|20)[0-9]{2}年|[0-9]月|https?")
_BRACKETED = re.compile("[（(〔\\[][^（(〔\\[]*[）)〕\\]]")
_NAME_MAX = 40
_PERSONS_PARTED = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class ResponsibleUnits:
    """The units of one task and what their cells said besides."""

    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    flags: tuple[str, ...]
    unread: tuple[str, ...] = ()  # what stood among the names and is none


def units_of(item: Item) -> ResponsibleUnits:
    """Lead and cooperating units of an item, names as written, each once a side."""
    lead: list[str] = []
    cooperating: list[str] = []
    flags: list[str] = []
    unread: list[str] = []
    for role, cell in _cells(item):
        found = split_units(cell)
        flags += found.flags
        leads = [name for name in found.names if _LEADS.search(name)]
        unread += [name for name in found.names if _no_name(name)]
        for name in found.names:
            if _no_name(name):
                continue
            bare = _HELPS.sub("", _LEADS.sub("", name))
            helps = role is ColumnRole.COOPERATE or _HELPS.search(name) or (leads and name not in leads)
            (cooperating if helps and name not in leads else lead).append(bare)
    return ResponsibleUnits(*(tuple(dict.fromkeys(names)) for names in (lead, cooperating, flags, unread)))


def _no_name(name: str) -> bool:
    """Whether words among names are a sentence, a label or a time: they are not taken as a unit."""
    outside = _BRACKETED.sub("", name)
    return _NO_NAME.search(outside) is not None or len(outside) > _NAME_MAX or is_phrase(name)


def _cells(item: Item) -> list[tuple[ColumnRole, str]]:
    """Each unit cell as LEAD or COOPERATE; a cell that says itself who leads is taken at its word."""
    found: list[tuple[ColumnRole, str]] = []
    for role in (ColumnRole.LEAD, ColumnRole.RESPONSIBLE, ColumnRole.COOPERATE):
        cell = item.value(role)
        said = responsibility(cell) if cell and item.fields[role].how in {How.COLUMN, How.MERGED} else None
        found += [part for part in said if part[0] in UNIT_ROLES] if said else [(role, cell)] if cell else []
    by_list = any(value.how in {How.COLUMN, How.MERGED} for value in item.fields.values())
    leading = any(role is ColumnRole.LEAD for role, _ in found) or (by_list and ColumnRole.LEAD in item.roles)
    beside = ColumnRole.COOPERATE if leading else ColumnRole.LEAD
    return [(beside if role is ColumnRole.RESPONSIBLE else role, cell) for role, cell in found]


def persons_in(item: Item) -> str:
    """The persons in charge, joined by a semicolon."""
    names = [name for name in _PERSONS_PARTED.split(item.value(ColumnRole.LEADER)) if name.strip("-—/／无")]
    return ";".join(dict.fromkeys(names))
