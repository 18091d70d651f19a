"""Numbered paragraphs with labelled lines (牵头单位：…) or brackets （…牵头，…配合） → items."""

from collections.abc import Iterator
from dataclasses import replace

from yuechi_report.notice.document import Atom, Document
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.readings.item import Doubt, How, Item, ItemField, Reading, Use
from yuechi_report.notice.readings.outline.brackets import brackets_in
from yuechi_report.notice.readings.outline.claims import ClaimReader, Claims
from yuechi_report.notice.readings.outline.climbing import climb
from yuechi_report.notice.readings.outline.tree import Node, Piece, pieces
from yuechi_report.notice.readings.places import heading_name
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole

LABELLED, BRACKETED = "labelled", "bracketed"
_KEPT = UNIT_ROLES | {ColumnRole.LEADER, ColumnRole.DEADLINE, ColumnRole.GOAL, ColumnRole.START, ColumnRole.MILESTONE}


def read_paragraphs(document: Document) -> Reading | None:
    """The reading of a document's paragraphs; None where nobody in them is made responsible for anything."""
    paragraphs = [
        piece for block in document.blocks if isinstance(block, Atom) and not block.blank for piece in pieces(block)
    ]
    reader = ClaimReader(paragraphs, bare=False)
    if not reader.claims.proper:
        loose = ClaimReader(paragraphs, bare=True)
        reader = loose if len(loose.claims.of) > 1 else reader
    if not reader.claims.of:
        return None if not reader.claims.statuses else Reading(LABELLED, (), {}, statuses=reader.claims.statuses)
    climb(reader.outline.root, reader.claims)
    return _reading(reader)


def _reading(reader: ClaimReader) -> Reading | None:
    claims, uses = reader.claims, {}
    items: list[Item] = []
    doubts: list[Doubt] = []
    headings: list[str] = []
    for node in reader.outline.root.walk():
        if node.mark is None:
            continue
        if claims.has(node) or _left_open(node, claims):
            items += _items(node, claims, headings)
        elif claims.below(node):
            uses.update({paragraph.atom.id: (Use.HEADING, _name(node)) for paragraph in node.paragraphs})
            headings.append(_key(node))
        elif not _inside_item(node, claims):
            uses.update({each.atom.id: (Use.IGNORED, "没有写明责任单位，不是任务") for each in node.paragraphs})
            doubts += _doubt_dropped(node, claims)
    if not items:
        return None
    taken = {atom for item in items for atom in item.atoms}
    uses = {atom: use for atom, use in uses.items() if atom not in taken}
    uses |= {atom: (Use.IGNORED, "说明") for atom in reader.notes if atom not in taken}
    if claims.unnamed:
        text = "括号里只有单位名称，没有写牵头还是配合，暂都记为牵头单位"
        doubts.append(Doubt(Severity.WARNING, "role_unnamed", items[0].atoms[0], text))
    labelled = any(value.how is How.LABEL for item in items for value in item.fields.values())
    return Reading(
        layout=LABELLED if labelled else BRACKETED,
        items=tuple(items),
        uses=uses,
        doubts=tuple(doubts),
        columns=tuple(claims.labels.items()),
        categories=tuple(dict.fromkeys(name for item in items for name in item.headings)),
        statuses=claims.statuses,
    )


def _left_open(node: Node, claims: Claims) -> bool:
    """A node between siblings that name their units, without any of its own: a task whose units are missing."""
    if node.parent is None or claims.below(node) or node.mark is None or _inside_item(node, claims):
        return False
    same = [child for child in node.parent.children if child.mark is not None and child.mark.style is node.mark.style]
    claimed = [index for index, child in enumerate(same) if claims.has(child)]
    at = next(index for index, child in enumerate(same) if child is node)
    return bool(claimed) and claimed[0] < at < claimed[-1] and node.list_number == same[claimed[0]].list_number


def _doubt_dropped(node: Node, claims: Claims) -> Iterator[Doubt]:
    """An item among tasks of its kind that names no units, before their first or after their last."""
    siblings = node.parent.children if node.parent is not None else []
    if any(claims.has(each) and each.mark and node.mark and each.mark.style is node.mark.style for each in siblings):
        text = f"这一条没有写明责任单位，没有作为任务：“{excerpt(node.paragraphs[0].text)}”"
        yield Doubt(Severity.WARNING, "units_nowhere", node.paragraphs[0].atom.id, text)


