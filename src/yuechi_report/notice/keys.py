"""The key of each task: its printed number where that is unique, else with heading or list before it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from yuechi_report.notice.readings.item import Item


def keys_of(items: Sequence[Item]) -> tuple[str, ...]:
    """One key an item, each once: 7, 4a, 2_3 (list or heading 2, number 3); without numbers the running one.

    An underscore, because a spreadsheet turns 2-3 into a date.
    """
    plain = [_plain(item, index) for index, item in enumerate(items, 1)]
    keys = _resolved(items, plain, lambda item: str(item.list_number) if _several(items, "list_number") else "")
    keys = _resolved(items, keys, lambda item: str(item.heading_number) if item.heading_number else "")
    return tuple(_numbered(keys))


def _plain(item: Item, index: int) -> str:
    if item.number is None and item.printed:
        return re.sub("[^0-9A-Za-z]+", "_", item.printed)
    return f"{item.number}{item.part}" if item.number is not None else str(index)


def _several(items: Sequence[Item], name: str) -> bool:
    return len({getattr(item, name) for item in items}) > 1


def _resolved(items: Sequence[Item], keys: Sequence[str], prefix: Callable[[Item], str]) -> list[str]:
    """Keys that come more than once get the prefix, where that tells them apart."""
    counts = Counter(keys)
    longer = [
        f"{before}_{key}" if counts[key] > 1 and (before := prefix(item)) else key
        for item, key in zip(items, keys, strict=True)
    ]
    return longer if len(set(longer)) > len(set(keys)) else list(keys)


def _numbered(keys: Sequence[str]) -> list[str]:
    """What still comes twice (a number printed twice) gets a letter of its own from the second on."""
    taken: set[str] = set()
    found = []
    for key in keys:
        free = key
        step = 1
        while free in taken:
            step += 1
            free = f"{key}_{step}"
        taken.add(free)
        found.append(free)
    return found
