"""A bracket or label on a line of its own closes the numbered item above it, not that item's last measure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuechi_report.notice.readings.marks import MarkStyle
from yuechi_report.notice.readings.outline.tree import Node

if TYPE_CHECKING:
    from yuechi_report.notice.readings.outline.claims import Claims

_MEASURES = frozenset({MarkStyle.SUB, MarkStyle.CIRCLE})


def climb(root: Node, claims: "Claims") -> None:
    """Move claims up from a last measure to the item it belongs to, innermost first."""
    sure = _sure_styles(root, claims)
    for node in reversed(list(root.walk())):
        if _is_measure_of(node, claims, sure):
            parent = node.parent
            assert parent is not None  # noqa: S101 - a measure has an item
            claims.of[id(parent)] = claims.of.pop(id(node))
            claims.extra.setdefault(id(parent), []).extend(claims.extra.pop(id(node), []))


def _is_measure_of(node: Node, claims: "Claims", sure: frozenset[MarkStyle]) -> bool:
    """The last of siblings of which none other names units, all on lines of their own, under a numbered item."""
    parent = node.parent
    if parent is None or parent.mark is None or node.mark is None or claims.has(parent) or node.mark.style in sure:
        return False
    if not claims.has(node) or any(not claim.own_line for claim in claims.of[id(node)]) or claims.below(node):
        return False
    return (
        parent.children[-1] is node
        and _alone(node, claims)
        and (len(parent.children) > 1 or node.mark.style in _MEASURES)
    )


def _alone(node: Node, claims: "Claims") -> bool:
    siblings = node.parent.children if node.parent is not None else []
    return not any(claims.has(sibling) or claims.below(sibling) for sibling in siblings if sibling is not node)


def _sure_styles(root: Node, claims: "Claims") -> frozenset[MarkStyle]:
    """Styles of which some item surely names its own units: an only child, or one with siblings that do."""
    return frozenset(_sure(root, claims))


def _sure(root: Node, claims: "Claims") -> Iterator[MarkStyle]:
    for node in root.walk():
        if node.mark is None or not claims.has(node):
            continue
        inline = any(not claim.own_line for claim in claims.of[id(node)])
        only_child = node.parent is not None and len(node.parent.children) == 1 and node.mark.style not in _MEASURES
        if inline or only_child or not _alone(node, claims):
            yield node.mark.style