def _inside_item(node: Node, claims: Claims) -> bool:
    return any(claims.has(above) for above in node.above())


def _name(node: Node) -> str:
    rest = node.mark.rest if node.mark else ""
    sentence, stop, _ = rest.partition("。")
    return heading_name(sentence if stop else rest)


def _key(node: Node) -> str:
    return " / ".join([*(_name(above) for above in node.above()), _name(node)])


def _items(node: Node, claims: Claims, headings: list[str]) -> Iterator[Item]:
    """The items of a node: one, or one for each sentence that has a bracket of its own."""
    found = claims.of.get(id(node), [])
    sentences = [claim for claim in found if claim.text is not None]
    base = _base(node, claims, headings)
    if len(sentences) < 2:
        yield _filled(base, [value for claim in found for value in claim.fields])
        return
    shared = [value for claim in found if claim.text is None for value in claim.fields]
    for index, claim in enumerate(sentences):
        part = _filled(replace(base, text=claim.text or base.text, item="", extra=()), [*claim.fields, *shared])
        yield replace(part, part=chr(ord("a") + index) if index < 26 else f"z{index}")


def _base(node: Node, claims: Claims, headings: list[str]) -> Item:
    mark = node.mark
    assert mark is not None  # noqa: S101 - only numbered nodes become items
    texts = claims.texts.get(id(node), [])
    own = [ItemField(_own_text(paragraph, claims), (paragraph.atom.id,), How.LABEL) for paragraph in node.paragraphs]
    measures = [
        ItemField(paragraph.text, (paragraph.atom.id,), How.LABEL)
        for child in node.children
        if not claims.has(child) and not claims.below(child)
        for deeper in child.walk()
        for paragraph in deeper.paragraphs
    ]
    labelled = [
        value for claim in claims.of.get(id(node), []) for role, value in claim.fields if role is ColumnRole.MEASURE
    ]
    parts = sorted((part for part in [*own, *texts, *labelled] if part.text.strip()), key=lambda part: part.atoms[0])
    named = len(texts) > 1 and not mark.printed
    body = [*([part for part in parts if part is not texts[0]] if named else parts), *measures]
    text = ItemField(
        "\n".join(part.text for part in body), tuple(dict.fromkeys(a for part in body for a in part.atoms)), How.LABEL
    )
    above = node.above()
    name = texts[0].text if named else ""
    if not named and parts and (len(texts) + len(labelled) + len(measures) > 0) and len(parts) + len(measures) > 1:
        name = parts[0].text.strip().rstrip("。；;")
    return Item(
        text=text,
        fields={},
        printed=str(mark.number) if mark.number else "",
        number=mark.number or None,
        item=name,
        headings=tuple(_name(each) for each in above),
        heading_number=_heading_number(above, headings),
        list_number=node.list_number,
        list_title=node.list_title,
        extra=tuple(
            dict.fromkeys(
                [
                    *claims.extra.get(id(node), []),
                    *(each.atom.id for each in node.paragraphs),
                    *(a for part in texts for a in part.atoms),
                ]
            )
        ),
        roles=frozenset(claims.labels.values()),
    )


def _heading_number(above: list[Node], headings: list[str]) -> int:
    if not above:
        return 0
    key = _key(above[-1])
    return headings.index(key) + 1 if key in headings else 0


def _own_text(paragraph: Piece, claims: Claims) -> str:
    """A paragraph of an item without its number and without the brackets that name units."""
    text = paragraph.mark.rest if paragraph.mark is not None else paragraph.text
    for bracket in reversed(brackets_in(text, bare=claims.bare)):
        text = text[: bracket.start] + text[bracket.stop :]
    return text.strip()


def _filled(item: Item, values: list[tuple[ColumnRole, ItemField]]) -> Item:
    for role, value in values:
        if role in _KEPT and value.text.strip():
            item = item.with_field(role, value, by="\n")
        item = replace(item, extra=tuple(dict.fromkeys((*item.extra, *value.atoms))))
    return item
